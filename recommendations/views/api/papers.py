"""Papers with their figures, and rounds with a force's answers, through the API."""

import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Status

from recommendations.domain.api import papers as reading
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.rounds import release_answers
from recommendations.enums.api import ApiScope
from recommendations.models import RoundLine, ScrutinyReport, UpdateRound, User
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.api.endpoint import Asked, endpoint, page_of, queryset_page, wrong
from recommendations.views.api.schemas import (
    NewRoundAnswers,
    PaperItem,
    PaperRecord,
    RoundItem,
    RoundRecord,
    SavedAnswers,
)
from recommendations.views.api.writing import once
from recommendations.views.site.requests import AuthenticatedRequest

PAPERS, READ, WRITE = ApiScope.READ_PAPERS, ApiScope.READ_REGISTER, ApiScope.WRITE_UPDATES
SAME = ("done", "no_change", "forecast_on", "said_by", "closure_reason", "same_reason", "version")


@allow(May.SEE_PAPERS)
@endpoint("/papers", scope=PAPERS, response=page_of(PaperItem))
def api_papers(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """Papers, the newest period first."""
    return queryset_page(
        request, paging, reading.papers(ScrutinyReport.objects.visible_to(request.user)), reading.paper
    )


@allow(May.SEE_PAPERS)
@endpoint("/papers/{int:pk}", scope=PAPERS, response=PaperRecord)
def api_paper(request: AuthenticatedRequest, pk: int) -> dict[str, Any]:
    """One paper, with its figures as they were filed."""
    visible = ScrutinyReport.objects.visible_to(request.user)
    row = get_object_or_404(visible.select_related("force", "panel", "file").defer("file__content"), pk=pk)
    return reading.paper(row) | {"figures": row.figures}


@allow(May.SEE_ROUNDS)
@endpoint("/rounds", scope=READ, response=page_of(RoundItem), section=Section.ROUNDS)
def api_rounds(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """Update rounds, by their last day."""
    return queryset_page(
        request, paging, reading.rounds(UpdateRound.objects.visible_to(request.user)), reading.round_of
    )


@allow(May.SEE_ROUNDS)
@endpoint("/rounds/{int:pk}", scope=READ, response=RoundRecord, section=Section.ROUNDS)
def api_round(request: AuthenticatedRequest, pk: int) -> dict[str, Any]:
    """One round, with its lines: what is asked, what was answered, and the office’s questions."""
    row = get_object_or_404(reading.rounds(UpdateRound.objects.visible_to(request.user)), pk=pk)
    return reading.round_of(row) | {"lines": reading.lines_of(row)}


@allow(May.ANSWER_ROUND)
@endpoint(
    "/rounds/{int:pk}/answers",
    method="POST",
    scope=WRITE,
    response={201: SavedAnswers, 200: SavedAnswers},
    section=Section.ROUNDS,
)
def api_answer_round(request: AuthenticatedRequest, pk: int, sent: NewRoundAnswers) -> Status[dict[str, Any]]:
    """Answer a round: the answers of one’s own force go to the office, all of them or none."""
    row = get_object_or_404(UpdateRound.objects.visible_to(request.user), pk=pk)

    def act(by: User, at: datetime.datetime) -> dict[str, Any]:
        answers = _answers(row, sent.answers)
        rows = release_answers(round=row, answers=answers, effective_on=sent.effective_on, by=by, at=at)
        return {"round_id": row.pk, "released": len(rows)}

    return once(request, act)


def _answers(row: UpdateRound, sent: list) -> list[NewAnswer]:
    """The submitted answers with their lines. Raises WrongRequest for a line that is not in the round, or is
    repeated.
    """
    lines = {line.tracked.reference: line for line in row.lines.select_related("tracked")}
    errors, seen = [], set()
    for place, each in enumerate(sent):
        if each.reference not in lines or each.reference in seen:
            why = "is in this list twice" if each.reference in seen else "is not in this round"
            errors.append((f"body answers {place} reference", f"{each.reference} {why}."))
        seen.add(each.reference)
    if errors:
        raise wrong(*errors)
    return [_answer(lines[each.reference], each) for each in sent]


def _answer(line: RoundLine, sent: Any) -> NewAnswer:
    said: dict[str, Any] = {name: getattr(sent, name) for name in SAME}
    texts = {key: getattr(sent, key) for key in UPDATE_TEXT_KEYS}
    chosen: dict[str, Any] = {"position": sent.position or "", "closure_outcome": sent.closure_outcome or ""}
    return NewAnswer(line, texts=texts, **said, **chosen)
