"""Invite a chief officer to comment by a day, move that day, and record that the invitation was sent."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from recommendations.domain.responses.chief_officers.section import forces_of
from recommendations.domain.responses.draft.parts import reports_of
from recommendations.domain.responses.states import DRAFTING, SAYS_NO
from recommendations.domain.writing.input_checks import short
from recommendations.domain.writing.records import claim, day_of, lock_row
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import MailState, Role
from recommendations.models import Force, Inspection, Invitation, InvitationMail, Response, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.trail import verb

BY_MAIL = "by email from Oversight"


@dataclass(frozen=True)
class Move:
    """A change of the day by which comments are due: the previous day, the London day of the change, and the reason."""

    before: datetime.date
    moved_on: datetime.date
    reason: str


def invite(
    *,
    response: Response,
    force: Force,
    due_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    sent_on: datetime.date | None = None,
    sent_to: str = "",
    sent_how: str = "",
    mailed_to: User | None = None,
) -> Invitation:
    """Invite the chief officer of a force to comment by `due_on`.

    `sent_on` and `sent_to` record a letter that was sent; `mailed_to` (an inspection lead of the force) sends it by
    email from here; with neither, the invitation is only prepared. Raises NotAllowed if the user is not in the office;
    Refusal if the day has passed, the chief officer was invited or has commented already, the reports do not cover the
    force, or the response is not being drafted; and whatever `record_sent` raises.
    """
    with verb("invite_to_comment", by=by, at=at, subject=response) as act:
        response = lock_draft(response, by)
        check_asked(response, force)
        _check_to_come(due_on, at)
        if response.invitations.filter(force=force).exists():
            raise Refusal("This chief officer was invited already.", code="invited-already")
        if response.chief_officers.standing().filter(force=force).exists():
            raise Refusal("Comments of this chief officer are here already.", code="commented-already")
        made = Invitation(response=response, force=force, due_on=due_on, recorded_at=at, recorded_by=by)
        if mailed_to:
            _mail(made, mailed_to, at)
        elif sent_on or sent_to:
            _note_sent(made, sent_on=sent_on, sent_to=sent_to, sent_how=sent_how, at=at)
        return act.save(made)


def _mail(made: Invitation, person: User, at: datetime.datetime) -> None:
    """Set the letter to go by email from here (see notifications.py). The force sees the invitation from today."""
    if not leads_of(made.force).filter(pk=person.pk).exists():
        raise Refusal(f"{person} is no inspection lead of {made.force} with an account.", "mailed_to")
    made.mailed_to, made.sent_on, made.sent_to, made.sent_how = person, london_day(at), person.name, BY_MAIL


def leads_of(force: Force) -> QuerySet:
    """Users to whom an invitation can be emailed: the force's inspection leads with an active account."""
    return User.objects.filter(role=Role.FORCE_INSPECTION_LEAD, force=force, is_active=True).order_by("name", "pk")


def record_sent(
    *,
    invitation: Invitation,
    sent_on: datetime.date | None,
    sent_to: str,
    sent_how: str = "",
    by: User | None,
    at: datetime.datetime,
    version: int | None = None,
) -> Invitation:
    """Record that an invitation was sent: the day, the recipient and the means. From then on the force can see it.

    Raises NotAllowed if the user is not in the office; Refusal for a date in the future, before the report or after the
    due day, or if the invitation was sent already; Stale if someone else has saved it since. An email from here that
    has not gone out does not count as sent, and is then cancelled.
    """
    with verb("send_invitation", by=by, at=at, subject=invitation.response) as act:
        lock_draft(invitation.response, by)
        found = lock_row(invitation)
        if found.sent_on and not waits_to_go(found):
            raise Refusal(
                f"It is on record that this invitation was sent on {say(found.sent_on)}.", code="sent-already"
            )
        claim(found, found.version if version is None else version)
        _note_sent(found, sent_on=sent_on, sent_to=sent_to, sent_how=sent_how, at=at)
        found.mailed_to = None
        return act.save(found)


