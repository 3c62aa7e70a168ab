"""The draft of a chief officer's comments, shared within the force. It is not a record until it is submitted.

Only people of the force can save it, and nobody overwrites a colleague's text unseen: each save carries a digest of the
text that its author was shown. If the draft has changed since, the author is shown both texts.
"""

import datetime

from django.db import transaction

from recommendations.days import resolve_relative_words
from recommendations.domain.responses.draft.parts import plain as plain_text
from recommendations.domain.responses.states import WRITTEN
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal, Stale
from recommendations.enums import ResponseState
from recommendations.models import ChiefOfficerComments, CommentsDraft, Force, Invitation, Response, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import digest

FIELDS = ("text", "signed_by", "signed_as", "dated")
HERE = "Comments of this chief officer are here already. They are not edited: {office} withdraws them first."


def content(draft: CommentsDraft | None) -> dict[str, str]:
    """Return the draft's values by field, all empty if there is no draft."""
    return {name: getattr(draft, name) if draft else "" for name in FIELDS}


def plain(values: dict) -> dict[str, str]:
    """Return the values as they are stored: trimmed, with uniform line endings."""
    return {name: plain_text(values.get(name) or "") for name in FIELDS}


def mark(values: dict) -> str:
    """Return a digest of a form's values: equal for equal text."""
    return digest(plain(values))


def draft_of(invitation: Invitation) -> CommentsDraft | None:
    """Return the current draft, with the user who saved it, or None."""
    return CommentsDraft.objects.filter(invitation=invitation).select_related("saved_by").first()


def begins_with(invitation: Invitation, draft: CommentsDraft | None) -> dict[str, str]:
    """Return the form's initial values: the draft or, without one, the force's own comments that the office withdrew.

    Comments that the office recorded and withdrew are not repeated: they may have been another force's.
    """
    if draft:
        return content(draft)
    said = withdrawn_last(invitation.response, invitation.force)
    if said is None or said.recorded_by is None or said.recorded_by.force_id != invitation.force_id:
        return content(None)
    return {name: getattr(said, name) for name in ("text", "signed_by", "signed_as")} | {"dated": say(said.dated_on)}


def withdrawn_last(response: Response, force: Force) -> ChiefOfficerComments | None:
    """Return the force's most recently withdrawn comments, or None."""
    rows = ChiefOfficerComments.objects.filter(response=response, force=force, withdrawn_at__isnull=False)
    return rows.select_related("recorded_by").order_by("-withdrawn_at", "-pk").first()


def save_draft(
    *, invitation: Invitation, values: dict, shown: str, by: User, at: datetime.datetime
) -> CommentsDraft | None:
    """Save the force's draft. `shown` is the `mark` of what the author was shown. None if nothing was typed.

    Raises NotAllowed for people outside the force, Refusal if comments can no longer be submitted, Stale with the
    current draft if someone else has saved a different text since.
    """
    with transaction.atomic():
        found = lock_invitation(invitation, by)
        draft = draft_of(found)
        values, now = plain(values), begins_with(found, draft)
        if why := why_not(found, london_day(at)):
            raise Refusal(why, code="no-longer")
        if values == content(draft):
            return draft
        if values != now and shown != mark(now):
            raise Stale(draft or CommentsDraft(invitation=found, **now))
        values = values | {"dated": resolve_relative_words(values["dated"], today=london_day(at), past=True)}
        draft = draft or CommentsDraft(invitation=found, version=0)
        for name, value in values.items():
            setattr(draft, name, value)
        draft.saved_at, draft.saved_by, draft.version = at, by, draft.version + 1
        # no record: a draft, until a verb submits it
        draft.save()
        return draft


def lock_invitation(invitation: Invitation, by: User) -> Invitation:
    """Return the invitation, locked. Raises NotAllowed unless `by` may submit for the force that was invited."""
    found = lock_row(invitation)
    if not by.has_perm(May.SUBMIT_COMMENTS) or by.force_id != found.force_id or found.sent_on is None:
        raise NotAllowed("Only people of the force that was invited write its comments.")
    return found


def why_not(invitation: Invitation, day: datetime.date) -> str:
    """Return the reason why the force cannot submit comments on `day`, or "" if it can."""
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
    """Delete the force's draft, because it was submitted. The response must be locked."""
    # written at once: a draft that was submitted is no record
    CommentsDraft.objects.filter(invitation__response=response, invitation__force=force).delete()
