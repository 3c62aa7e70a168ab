"""How a force submits its chief officer's comments once, and what only keeps its draft."""

import datetime

from recommendations.domain.responses.chief_officers import drafts, submission
from recommendations.domain.responses.chief_officers.drafts import content, draft_of, mark
from tests.conftest import AT
from tests.makers.chief_officers import WORDS

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    invitation = world.invited_a.complete
    shown = mark(content(draft_of(invitation)))
    return {
        "responses.submit_draft": lambda: submission.submit_draft(
            invitation=invitation, shown=shown, by=world.people["lead_a"], at=LATER
        )
    }


def drafting(world) -> dict:
    """Writing, which makes no record."""
    return {
        "responses.save_draft": lambda: drafts.save_draft(
            invitation=world.invited_a.not_begun, values=WORDS, shown=mark({}), by=world.people["lead_a"], at=LATER
        )
    }