def waits_to_go(invitation: Invitation) -> bool:
    """Whether an email was chosen and has not gone out, so that the invitation can still be sent another way."""
    mail = InvitationMail.objects.filter(invitation=invitation).first() if invitation.mailed_to_id else None
    return bool(invitation.mailed_to_id) and (mail is None or mail.state == MailState.FAILED)


def _note_sent(
    made: Invitation, *, sent_on: datetime.date | None, sent_to: str, sent_how: str, at: datetime.datetime
) -> None:
    made.sent_on = day_of(sent_on, at=at, not_before=first_report(made.response), field="sent_on")
    if made.sent_on > made.due_on:
        raise Refusal(
            f"Comments were asked for by {say(made.due_on)}, which is before that day.", "sent_on", code="after-due"
        )
    made.sent_to = short(sent_to, model=Invitation, field="sent_to", empty="Enter to whom it was sent.")
    made.sent_how = short(sent_how, model=Invitation, field="sent_how")


def move_invitation_day(
    *,
    invitation: Invitation,
    due_on: datetime.date,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    version: int | None = None,
) -> Invitation:
    """Move the day by which comments are due to today or later, with a reason.

    Comments already received stay, and the letter already sent keeps the old day. Raises NotAllowed if the user is not
    in the office; Refusal for a day that has passed, the same day, no reason, comments already recorded, or a response
    that is not being drafted; Stale if someone else has saved the invitation since.
    """
    with verb("move_invitation_day", by=by, at=at, reason=reason.strip(), subject=invitation.response) as act:
        response = lock_draft(invitation.response, by)
        found = lock_row(invitation)
        if response.chief_officers.standing().filter(force=found.force_id).exists():
            raise Refusal("Comments of this chief officer are here already.", code="commented-already")
        if due_on == found.due_on:
            raise Refusal(
                f"Comments are asked for by {say(due_on)} already. Enter another day.", "due_on", code="unchanged"
            )
        _check_to_come(due_on, at)
        if not reason.strip():
            raise Refusal("Say why the day moves.", "reason", code="no-reason")
        claim(found, found.version if version is None else version)
        found.due_on = due_on
        return act.save(found)


def _check_to_come(due_on: datetime.date, at: datetime.datetime) -> None:
    if due_on < london_day(at):
        raise Refusal(f"{say(due_on)} has passed. Enter today or a later day.", "due_on", code="in-the-past")


def moves_of(response: Response) -> dict[int, list[Move]]:
    """Return the due day's changes for each invitation of a response, by invitation id, oldest first."""
    moves: defaultdict[int, list[Move]] = defaultdict(list)
    last: dict[int, datetime.date] = {}
    for row in Invitation.history.filter(response=response).order_by("history_id"):
        before = last.get(row.id, row.due_on)
        if row.due_on != before:
            moves[row.id].append(Move(before, london_day(row.history_date), row.history_change_reason or ""))
        last[row.id] = row.due_on
    return moves


def lock_draft(response: Response, by: User | None) -> Response:
    """Return the response, locked. Raises NotAllowed outside the office, Refusal if it is not being drafted."""
    check_office(by)
    found = lock_row(response)
    if found.state != DRAFTING:
        raise Refusal(SAYS_NO[found.state], code=found.state)
    return found


def check_office(by: User | None) -> None:
    """Raise NotAllowed if the user is not in the office. None, the command line, is allowed."""
    if by is not None and not by.has_perm(May.DRAFT_RESPONSE):
        raise NotAllowed("Your role cannot do this.")


def check_asked(response: Response, force: Force) -> list[Inspection]:
    """Return the reports that the response answers. Raises Refusal if they do not cover this force."""
    reports = reports_of(response)
    if force not in forces_of(response.body_id, reports):
        raise Refusal(
            f"The chief officer of {force} is not asked: the report does not cover this force.",
            "force",
            code="not-covered",
        )
    return reports


def first_report(response: Response) -> datetime.date:
    """Return the publication day of the earliest report that the response answers."""
    return min(answer.inspection.published_on for answer in response.answers.select_related("inspection"))
