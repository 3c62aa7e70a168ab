"""What the register shows of saved views: their tabs (templates/register/tabs.html), and the open one."""

from recommendations.sections import Section
from recommendations.views.register.panels import REGISTER_PANELS, PagePanel, Spot
from recommendations.views.saved_views.bar import bar_of

REGISTER_PANELS.add(10, PagePanel("views", {Spot.LIST: "saved_views/opened.html"}, bar_of), section=Section.SAVED_VIEWS)
