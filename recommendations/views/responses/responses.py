"""Responses to reports: those on record, the inspections that wait for one, and the page of one response."""

import datetime

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.domain.compliance.status import ComplianceRow, compliance, waiting
from recommendations.domain.inspections.statutory_clock import clock, last_day_name
from recommendations.domain.responses.awaited import to_approve, to_publish
from recommendations.domain.responses.states import AWAITED, IN_HAND
from recommendations.enums import ResponseStage, ResponseState
from recommendations.models import (
    CommentAnswer,
    Inspection,
    InspectionForce,
    Recommendation,
    Response,
    ResponseInspection,
    ResponseVersion,
    TrackedRecommendation,
    User,
)
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.commitments.marking import commitments_by_comment
from recommendations.views.responses import approval_page, published_page
from recommendations.views.responses.draft_page import DraftPage
from recommendations.views.responses.reading import Reading
from recommendations.views.responses.status import Life
from recommendations.views.site.requests import AuthenticatedRequest

PAGE = 25
FIRST_WAITING = 10
# Values of ?waiting= that the home page links to, with the rows that each one selects.
STATES = {
    "late": lambda row: row.is_late,
    "write": lambda row: row.last_day and row.stage not in (ResponseStage.SUBMITTED, ResponseStage.APPROVED),
    "unstated": lambda row: row.last_day is None,
    "unsaid": lambda row: row.inspection.is_to_say_section_55,
}
# Values of ?waiting= for responses with a complete text, including corrections of published ones.
TO_DECIDE = {"approve": to_approve, "publish": to_publish}
ONLY = {
    "approve": "Only those that you can approve",
    "publish": "Only those that are approved and can be published",
    "late": "Only those that are late",
    "write": "Only those that are still to be written",
    "unstated": "Only those without a stated last day",
    "unsaid": "Only those for which no one has said whether section 55 applies",
}
# What the list can be sorted by: parameter, heading, column.
SORTS = {
    "title": ("Response to", "title"),
    "report": ("Report published", "report_on"),
    "response": ("Response published", "response_on"),
}
DEFAULT_SORT = "-response"


@require_safe
@allow(May.SEE_RESPONSES)
def responses(request: AuthenticatedRequest) -> HttpResponse:
    """The inspections that wait for a response, soonest first, and the responses on record."""
    today = london_day(timezone.now())
    every = _every(request.user, today)
    rows = waiting(every)
    sort = _sort(request.GET.get("sort", ""))
    page = Paginator(_published_responses(request.user, sort), PAGE).get_page(request.GET.get("page"))
    state = request.GET.get("waiting")
    shown = _waiting_rows(request.user, every, state)
    context = {
        "waiting": shown if state is not None else rows[:FIRST_WAITING],
        "only": ONLY.get(state or "", ""),
        "waiting_count": len(rows),
        "late_count": sum(row.is_late for row in rows),
        "without_report": Response.objects.visible_to(request.user).without_report(),
        "page": page,
        "rows": [_row(response, today) for response in page],
        "heads": _heads(sort),
        "query": f"sort={sort}&" if sort != DEFAULT_SORT else "",
    }
    return render(request, "responses/responses.html", context)


def _every(user: User, today: datetime.date) -> list[ComplianceRow]:
    """The reports that need a response or whose response is being written or corrected, with their state."""
    written = ResponseInspection.objects.filter(response__state__in=AWAITED)
    asked = Q(needs_response=True) | Q(pk__in=written.values("inspection"))
    reports = Inspection.objects.visible_to(user).filter(asked)
    return compliance(reports, Response.objects.visible_to(user), today)


def _waiting_rows(user: User, every: list[ComplianceRow], state: str | None) -> list[ComplianceRow]:
    """The rows that wait in this way; a response to several reports appears once."""
    if state not in TO_DECIDE:
        return [row for row in waiting(every) if state not in STATES or STATES[state](row)]
    ids = set(TO_DECIDE[state](user).values_list("pk", flat=True))
    first = {row.response.pk: row for row in reversed(every) if row.response and row.response.pk in ids}
    return sorted(first.values(), key=every.index)


