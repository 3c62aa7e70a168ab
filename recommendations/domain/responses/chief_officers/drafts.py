"""What a force is writing as its chief officer's comments: shared inside the force, and no record until submitted.

Only people of the force save it, and nothing is overwritten unseen: each text comes with a mark of what its writer was
shown. Where the draft is another one by now, the writer is shown both.
"""

import datetime

from django.db import transaction

from recommendations.days import settled
from recommendations.domain.responses.draft.parts import plain as plain_text
from recommendations.domain.responses.states import WRITTEN
from recommendations.domain.writing.records import locked
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import ResponseState
from recommendations.models import ChiefOfficerComments, CommentsDraft, Force, Invitation, Response, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import digest

FIELDS = ("text", "signed_by", "signed_as", "dated")
HERE = "Comments of this chief officer are here already. They are not edited: {office} withdraws them first."


def content(draft: CommentsDraft | None) -> dict[str, str]:
    """What a draft says, by field; nothing for no draft."""
    return {name: getattr(draft, name) if draft else "" for name in FIELDS}


def plain(values: dict) -> dict[str, str]:
    """The values as they are kept: no space around them, one kind of line end."""
    return {name: plain_text(values.get(name) or "") for name in FIELDS}


def mark(values: dict) -> str:
    """The mark of what a form said: equal for equal words."""
    return digest(plain(values))


def draft_of(invitation: Invitation) -> CommentsDraft | None:
    """The draft as it is now, with who saved it."""
    return CommentsDraft.objects.filter(invitation=invitation).select_related("saved_by").first()


def begins_with(invitation: Invitation, draft: CommentsDraft | None) -> dict[str, str]:
    """What the form says when it is opened: the draft; without one, what the force submitted and the office withdrew.

    What the office recorded and withdrew is not repeated: it may have been another force's.
    """
    if draft:
        return content(draft)
    said = withdrawn_last(invitation.response, invitation.force)
    if said is None or said.recorded_by is None or said.recorded_by.force_id != invitation.force_id:
        return content(None)
    return {name: getattr(said, name) for name in ("text", "signed_by", "signed_as")} | {"dated": say(said.dated_on)}


def withdrawn_last(response: Response, force: Force) -> ChiefOfficerComments | None:
    """The comments of a force that the office withdrew last, if any."""
    rows = ChiefOfficerComments.objects.filter(response=response, force=force, withdrawn_at__isnull=False)
    return rows.select_related("recorded_by").order_by("-withdrawn_at", "-pk").first()


def save_draft(
    *, invitation: Invitation, values: dict, shown: str, by: User, at: datetime.datetime
) -> CommentsDraft | None:
    """Save what somebody of the force typed, who was shown what `shown` is the mark of. None where nothing was typed.

    Raises NotAllowed for other people, Refusal where comments can no longer be submitted, Stale with the draft as it
    is now where somebody else saved another text meanwhile.
    """
    with transaction.atomic():
        found = taken(invitation, by)
        draft = draft_of(found)
        values, now = plain(values), begins_with(found, draft)
        if why := why_not(found, london_day(at)):
            raise Refusal(why)
        if values == content(draft):
            return draft
        if values != now and shown != mark(now):
            raise Stale(draft or CommentsDraft(invitation=found, **now))
        values = values | {"dated": settled(values["dated"], today=london_day(at), past=True)}
        draft = draft or CommentsDraft(invitation=found, version=0)
        for name, value in values.items():
            setattr(draft, name, value)
        draft.saved_at, draft.saved_by, draft.version = at, by, draft.version + 1
        # no record: a draft, until a verb submits it
        draft.save()
        return draft


def taken(invitation: Invitation, by: User) -> Invitation:
    """The invitation, locked, for somebody of the force that was invited."""
    found = locked(invitation)
    if not by.has_perm(May.SUBMIT_COMMENTS) or by.force_id != found.force_id or found.sent_on is None:
        raise NotAllowed("Only people of the force that was invited write its comments.")
    return found


def why_not(invitation: Invitation, day: datetime.date) -> str:
    """Why a force cannot submit comments on a day, in words; empty where it can."""
    response = Response.objects.select_related("body").get(pk=invitation.response_id)
    office = response.body.office_name
    if response.state == ResponseState.WITHDRAWN:
        return "The response was withdrawn. No comments are needed."
    if response.state not in WRITTEN:
        return "The response is published. It takes no more comments."
    if response.chief_officers.standing().filter(force=invitation.force_id).exists():
        return HERE.format(office=office)
    if invitation.due_on < day:
        asked = f"Comments were asked for by {say(invitation.due_on)}."
        return f"{asked} Send them to {office}, which can still record them."
    return ""


def clear(response: Response, force: Force) -> None:
    """Take a force's draft away: it was submitted. The response is locked."""
    # written at once: a draft that was submitted is no record
    CommentsDraft.objects.filter(invitation__response=response, invitation__force=force).delete()
