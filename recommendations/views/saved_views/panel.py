"""What the register shows of saved views: their tabs, and the open one."""

from recommendations.views.register.panels import REGISTER_PANELS, PagePanel, Spot
from recommendations.views.saved_views.bar import bar_of

TEMPLATES = {Spot.TOP: "saved_views/tabs.html", Spot.LIST: "saved_views/opened.html"}
REGISTER_PANELS.add(10, PagePanel("views", TEMPLATES, bar_of))
