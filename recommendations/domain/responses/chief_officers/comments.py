"""The chief officer's comments: recorded as received, dated and signed, never edited, withdrawn only with a reason."""

import datetime
import hashlib
from pathlib import PurePath

from recommendations.domain.responses.chief_officers.drafts import clear
from recommendations.domain.responses.chief_officers.invitations import check_asked, check_office, first_report
from recommendations.domain.responses.states import SAYS_NO, WRITTEN
from recommendations.domain.writing.input_checks import MEDIA_TYPES, short
from recommendations.domain.writing.records import day_of, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import ChiefOfficerComments, Force, IssuedFile, Response, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import verb

OTHER_MEDIA_TYPE = "application/octet-stream"
HERE_ALREADY = "Comments of this chief officer are here already. They are not edited: the office withdraws them first."


def record_comments(
    *,
    response: Response,
    force: Force,
    text: str,
    signed_by: str,
    signed_as: str,
    dated_on: datetime.date | None,
    by: User | None,
    at: datetime.datetime,
    source_name: str = "",
    content: bytes | None = None,
) -> ChiefOfficerComments:
    """Record a chief officer's comments, word for word. `content` is the file they came in, stored unchanged.

    The office can record comments at any time before publication. A force's inspection lead can submit for their own
    force only, once it has been invited and until the day by which comments are due; this deletes the force's draft.
    Raises NotAllowed for anybody else; Refusal for a date in the future or before the report, if comments are recorded
    already, or if the response has no draft.
    """
    with verb("record_comments", by=by, at=at, subject=response) as act:
        response = lock_row(response)
        _check_who(response, force, by, london_day(at))
        if response.state not in WRITTEN:
            raise Refusal(SAYS_NO[response.state], code=response.state)
        check_asked(response, force)
        if response.chief_officers.standing().filter(force=force).exists():
            raise Refusal(HERE_ALREADY, code="commented-already")
        said = ChiefOfficerComments(response=response, force=force, recorded_at=at, recorded_by=by)
        said.text = clean_comments(text)
        said.signed_by = _short(signed_by, "signed_by", "Enter who signed the comments.")
        said.signed_as = _short(signed_as, "signed_as", "Enter the rank or title of whoever signed.")
        said.dated_on = day_of(dated_on, at=at, not_before=first_report(response), field="dated_on")
        said.source_name = _short(source_name, "source_name", "")
        if content is not None:
            said.file = act.save(_new_file(said.source_name, content, at))
        if by is not None and by.force_id:
            clear(response, force)
        return act.save(said)


def withdraw_comments(
    *, comments: ChiefOfficerComments, reason: str, by: User | None, at: datetime.datetime
) -> ChiefOfficerComments:
    """Withdraw comments, with a reason: they stay on record, and new ones can be recorded.

    Raises NotAllowed if the user is not in the office; Refusal if there is no reason, the comments are withdrawn
    already or the response has no draft.
    """
    with verb("withdraw_comments", by=by, at=at, reason=reason.strip(), subject=comments.response) as act:
        check_office(by)
        response = lock_row(comments.response)
        found = lock_row(comments)
        if response.state not in WRITTEN:
            raise Refusal(SAYS_NO[response.state], code=response.state)
        if found.withdrawn_at:
            raise Refusal(f"These comments were withdrawn on {say(london_day(found.withdrawn_at))}.", code="withdrawn")
        return mark_withdrawn(act, found, needs="Say why they are withdrawn.")


def clean_comments(text: str) -> str:
    """Return the text, trimmed and with uniform line endings. Raises Refusal if it is empty."""
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if not text:
        raise Refusal("Enter the comments, or choose a file.", "text", code="required")
    return text


def _check_who(response: Response, force: Force, by: User | None, today: datetime.date) -> None:
    if by is None or by.has_perm(May.DRAFT_RESPONSE):
        return
    if not by.has_perm(May.SUBMIT_COMMENTS) or by.force_id != force.pk:
        raise NotAllowed(
            "Comments are submitted by the force that was invited, or recorded by the office.", code="not-the-force"
        )
    invitation = response.invitations.filter(force=force, sent_on__isnull=False).first()
    if invitation is None:
        raise NotAllowed("Your force has not been invited to comment on this report.", code="not-invited")
    if invitation.due_on < today:
        raise Refusal(
            f"Comments were asked for by {say(invitation.due_on)}. Send them to {response.body.office_name}, "
            "which can still record them.",
            code="too-late",
        )


def _short(text: str, field: str, empty: str) -> str:
    return short(text, model=ChiefOfficerComments, field=field, empty=empty)


def _new_file(name: str, content: bytes, at: datetime.datetime) -> IssuedFile:
    media_type = MEDIA_TYPES.get(PurePath(name.lower()).suffix, OTHER_MEDIA_TYPE)
    sha256 = hashlib.sha256(content).hexdigest()
    return IssuedFile(name=name, media_type=media_type, sha256=sha256, content=content, issued_at=at)
