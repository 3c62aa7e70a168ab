"""Print docs/states.md: the possible transitions and who may make them, from the tables that enforce them."""

from django.core.management.base import BaseCommand

from recommendations.domain.accountability import meetings
from recommendations.domain.legacy_reviews import reviews
from recommendations.domain.papers import papers
from recommendations.domain.register import closures
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.responses import states
from recommendations.domain.rounds import rounds
from recommendations.domain.succession import plans
from recommendations.enums import Role
from recommendations.permissions import ROLE_MAY, May

HEAD = """# States

What may follow what, and who may do it. This page is printed from the tables that guard the verbs and make the buttons:
`manage.py states > docs/states.md`. A test fails where the two differ.
"""

MACHINES = (
    (
        "A tracked recommendation",
        "register/closures",
        closures.TRANSITIONS,
        "The person who asks for a closure does not decide it. A closure that is not approved stays on record.",
    ),
    (
        "A look after closing",
        "register/rechecks/rechecks",
        rechecks.TRANSITIONS,
        "The person who finds that it slipped does not decide whether it is opened again, and until another does, no "
        "one reopens it in any other way. A look is of one closure: what is open again is not looked at.",
    ),
    (
        "A scrutiny report",
        "papers/papers",
        papers.TRANSITIONS,
        "Neither the person who prepared a paper nor who wrote its words last finalises it. A draft that is with the "
        "force for a check of its facts waits for the reply until the force’s day is over, and for the office’s answer "
        "to each correction. A correction is a new draft; the finalised paper stays.",
    ),
    (
        "A response",
        "responses/states",
        states.TRANSITIONS,
        "Neither the person who submits a text nor anyone who wrote the last version of a part of it approves it. A "
        "response that was published elsewhere begins as brought in; not the person who brought it in confirms it. An "
        "edit takes a submitted or approved text back. A response that was published before is corrected, and its "
        "correction can be dropped; one that was not is withdrawn while it is drafted.",
    ),
    (
        "A line of an update round",
        "rounds/rounds",
        rounds.TRANSITIONS,
        "The person who releases an answer does not accept it. The office brings in answers that the force sent it as "
        "a sheet. An accepted answer is a force update.",
    ),
    (
        "A legacy review",
        "legacy_reviews/reviews",
        reviews.TRANSITIONS,
        "It is finished when each recommendation is judged and each closure that was asked for is decided. Then it "
        "never changes.",
    ),
    (
        "An accountability meeting",
        "accountability/meetings",
        meetings.TRANSITIONS,
        "Its agenda never changes once it is ready, nor its minutes once they are confirmed. What the public reads of "
        "it is prepared by one person and released by another.",
    ),
    (
        "An update round",
        "rounds/rounds",
        rounds.ROUND_TRANSITIONS,
        "A closed round takes no answer. What was released before can still be accepted.",
    ),
    (
        "A change ahead",
        "succession/plans",
        plans.TRANSITIONS,
        "Another administrator confirms it than the one who entered it or changed it last. The program carries it out "
        "on its day.",
    ),
)


def states_page() -> str:
    """Return the whole page as Markdown, with a diagram and a table for each state machine."""
    return "\n".join([HEAD, *(_machine(*each) for each in MACHINES)])


def _machine(title: str, module: str, transitions: dict, note: str) -> str:
    steps = [(start, verb, end, may) for (start, verb), (end, may) in transitions.items()]
    diagram = [f"    {_id(start)} --> {_id(end)}: {_words(verb)}" for start, verb, end, _ in steps]
    ends = {end for _, _, end, _ in steps}
    begins = dict.fromkeys([steps[0][0], *(start for start, *_ in steps if start not in ends)])
    states = dict.fromkeys(state for start, _, end, _ in steps for state in (start, end))
    names = [f"    {_id(state)}: {_words(state)}" for state in states]
    rows = [f"| {_words(start)} | {_words(verb)} | {_words(end)} | {_roles(may)} |" for start, verb, end, may in steps]
    return "\n".join(
        [
            f"## {title}",
            "",
            f"`recommendations/domain/{module}.py`. {note}",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *names,
            *(f"    [*] --> {_id(state)}" for state in begins),
            *diagram,
            "```",
            "",
            "| from | step | to | who |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _id(state: str) -> str:
    return state.replace(" ", "_")


def _words(verb: str) -> str:
    return verb.replace("_", " ")


def _roles(may: May) -> str:
    return ", ".join(Role(role).label for role, held in ROLE_MAY.items() if may in held)


class Command(BaseCommand):
    help = "Print docs/states.md: what may follow what, and who may."
    requires_system_checks = ()

    def handle(self, *args, **options):
        self.stdout.write(states_page(), ending="")
