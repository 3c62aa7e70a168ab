"""Requests of committees: recorded, changed, answered in a paper while it is a draft, withdrawn where they were wrong.

Finalising the paper closes what it answers: an answer counts when its paper is finalised, and never changes then.
"""

import datetime

from recommendations.domain.committees.queries import is_for
from recommendations.domain.writing.records import claim, locked, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import MeetingState
from recommendations.models import CommitteeRequest, Force, Meeting, Panel, RequestAnswer, ScrutinyReport, User
from recommendations.periods import london_day, say
from recommendations.trail import Act, verb

NEEDED = {
    "number": "Enter the number that the minutes give it.",
    "text": "Write what is asked for.",
    "owner": "Enter the owner.",
}
ANSWERED = "A finalised paper answers this request. It stays as it is."
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
    """Record what a committee asked for. Without a force it is about all of them.

    Raises Refusal where a part is missing, the days are out of order, or the committee has this number already.
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
            raise Refusal(missing, name)
    if request.asked_on > today:
        raise Refusal(f"{say(request.asked_on)} is in the future. Enter the day of the meeting.", "asked_on")
    if request.due_on < request.asked_on:
        raise Refusal(f"{say(request.due_on)} is before the meeting, {say(request.asked_on)}.", "due_on")
    same = CommitteeRequest.objects.filter(panel=request.panel, number=request.number).exclude(pk=request.pk)
    if same.exists():
        raise Refusal(f"{request.panel} has a request {request.number} already. Open it and change it.", "number")


def meeting_on(panel_id: int, day: datetime.date) -> Meeting | None:
    """The meeting of a panel on a day, where it is on record."""
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
    """Correct a request that no paper answers yet, or give it another owner or day. Its committee stays.

    Raises Refusal as record_request, or where it is answered or withdrawn; Stale where somebody else changed it.
    """
    with verb("change_request", by=by, at=at, reason=reason, subject=request) as act:
        Panel.objects.select_for_update().get(pk=request.panel_id)
        request = _open(request, version)
        facts = {"number": number, "text": text, "asked_on": asked_on, "owner": owner, "due_on": due_on}
        _fill(request, facts, force, london_day(at))
        act.save(request)
    return request


def withdraw_request(
    *, request: CommitteeRequest, version: int, reason: str, by: User | None, at: datetime.datetime
) -> CommitteeRequest:
    """Withdraw a request that was recorded by mistake, or that the committee let go. Raises as change_request."""
    with verb("withdraw_request", by=by, at=at, reason=reason, subject=request) as act:
        request = _open(request, version)
        mark_withdrawn(act, request, needs="Say why the request is withdrawn.")
    return request


def _open(request: CommitteeRequest, version: int) -> CommitteeRequest:
    """The request, locked and of the version that was read. Raises Refusal where nothing can be changed any more."""
    request = CommitteeRequest.on_file.select_for_update().get(pk=request.pk)
    why_not = why_closed(request)
    if why_not:
        raise Refusal(why_not)
    request.version = version
    if not CommitteeRequest.on_file.claim_version(request):
        raise Stale(CommitteeRequest.on_file.get(pk=request.pk))
    return request


def why_closed(request: CommitteeRequest) -> str:
    """Why a request can no longer be changed or withdrawn; empty where it can."""
    if request.withdrawn_at:
        return WITHDRAWN
    return ANSWERED if RequestAnswer.objects.given().filter(request=request).exists() else ""


def answer_request(
    *, request: CommitteeRequest, paper: ScrutinyReport, version: int, text: str, by: User | None, at: datetime.datetime
) -> RequestAnswer:
    """Write the answer to a request in a draft; an empty text takes it back. `version` is that of the answer, or 0.

    Raises Refusal for a finalised paper, or one that the request is not for; Stale where somebody else wrote meanwhile.
    """
    with verb("answer_request", by=by, at=at, subject=request) as act:
        paper = locked(paper)
        if why_not := why_not_answered(request, paper, at):
            raise Refusal(why_not)
        answer = RequestAnswer.objects.filter(request=request, paper=paper).first()
        if answer is None:
            if not text.strip():
                raise Refusal("Write the answer.", "text")
            answer = RequestAnswer(request=request, paper=paper)
        else:
            claim(answer, version)
        answer.text, answer.written_at, answer.written_by = text.strip(), at, by
        act.save(answer)
    return answer


def why_not_answered(request: CommitteeRequest, paper: ScrutinyReport, at: datetime.datetime) -> str:
    """Why a paper cannot answer a request now; empty where it can."""
    if not paper.is_draft:
        return "This paper is finalised. Its answers are kept as they were."
    if not is_for(request, paper, at):
        return "This paper does not answer that request: it is another committee’s or force’s, withdrawn or answered."
    return ""


def keep_answers(act: Act, paper: ScrutinyReport, earlier: ScrutinyReport) -> None:
    """Give a corrected issue the answers of the issue that it replaces, inside the verb that begins it."""
    for answer in earlier.answers.all():
        facts = {"text": answer.text, "written_at": act.at, "written_by": act.by}
        act.save(RequestAnswer(request=answer.request, paper=paper, **facts))
