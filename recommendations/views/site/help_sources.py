"""How recommendations from other sources than HMICFRS are added."""

from recommendations.permissions import May
from recommendations.views.site.help_topic import HelpTopic

ADD_A_SOURCE = HelpTopic(
    "adding-sources",
    "Add a source",
    (
        "Choose who made the recommendations. The form asks for what the law of that source needs, and the box "
        "beside it says who must answer, by when and why.",
        "Where “Counted the careful way” stands, an administrator has not confirmed the rule yet: the first day is "
        "counted as day 1.",
        "Reports of coroners and reviews come from deaths. Enter the words and the reference, never a person’s "
        "name. The form asks once when a text looks like one.",
    ),
    May.EDIT_INSPECTIONS,
)
