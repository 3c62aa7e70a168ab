"""The six steps of a response at the top of its page: the state of each, since when or by when, and who has it."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommendations.domain.responses.chief_officers.notifications import status_of
from recommendations.domain.responses.chief_officers.section import ChiefOfficerVoice
from recommendations.domain.responses.copies import still_to_send
from recommendations.enums import Decision, ResponseState
from recommendations.models import Copy, Recipient
from recommendations.periods import london_day

if TYPE_CHECKING:
    from recommendations.views.responses.status import Life

DONE, NOW, LEFT = "done", "now", ""
DECIDED = (Decision.APPROVED, Decision.APPROVED_OUTSIDE)
STEPS = ("invite", "comments", "draft", "approve", "publish", "copies")
# State → the index of the current step.
CURRENT = {ResponseState.DRAFTING: 2, ResponseState.SUBMITTED: 3, ResponseState.APPROVED: 4, ResponseState.PUBLISHED: 5}


@dataclass(frozen=True)
class ResponseStep:
    """`style` is done, now or ""; `url` is the step's own page, if any."""

    name: str
    words: str
    style: str = LEFT
    url: str = ""


def short_day(day: datetime.date, today: datetime.date) -> str:
    """ "19 November", with the year if it is not this year."""
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def steps_of(life: "Life", urls: dict[str, str] | None = None) -> list[ResponseStep]:
    """The steps of a response; `life` is a Life (views/responses/status.py). `urls` are addresses by the key of
    a step.
    """
    told = [_invite(life), _comments(life), _draft(life), _approve(life), _publish(life), _copies(life)]
    current = CURRENT.get(ResponseState(life.response.state))
    return [
        ResponseStep(name, words, _style(place, current, is_done), (urls or {}).get(key, ""))
        for place, (key, (name, words, is_done)) in enumerate(zip(STEPS, told, strict=True))
    ]


def _style(place: int, current: int | None, is_done: bool) -> str:
    if is_done:
        return DONE
    return NOW if place == current else LEFT


def _invite(life: "Life") -> tuple[str, str, bool]:
    if life.spoke_elsewhere:
        return "Invite", "done elsewhere", True
    invited = [voice.invitation for voice in life.voices if voice.invitation and voice.invitation.sent_on]
    sent = [each.sent_on for each in invited if each.sent_on]
    mails = [mail for mail in map(status_of, invited) if mail]
    stuck = [mail for mail in mails if mail.is_wrong or not mail.has_gone]
    if stuck:
        return "Invite", "email not sent" if any(mail.is_wrong for mail in stuck) else "email not sent yet", False
    if life.voices and len(sent) == len(life.voices):
        how = "sent by email" if len(mails) == len(sent) else "sent"
        return "Invite", f"{how} {life.day_words(max(sent))}", True
    settled = all(voice.comments for voice in life.voices)
    if life.voices and settled:
        return "Invite", "not needed: the comments are here", True
    words = f"not yet, with {life.response.body.office_name}"
    if sent:
        words = f"{len(sent)} of {len(life.voices)} sent"
    elif any(voice.invitation for voice in life.voices):
        words = f"letter prepared, not sent, with {life.response.body.office_name}"
    return "Invite", words, False


def _comments(life: "Life") -> tuple[str, str, bool]:
    name = "Chief officer’s comments" if len(life.voices) == 1 else "Chief officers’ comments"
    if life.spoke_elsewhere:
        return name, "done elsewhere", True
    came = [london_day(voice.comments.recorded_at) for voice in life.voices if voice.comments]
    waiting = [voice for voice in life.voices if not voice.is_settled(life.today)]
    if life.voices and not waiting:
        return name, f"done {life.day_words(max(came))}" if came else "none received", True
    return name, _awaited_words(life, waiting), False


def _awaited_words(life: "Life", waiting: list[ChiefOfficerVoice]) -> str:
    asked = [voice.invitation.due_on for voice in waiting if voice.invitation and voice.invitation.sent_on]
    who = " and ".join(voice.force.short_name for voice in waiting)
    if not asked:
        return f"not asked yet: {who}" if who else "no one is asked"
    return f"by {life.day_words(max(asked))}, with {who}"


def _draft(life: "Life") -> tuple[str, str, bool]:
    if life.response.state == ResponseState.DRAFTING:
        return "Draft", f"now, with {life.writer}" if life.writer else "now, not started", False
    if life.response.state == ResponseState.WITHDRAWN:
        return "Draft", "given up" if life.version is None else "done", life.version is not None
    on = london_day(life.submission.submitted_at) if life.submission else None
    return "Draft", f"done {life.day_words(on)}" if on else "done elsewhere", True


def _approve(life: "Life") -> tuple[str, str, bool]:
    submission, state = life.submission, life.response.state
    if state in (ResponseState.APPROVED, ResponseState.PUBLISHED) and submission and submission.decision in DECIDED:
        assert submission.decided_at  # it is decided
        return "Approve", f"done {life.day_words(london_day(submission.decided_at))}", True
    if state == ResponseState.PUBLISHED:
        return "Approve", "done elsewhere", True
    who = " or ".join(person.name for person in life.approvers) or "no one is left who may"
    return "Approve", f"now, with {who}" if state == ResponseState.SUBMITTED else who, False


def _publish(life: "Life") -> tuple[str, str, bool]:
    if life.version and life.response.state == ResponseState.PUBLISHED:
        return "Publish", f"done {life.day_words(life.version.published_on)}", True
    if life.version:
        return "Publish", f"version {life.version.number} stands until then", False
    if life.last_day is None:
        return "Publish", "no last day is stated", False
    return "Publish", f"{'late since' if life.is_late else 'by'} {life.day_words(life.last_day)}", False


def _copies(life: "Life") -> tuple[str, str, bool]:
    recipients = Recipient.objects.exclude(until__lt=life.today).count()
    if life.version is None or life.response.state != ResponseState.PUBLISHED:
        return "Send copies", f"{recipients} to send" if recipients else "no recipients set", False
    if life.version.submission_id is None:
        return "Send copies", "sent from elsewhere", True
    sent = list(Copy.objects.filter(of=life.version).values_list("sent_on", flat=True))
    if left := len(still_to_send(life.version, life.today)):
        return "Send copies", f"{left} to send", False
    return "Send copies", f"done {life.day_words(max(sent))}" if sent else "no recipients set", bool(sent)