def _forces(lookup: str) -> Prefetch:
    return Prefetch(lookup, InspectionForce.objects.select_related("force").order_by("force__name"))


def _sort(order: str) -> str:
    return order if order.removeprefix("-") in SORTS else DEFAULT_SORT


def _published_responses(user: User, sort: str) -> QuerySet[Response]:
    """The published responses in the requested order, by default newest first."""
    column = SORTS[sort.removeprefix("-")][1]
    down = "-" if sort.startswith("-") else ""
    answers = ResponseInspection.objects.select_related("inspection").prefetch_related(_forces("inspection__covers"))
    return (
        Response.objects.visible_to(user)
        .filter(versions__isnull=False)
        .annotate(
            response_on=Min("versions__published_on"),
            report_on=Max("answers__inspection__published_on"),
            answered=Count("versions__comments__answers__recommendation", distinct=True),
        )
        .select_related("body")
        .prefetch_related(Prefetch("answers", answers))
        .order_by(f"{down}{column}", "-pk")
    )


def _row(response: Response, today: datetime.date) -> dict:
    inspections = [answer.inspection for answer in response.answers.all()]
    forces = dict.fromkeys(covers.force.short_name for each in inspections for covers in each.covers.all())
    return {
        "response": response,
        "inspections": inspections,
        "forces": ", ".join(forces),
        "clock": clock(inspections[0], response.response_on, today) if inspections else None,
    }


def _heads(sort: str) -> list[dict]:
    """The sortable headings; the current one's link reverses the order."""
    heads = []
    for key, (label, _) in SORTS.items():
        down = sort == f"-{key}"
        current = sort.removeprefix("-") == key
        other = key if down or (not current and key == "title") else f"-{key}"
        direction = ("descending" if down else "ascending") if current else ""
        heads.append({"label": label, "url": f"?sort={other}", "direction": direction})
    return heads


@require_safe
@allow(May.SEE_RESPONSES)
def response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The page of one response in whatever state: drafting, submitted, approved, published here or imported."""
    found = get_object_or_404(Response.objects.visible_to(request.user).select_related("body"), pk=pk)
    version = found.versions.select_related("recorded_by", "reads").first()
    if found.state in IN_HAND:
        return approval_page.show(request, found)
    if version is None or found.state == ResponseState.DRAFTING:
        return render(request, "responses/life.html", {"response": found, "page": DraftPage.now(request, found)})
    if version.submission_id:
        return published_page.show(request, found, version)
    return _show_imported(request, found, version)


def _show_imported(request: AuthenticatedRequest, response: Response, version: ResponseVersion) -> HttpResponse:
    """A response that was published elsewhere and imported: shown as its document was read."""
    inspections = [answer.inspection for answer in response.answers.select_related("inspection")]
    answers = CommentAnswer.objects.select_related("recommendation").order_by("recommendation__position", "id")
    comments = list(version.comments.prefetch_related(Prefetch("answers", answers)))
    promised = commitments_by_comment(version, comments, request.user)
    for comment in comments:
        comment.promised = promised[comment.pk]
    reading = Reading(version=version, recommendations=_recommendations(request.user, inspections), comments=comments)
    context = {
        "response": response,
        "version": version,
        "reading": reading,
        "promised": promised[None],
        "inspections": [
            {
                "inspection": each,
                "last_day_name": last_day_name(each),
                "clock": clock(each, version.published_on, version.published_on),
            }
            for each in inspections
        ],
        "forces": InspectionForce.objects.filter(inspection__in=inspections).select_related("force"),
        **published_page.can_be_done(Life.now(request, response)),
    }
    return render(request, "responses/response.html", context)


def _recommendations(user: User, inspections: list[Inspection]) -> list[Recommendation]:
    tracked = TrackedRecommendation.objects.visible_to(user).select_related("force").order_by("reference")
    return list(
        Recommendation.objects.visible_to(user)
        .filter(inspection__in=inspections)
        .in_order()
        .prefetch_related("parts", "addressees", Prefetch("tracked", tracked, to_attr="lines"))
    )
