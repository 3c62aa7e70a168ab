"""Copies of a published response, which the law sends to the inspectorate and others: sent and still to send."""

import datetime
from dataclasses import dataclass

from recommendations.domain.responses.chief_officers.invitations import check_office
from recommendations.domain.responses.states import SAYS_NO, WITHDRAWN
from recommendations.domain.writing.input_checks import short
from recommendations.domain.writing.records import lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import RecipientKind
from recommendations.models import Copy, Recipient, ResponseVersion, User
from recommendations.periods import london_day, say
from recommendations.trail import verb

TOLD = (RecipientKind.INSPECTORATE, RecipientKind.HOME_SECRETARY)  # the recipients required by law


@dataclass(frozen=True)
class Sending:
    """A recipient, with the copy of a version sent to them, or None."""

    recipient: Recipient
    copy: Copy | None


def sendings(version: ResponseVersion, on: datetime.date) -> list[Sending]:
    """Return everybody who was sent a copy of this version or gets copies on this day, in the recipients' order."""
    sent = {copy.recipient_id: copy for copy in version.copies.select_related("recorded_by")}
    rows = Recipient.objects.all()
    return [Sending(each, sent.get(each.pk)) for each in rows if each.pk in sent or not each.has_ended(on)]


def still_to_send(version: ResponseVersion, on: datetime.date) -> list[Recipient]:
    """Return the recipients who get copies on this day and have not been sent this version."""
    return list(Recipient.objects.exclude(until__lt=on).exclude(copies__of=version))


def record_copy(
    *,
    version: ResponseVersion,
    recipient: Recipient,
    sent_on: datetime.date | None,
    sent_how: str = "",
    by: User | None,
    at: datetime.datetime,
) -> Copy:
    """Record that a copy of a published version was sent, with the recipient's current name and address.

    Raises NotAllowed if the user is not in the office; Refusal for a date in the future, before publication or after
    the recipient's last day, for a second copy, or if the response is withdrawn.
    """
    with verb("send_copy", by=by, at=at, subject=version.response) as act:
        check_office(by)
        response = lock_row(version.response)
        if response.state == WITHDRAWN:
            raise Refusal(SAYS_NO[WITHDRAWN], code="withdrawn")
        if Copy.objects.filter(of=version, recipient=recipient).exists():
            raise Refusal("A copy of this version was sent there already.", code="sent-already")
        made = Copy(of=version, recipient=recipient, recorded_at=at, recorded_by=by)
        made.sent_on = _day(sent_on or london_day(at), version, recipient, london_day(at))
        made.sent_to = address_of(recipient)[: Copy._meta.get_field("sent_to").max_length]
        made.sent_how = short(sent_how, model=Copy, field="sent_how")
        return act.save(made)


def _day(day: datetime.date, version: ResponseVersion, recipient: Recipient, today: datetime.date) -> datetime.date:
    if day > today:
        raise Refusal(f"{say(day)} is in the future. Enter today or an earlier day.", "sent_on", code="in-the-future")
    if day < version.published_on:
        raise Refusal(
            f"{say(day)} is before this version was published, {say(version.published_on)}.",
            "sent_on",
            code="before-publication",
        )
    if recipient.until and recipient.until < day:
        raise Refusal(f"Copies go there until {say(recipient.until)}.", "sent_on", code="after-end")
    return day


def address_of(recipient: Recipient) -> str:
    """Name and address in one line: "The Home Secretary, 2 Marsham Street, London, name@example.org"."""
    lines = [recipient.name, *recipient.address.splitlines(), recipient.email]
    return ", ".join(line.strip().rstrip(",") for line in lines if line.strip())
