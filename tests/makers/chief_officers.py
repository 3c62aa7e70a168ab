"""A force that is invited to comment, and a draft of what its chief officer says."""

import datetime

from recommendations.domain.responses.chief_officers import comments, invitations
from recommendations.domain.responses.chief_officers.drafts import begins_with, draft_of, mark, save_draft
from recommendations.models import CommentsDraft, Invitation
from recommendations.periods import london_day
from tests.conftest import AT, TODAY

DUE = TODAY + datetime.timedelta(days=14)
TEXT = "The force agrees.\n\nBells are tested daily."
WORDS = {"text": TEXT, "signed_by": "A. Rowe", "signed_as": "Chief constable", "dated": "6 November 2026"}


def make_invitation(response, force, *, by, due_on=DUE, at=AT) -> Invitation:
    """The force was invited, and the letter was sent on the same day."""
    made = invitations.invite(response=response, force=force, due_on=due_on, by=by, at=at)
    sent = {"sent_on": london_day(at), "sent_to": "Chief Constable A. Rowe"}
    return invitations.record_sent(invitation=made, by=by, at=at, **sent)


def make_draft_of_comments(invitation, by, *, at=AT, **values) -> CommentsDraft:
    """What somebody types who sees the draft as it is now."""
    now = begins_with(invitation, draft_of(invitation))
    return save_draft(invitation=invitation, values=now | WORDS | values, shown=mark(now), by=by, at=at)


def record_by_the_office(response, force, *, by, text="We agree in part.", at=AT):
    signed = {"signed_by": "A. Rowe", "signed_as": "Chief constable", "dated_on": TODAY}
    return comments.record_comments(response=response, force=force, text=text, by=by, at=at, **signed)
