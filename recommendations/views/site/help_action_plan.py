"""How the action plan for fire inspections works, for the office."""

from recommendations.permissions import May
from recommendations.views.site.help_topic import HelpTopic

ACTION_PLAN = HelpTopic(
    "action-plan",
    "Action plan for fire inspections",
    (
        "Where the office follows fire and rescue inspections, each force or service has an action plan of what they "
        "recommend: open it and choose “Action plan”.",
        "The plan reads the register. Its owner is the business lead, else the chief officer lead; its day is the "
        "force’s target, else the deadline; its progress is the last force update. Enter the planned action under "
        "“Edit details” of a recommendation: without one the plan shows what the last update says. Where one "
        "is not accepted, the plan gives the reason of the force.",
        "“Prepare a version” shows what would be public, what changes and what is missing. Then send it: an approving "
        "officer who did not prepare it publishes it, with its PDF and its data, or sends it back.",
        "A published version does not change, and earlier ones keep their addresses. Restricted recommendations are "
        "left out and counted. Prepare a new version when the register has moved on.",
    ),
    May.DRAFT_PAPER,
)
