"""Committees' requests: recorded, changed, answered in a draft paper, withdrawn if recorded by mistake.

An answer counts once its paper is finalised; it closes the request and can no longer change. A reply, a letter, a file
or what was said at a meeting closes one too, until it is opened again (proofs.py).
"""

import datetime

from recommendations.domain.committees.queries import is_for
from recommendations.domain.writing.records import claim, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import MeetingState
from recommendations.models import (
    CommitteeRequest,
    Force,
    Meeting,
    Panel,
    RequestAnswer,
    RequestProof,
    ScrutinyReport,
    User,
)
from recommendations.periods import london_day, say
from recommendations.trail import VerbContext, verb

NEEDED = {
    "number": "Enter the number that the minutes give it.",
    "text": "Write what is asked for.",
    "owner": "Enter the owner.",
}
FINALISED = "This paper is finalised. Its answers are kept as they were."
ANSWERED = "A finalised paper answers this request. It stays as it is."
CLOSED = "This request is answered. Say first that it is open again."
WITHDRAWN = "This request is withdrawn, and stays as it is."


def record_request(
    *,
    panel: Panel,
    number: str,
    text: str,
    asked_on: datetime.date,
    owner: str,
    due_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    force: Force | None = None,
) -> CommitteeRequest:
    """Record a committee's request. Without a force it is about all forces.

    Raises Refusal if a part is missing, the days are out of order, or the committee already has a request with this
    number.
    """
    with verb("record_request", by=by, at=at) as act:
        Panel.objects.select_for_update().get(pk=panel.pk)
        request = CommitteeRequest(panel=panel, recorded_at=at, recorded_by=by)
        facts = {"number": number, "text": text, "asked_on": asked_on, "owner": owner, "due_on": due_on}
        _fill(request, facts, force, london_day(at))
        act.subject = act.save(request)
    return request


def _fill(request: CommitteeRequest, facts: dict, force: Force | None, today: datetime.date) -> None:
    for name, value in facts.items():
        setattr(request, name, value.strip() if isinstance(value, str) else value)
    request.force = force
    request.meeting = meeting_on(request.panel_id, request.asked_on)
    for name, missing in NEEDED.items():
        if not getattr(request, name):
            raise Refusal(missing, name, code="required")
    if request.asked_on > today:
        raise Refusal(
            f"{say(request.asked_on)} is in the future. Enter the day of the meeting.", "asked_on", code="in-the-future"
        )
    if request.due_on < request.asked_on:
        raise Refusal(
            f"{say(request.due_on)} is before the meeting, {say(request.asked_on)}.", "due_on", code="before-meeting"
        )
    same = CommitteeRequest.objects.filter(panel=request.panel, number=request.number).exclude(pk=request.pk)
    if same.exists():
        raise Refusal(
            f"{request.panel} has a request {request.number} already. Open it and change it.",
            "number",
            code="number-taken",
        )


def meeting_on(panel_id: int, day: datetime.date) -> Meeting | None:
    """Return a panel's meeting on a day, if it is recorded and not cancelled, or None."""
    return Meeting.objects.filter(panel=panel_id, on=day).exclude(state=MeetingState.CANCELLED).first()


def change_request(
    *,
    request: CommitteeRequest,
    version: int,
    number: str,
    text: str,
    asked_on: datetime.date,
    owner: str,
    due_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    force: Force | None = None,
    reason: str = "",
) -> CommitteeRequest:
    """Correct an unanswered request, or change its owner or due day. Its committee cannot change.

    Raises Refusal as `record_request` does, or if it is answered or withdrawn; Stale if someone else has changed it
    since.
    """
    with verb("change_request", by=by, at=at, reason=reason, subject=request) as act:
        Panel.objects.select_for_update().get(pk=request.panel_id)
        request = lock_open(request, version)
        facts = {"number": number, "text": text, "asked_on": asked_on, "owner": owner, "due_on": due_on}
        _fill(request, facts, force, london_day(at))
        act.save(request)
    return request


def withdraw_request(
    *, request: CommitteeRequest, version: int, reason: str, by: User | None, at: datetime.datetime
) -> CommitteeRequest:
    """Withdraw a request that was recorded by mistake or dropped by the committee. Raises as `change_request` does."""
    with verb("withdraw_request", by=by, at=at, reason=reason, subject=request) as act:
        request = lock_open(request, version)
        mark_withdrawn(act, request, needs="Say why the request is withdrawn.")
    return request


def lock_open(request: CommitteeRequest, version: int) -> CommitteeRequest:
    """Return the request, locked, if its version is current. Raises Stale; Refusal if it is answered or withdrawn."""
    request = CommitteeRequest.on_file.select_for_update().get(pk=request.pk)
    why_not = why_closed(request)
    if why_not:
        raise Refusal(why_not, code="closed")
    request.version = version
    if not CommitteeRequest.on_file.claim_version(request):
        raise Stale(CommitteeRequest.on_file.get(pk=request.pk))
    return request


def why_closed(request: CommitteeRequest) -> str:
    """Return the reason why a request can no longer be changed or withdrawn, or ""."""
    if request.withdrawn_at:
        return WITHDRAWN
    if RequestAnswer.objects.in_finalised_papers().filter(request=request).exists():
        return ANSWERED
    return CLOSED if RequestProof.objects.standing().filter(request=request).exists() else ""


def answer_request(
    *, request: CommitteeRequest, paper: ScrutinyReport, version: int, text: str, by: User | None, at: datetime.datetime
) -> RequestAnswer:
    """Write the answer to a request in a draft; an empty text removes it. `version` is the answer's, or 0 if there is
    none.

    Raises Refusal if the paper is finalised or not the one to answer; Stale if someone else has written since.
    """
    with verb("answer_request", by=by, at=at, subject=request) as act:
        paper = lock_row(paper)
        if why_not := why_not_answered(request, paper, at):
            raise Refusal(why_not)
        answer = RequestAnswer.objects.filter(request=request, paper=paper).first()
        if answer is None:
            if not text.strip():
                raise Refusal("Write the answer.", "text", code="required")
            answer = RequestAnswer(request=request, paper=paper)
        else:
            claim(answer, version)
        answer.text, answer.written_at, answer.written_by = text.strip(), at, by
        act.save(answer)
    return answer


def why_not_answered(request: CommitteeRequest, paper: ScrutinyReport, at: datetime.datetime) -> str:
    """Return the reason why a paper cannot answer a request now, or ""."""
    if not paper.is_draft:
        return FINALISED
    if not is_for(request, paper, at):
        return "This paper does not answer that request: it is another committee’s or force’s, withdrawn or answered."
    return ""


def keep_answers(act: VerbContext, paper: ScrutinyReport, earlier: ScrutinyReport) -> None:
    """Copy the replaced issue's answers to the corrected one, inside the verb that creates it."""
    for answer in earlier.answers.all():
        facts = {"text": answer.text, "written_at": act.at, "written_by": act.by}
        act.save(RequestAnswer(request=answer.request, paper=paper, **facts))
