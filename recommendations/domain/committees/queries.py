"""Committees' requests as a paper, a list and the first page read them."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from recommendations.domain.committees.paper_lines import PaperRequest
from recommendations.domain.register.as_at import on_record
from recommendations.enums import PaperState
from recommendations.models import CommitteeRequest, Panel, RequestAnswer, RequestProof, ScrutinyReport, User
from recommendations.models.evidence import Proof
from recommendations.models.panels.panels import IN_A_ROW, replaced_by_one_of
from recommendations.models.papers.committee_requests import RequestQuerySet
from recommendations.periods import Period, london_day, say, say_days


def requests_for(paper: ScrutinyReport, known_at: datetime.datetime, *, with_replaced: bool = True) -> QuerySet:
    """Return the requests of the paper's committee about its force that no other paper had answered at a moment (UTC),
    and nothing else before the paper's period.

    Those of a committee that it replaced are its own from the day after that ended; papers before format 4 leave them
    out (`with_replaced`).
    Another issue for the same period counts as this paper: a correction answers the same requests again. A closed paper
    answers none, because it does not reach the committee. A joint paper answers none itself: its parts do.
    """
    if paper.is_joint:
        return CommitteeRequest.on_file.none()
    before = RequestAnswer.objects.in_finalised_papers().filter(paper__finalised_at__lte=known_at)
    before = before.exclude(paper__force=paper.force_id, paper__start=paper.start, paper__end=paper.end)
    found = CommitteeRequest.on_file.filter(on_record(known_at), recorded_at__lte=known_at)
    if paper.closed:
        return found.none()
    about = Q(force__isnull=True) | Q(force=paper.force_id)
    day = london_day(known_at)
    asking = Q(panel=paper.panel_id)
    if with_replaced:
        asking |= replaced_by_one_of([paper.panel_id], day, "panel__")
    found = found.filter(about, asking, asked_on__lte=day).select_related("panel")
    otherwise = RequestProof.objects.standing(known_at=known_at).filter(effective_on__lt=paper.start)
    found = found.exclude(pk__in=before.values("request")).exclude(pk__in=otherwise.values("request"))
    return found.order_by("due_on", "id")


def is_for(request: CommitteeRequest, paper: ScrutinyReport, at: datetime.datetime) -> bool:
    """Whether a draft paper should answer a request."""
    return requests_for(paper, at).filter(pk=request.pk).exists()


def requests_of(
    paper: ScrutinyReport, known_at: datetime.datetime, *, with_replaced: bool = True
) -> tuple[PaperRequest, ...]:
    """Return each request that the paper should answer ("You asked"), with its answer: the paper's own, or else what
    answered it in the period. No query without a committee.
    """
    if paper.panel_id is None:
        return ()
    day = london_day(known_at)
    requests = list(requests_for(paper, known_at, with_replaced=with_replaced))
    proofs = RequestProof.objects.standing(known_at=known_at).filter(request__in=requests)
    answers = {each.request_id: proof_words(each) for each in proofs} if requests else {}
    if paper.pk and requests:
        written = RequestAnswer.objects.filter(paper=paper.pk).exclude(text="")
        answers |= dict(written.values_list("request", "text"))
    return tuple(_line(each, paper, answers.get(each.pk, ""), day) for each in requests)


def proof_words(proof: Proof, seen_in: object = None) -> str:
    """ "A letter, 3 December 2026: It arrived with the figures."; `seen_in`, a meeting or paper, goes in brackets."""
    where = f" ({seen_in})" if seen_in else ""
    words = f": {proof.words}" if proof.words else ""
    return f"{proof.get_kind_display()}, {say(proof.effective_on)}{where}{words}"


def _line(request: CommitteeRequest, paper: ScrutinyReport, answer: str, day: datetime.date) -> PaperRequest:
    is_own = request.panel_id == paper.panel_id
    return PaperRequest(
        record=request.pk,
        number=request.number if is_own else f"{request.number} ({request.panel})",
        text=request.text,
        asked_on=request.asked_on,
        owner=request.owner,
        due_on=request.due_on,
        answer=answer,
        days_over=0 if answer else max((day - request.due_on).days, 0),
    )


@dataclass(frozen=True)
class RequestRow:
    """A request in a list: its state on a day, and the answers that the reader can see, in finalised papers and
    otherwise (`proof`).
    """

    request: CommitteeRequest
    state: str
    is_late: bool
    answers: tuple[RequestAnswer, ...] = ()
    proof: RequestProof | None = None

    @property
    def proof_words(self) -> str:
        return proof_words(self.proof) if self.proof else ""


def sort_requests(requests: RequestQuerySet) -> RequestQuerySet:
    """Sort requests: open ones first, earliest due day first, then answered ones, then withdrawn ones."""
    return requests.with_state().order_by(F("withdrawn_at").asc(nulls_first=True), "is_answered", "due_on", "id")


def overdue(requests: RequestQuerySet, day: datetime.date) -> RequestQuerySet:
    """Filter to requests that nothing has answered and whose due day has passed."""
    return requests.waiting().filter(withdrawn_at__isnull=True, due_on__lt=day)


def rows_of(requests: list[CommitteeRequest], user: User, day: datetime.date) -> list[RequestRow]:
    """Return rows for requests that have `is_answered`. One query, and one of the office's people."""
    found: dict[int, list[RequestAnswer]] = {}
    given = RequestAnswer.objects.in_finalised_papers().visible_to(user).filter(request__in=requests)
    given = given.select_related("paper__force").defer("paper__figures").order_by("paper__finalised_at", "id")
    for answer in given:
        answer.period = Period(answer.paper.start, answer.paper.end)
        found.setdefault(answer.request_id, []).append(answer)
    proofs = {}
    if user.has_perm("draft_paper"):
        rows = RequestProof.objects.standing().filter(request__in=requests).select_related("item__meeting")
        proofs = {each.request_id: each for each in rows}
    return [_row(each, day, tuple(found.get(each.pk, ())), proofs.get(each.pk)) for each in requests]


def _row(request: CommitteeRequest, day: datetime.date, answers: tuple, proof: RequestProof | None) -> RequestRow:
    over = (day - request.due_on).days
    is_late = False
    if request.withdrawn_at:
        state = "Withdrawn"
    elif request.is_answered:
        state = "Answered"
    elif over > 0:
        state, is_late = f"{say_days(over)} overdue", True
    else:
        state = "Due today" if over == 0 else f"Due by {say(request.due_on)}"
    return RequestRow(request, state, is_late, answers, proof)


def replacements_of(panel: Panel, day: datetime.date) -> list[Panel]:
    """Return the committees that replaced one by a day, in order: the last has its open requests. No query for most."""
    found: list[Panel] = []
    while panel.has_ended(day) and panel.replaced_by is not None and len(found) < IN_A_ROW:
        panel = panel.replaced_by
        found.append(panel)
    return found


def drafts_for(request: CommitteeRequest, user: User, at: datetime.datetime) -> list[ScrutinyReport]:
    """Return the drafts that can answer a request and that `user` can edit."""
    if not user.has_perm("draft_paper"):
        return []
    panels = [request.panel_id, *(each.pk for each in replacements_of(request.panel, london_day(at)))]
    drafts = ScrutinyReport.objects.visible_to(user).filter(state=PaperState.DRAFT, panel__in=panels)
    drafts = drafts.filter(force=request.force_id) if request.force_id else drafts.filter(force__isnull=False)
    return [paper for paper in drafts.select_related("force") if is_for(request, paper, at)]
