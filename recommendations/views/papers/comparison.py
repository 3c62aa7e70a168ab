"""Comparison of two papers: what was added, removed and changed, from their filed figures."""

from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from recommendations.domain.papers import papers
from recommendations.domain.papers.comparison import compare, compare_joint
from recommendations.domain.papers.data.paper import Figures
from recommendations.enums import PaperState
from recommendations.forms.papers.comparison import CompareForm
from recommendations.models import ScrutinyReport
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest

LONGEST = 12  # the most digits of a number in an address


@require_safe
@allow(May.SEE_PAPERS)
def compare_papers(request: AuthenticatedRequest) -> HttpResponse:
    """Two papers of one force, or two joint ones, as in the query string; otherwise the form to choose them."""
    first, second = _requested_paper(request, "from"), _requested_paper(request, "to")
    why_not = papers.why_not_compared(first, second) if first and second else ""
    context = {"form": CompareForm(_choices(request, first, second), first=first, second=second), "why_not": why_not}
    if first and second and not why_not:
        context |= {"first": first, "second": second, **_comparison_context(first, second)}
    return render(request, "papers/comparison/page.html", context, status=422 if why_not else 200)


def _comparison_context(first: ScrutinyReport, second: ScrutinyReport) -> dict:
    """The context of the comparison; for joint papers, that of each force."""
    if first.is_joint:
        return {"forces": compare_joint(first, second)}
    return {"comparison": compare(Figures.from_json(first.figures), Figures.from_json(second.figures))}


def _requested_paper(request: AuthenticatedRequest, name: str) -> ScrutinyReport | None:
    """The paper in the query string, or None; raises Http404 if this user may not see it."""
    number = request.GET.get(name, "")
    if not number:
        return None
    if not number.isdecimal() or len(number) > LONGEST:
        raise Http404
    visible = ScrutinyReport.objects.visible_to(request.user).select_related("force")
    paper = get_object_or_404(visible, pk=int(number))
    paper.period = Period(paper.start, paper.end)
    return paper


def _choices(
    request: AuthenticatedRequest, first: ScrutinyReport | None, second: ScrutinyReport | None
) -> QuerySet[ScrutinyReport]:
    """Finalised papers, newest first: of the requested force, if any, or joint ones."""
    visible = ScrutinyReport.objects.visible_to(request.user).filter(state=PaperState.FINALISED)
    asked = [paper for paper in (first, second) if paper]
    if any(paper.is_joint for paper in asked):
        visible = visible.filter(force__isnull=True)
    elif asked:
        visible = visible.filter(force__in={paper.force_id for paper in asked})
    named = visible.select_related("force") if asked and not asked[0].is_joint else visible.with_forces()
    return named.defer("figures").order_by(F("force__name").asc(nulls_first=True), "-end", "-issue")
