"""The help pages, one for each role, each with five first steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.enums import Role
from recommendations.permissions import ROLE_MAY, May
from recommendations.views.site.help_topic import HelpTopic
from recommendations.views.site.help_topics import TOPICS


@dataclass(frozen=True)
class HelpStep:
    """One of five first steps. `name` is the URL name of its link, shown to users who hold `may`."""

    title: str
    words: str
    link: str
    name: str
    may: May


@dataclass(frozen=True)
class RoleHelp:
    """The help page of one role, addressed by its slug."""

    slug: str
    role: Role
    title: str
    steps: tuple[HelpStep, ...]

    def topics(self) -> Iterator[HelpTopic]:
        """The topics that this role may read, each key once, without those of sections that are off."""
        keys = set()
        for topic in TOPICS:
            if topic.may in ROLE_MAY[self.role] and topic.is_on and topic.key not in keys:
                keys.add(topic.key)
                yield topic


OFFICER = RoleHelp(
    "officers",
    Role.OPCC_OFFICER,
    "OPCC officers",
    (
        HelpStep(
            "See what waits for you",
            "Home lists what needs you next, what is late and what changed. Each number opens exactly those rows.",
            "Go to Home",
            "home",
            May.SEE_REGISTER,
        ),
        HelpStep(
            "Bring in what you have",
            "Use your spreadsheet with its own headings. You see every row before anything is saved, and you can "
            "undo it.",
            "Bring in a spreadsheet",
            "bring_in",
            May.BRING_IN_REGISTER,
        ),
        HelpStep(
            "Record what the force told you",
            "Choose “Add update” beside a row of the register. Each entry keeps its day and who said it.",
            "Open the register",
            "register",
            May.RECORD_ASSURANCE,
        ),
        HelpStep(
            "Ask the force for the rest",
            "An update round asks the force’s inspection lead about many recommendations at once. You accept or return "
            "each answer.",
            "Open update rounds",
            "rounds",
            May.ASK_FOR_UPDATES,
        ),
        HelpStep(
            "Respond to a report in time",
            "Responses shows the days left for each report. Draft, invite the chief officer’s comments, submit for "
            "approval, publish.",
            "Open responses",
            "responses",
            May.DRAFT_RESPONSE,
        ),
    ),
)
APPROVER = RoleHelp(
    "approving-officers",
    Role.APPROVING_OFFICER,
    "approving officers",
    (
        HelpStep(
            "See what waits for your decision",
            "Home lists the closures, responses and papers that only an approving officer can decide.",
            "Go to Home",
            "home",
            May.SEE_REGISTER,
        ),
        HelpStep(
            "Decide closures",
            "One person asks for a closure and another decides it. You see the reason and the evidence first.",
            "Open the register",
            "register",
            May.DECIDE_CLOSURE,
        ),
        HelpStep(
            "Approve responses",
            "Read what changed since you last saw the text. Approve it, or send it back with remarks.",
            "Open responses",
            "responses",
            May.APPROVE_RESPONSE,
        ),
        HelpStep(
            "Finalise the quarterly paper",
            "Check the draft and its figures, then finalise it. You cannot finalise a paper that you prepared or "
            "wrote.",
            "Open papers",
            "papers",
            May.FINALISE_PAPER,
        ),
        HelpStep(
            "See whether responses are on time",
            "Compliance lists each report, its last day and when the response was published.",
            "Open compliance",
            "compliance",
            May.APPROVE_RESPONSE,
        ),
    ),
)
FORCE_LEAD = RoleHelp(
    "force-inspection-leads",
    Role.FORCE_INSPECTION_LEAD,
    "force inspection leads",
    (
        HelpStep(
            "See what the office asks",
            "Home lists what your force has to answer, what is late and what changed.",
            "Go to Home",
            "home",
            May.ANSWER_ROUND,
        ),
        HelpStep(
            "Answer an update round",
            "Write each answer as a draft. The office sees nothing until you release it.",
            "Open update rounds",
            "rounds",
            May.ANSWER_ROUND,
        ),
        HelpStep(
            "Check your recommendations",
            "The register shows each recommendation to your force, its dates and what the office and HMICFRS say.",
            "Open the register",
            "register",
            May.ANSWER_ROUND,
        ),
        HelpStep(
            "Write the chief officer’s comments",
            "When the office invites comments on a report, write them here. They are published word for word.",
            "Open comments",
            "force_comments",
            May.SUBMIT_COMMENTS,
        ),
        HelpStep(
            "Check the facts of a draft paper",
            "When the office sends you a draft, say that the facts are right or list your corrections.",
            "Open papers",
            "papers",
            May.CHECK_PAPER,
        ),
    ),
)
MEMBER = RoleHelp(
    "committee-members",
    Role.COMMITTEE_MEMBER,
    "committee members",
    (
        HelpStep(
            "Read the newest paper",
            "Papers shows the newest paper of each force first, as a PDF and as a web page.",
            "Open papers",
            "home",
            May.SEE_PAPERS,
        ),
        HelpStep(
            "Look up what a count or colour means",
            "Every paper counts in the same way. The definitions say how, with the thresholds in force.",
            "Open definitions",
            "definitions",
            May.USE,
        ),
        HelpStep(
            "Compare two papers",
            "Choose any two papers on the same force to see what came, went and moved between them.",
            "Compare papers",
            "compare_papers",
            May.SEE_PAPERS,
        ),
        HelpStep(
            "Follow your committee’s requests",
            "Each request has its number, its owner, its day and the answer once a paper gives it.",
            "Open requests",
            "committee_requests",
            May.SEE_PAPERS,
        ),
        HelpStep(
            "See what is ahead",
            "The calendar lists your committee’s papers and the days by which requests are to be answered.",
            "Open the calendar",
            "calendar",
            May.SEE_CALENDAR,
        ),
    ),
)
ADMINISTRATOR = RoleHelp(
    "administrators",
    Role.ADMINISTRATOR,
    "administrators",
    (
        HelpStep(
            "Invite the people",
            "Give each person one role. They get an e-mail with a link to set up their account.",
            "Invite a person",
            "invite_person",
            May.ADMINISTER,
        ),
        HelpStep(
            "Check the policing body",
            "Its name, office, holder and address are printed on letters, responses and papers.",
            "Open policing bodies",
            "admin:recommendations_policingbody_changelist",
            May.ADMINISTER,
        ),
        HelpStep(
            "Say which forces it oversees",
            "One body oversees a force at a time, from one day to another.",
            "Open oversight",
            "admin:recommendations_oversight_changelist",
            May.ADMINISTER,
        ),
        HelpStep(
            "Set the colours",
            "Choose the words and thresholds of red, amber and green, from today or a later day.",
            "Open RAG rules",
            "admin:recommendations_ragrule_changelist",
            May.ADMINISTER,
        ),
        HelpStep(
            "List who gets copies",
            "Recipients are offered each time a response is published: the inspectorate, the Home Secretary, others.",
            "Open recipients",
            "admin:recommendations_recipient_changelist",
            May.ADMINISTER,
        ),
    ),
)
ROLES = (OFFICER, APPROVER, FORCE_LEAD, MEMBER, ADMINISTRATOR)
BY_SLUG = {each.slug: each for each in ROLES}
BY_ROLE = {each.role: each for each in ROLES}
