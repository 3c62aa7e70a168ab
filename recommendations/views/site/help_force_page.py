"""How the public page of a force works, for the office."""

from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.site.help_topic import HelpTopic

FORCE_PAGE = HelpTopic(
    "force-page",
    "The public page of a force",
    (
        "Open a force and choose “Public page”, then “Prepare a release”. Choose the latest annual report, the "
        "address of the summary assessment, up to two open recommendations to show in full, and what is said of "
        "custody visiting.",
        "“Look at what would be public” shows the page as people would read it, and each statement that "
        "changes. Then send it: an approving officer who did not prepare it releases it or sends it back.",
        "The page never changes by itself. Restricted recommendations are left out and counted. Where something "
        "in it is restricted or withdrawn later, the page of the office says so: prepare a new release, or "
        "withdraw the one that is public.",
        "Anyone can ask for an e-mail about each release. No page shows their addresses, and they are deleted "
        "when they stop the e-mails.",
    ),
    May.DRAFT_PAPER,
    section=Section.FORCE_PAGE,
)
