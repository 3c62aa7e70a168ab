"""The page of an indicator: its chart with what it marks, its values, and the form beside them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from recommendations.documents.formats.svg import Drawing
from recommendations.documents.indicators.chart import ChartKey, draw_indicator, key_of
from recommendations.domain.indicators.facts import IndicatorFacts
from recommendations.domain.indicators.lines import period_lines
from recommendations.domain.indicators.queries import ShownIndicator, shown_indicators, values_of
from recommendations.domain.indicators.values import may_enter
from recommendations.forms.indicators.values import ValueForm
from recommendations.models import Indicator
from recommendations.permissions import May
from recommendations.views.site.requests import AuthenticatedRequest


class IndicatorChart:
    """A chart as pages and papers print it: its drawing, what it says in words, and what its signs mean."""

    def __init__(self, facts: IndicatorFacts) -> None:
        self.facts = facts

    @property
    def drawing(self) -> Drawing | None:
        return draw_indicator(self.facts)

    @property
    def keys(self) -> list[ChartKey]:
        return key_of(self.facts)


def visible_indicator(request: AuthenticatedRequest, pk: int, *, or_withdrawn: bool = False) -> Indicator:
    """The indicator with this id. Raises Http404 if the user may not see it; and if it is withdrawn, unless asked."""
    on_file = Indicator.on_file.visible_to(request.user).select_related("force", "came_from")
    return get_object_or_404(on_file if or_withdrawn else on_file.filter(withdrawn_at=None), pk=pk)


def value_form(request: AuthenticatedRequest, indicator: Indicator, data: Any = None) -> ValueForm:
    """The form for the next value."""
    counted = values_of([indicator]).get(indicator.pk, {})
    words = {period: indicator.value_words(value) for period, value in counted.items()}
    return ValueForm(data, indicator=indicator, counted=words, by=request.user, today=localdate())


def show(request: AuthenticatedRequest, indicator: Indicator, form: ValueForm | None = None) -> HttpResponse:
    """Render the page, with `form` if one was submitted."""
    chosen = Indicator.objects.visible_to(request.user).filter(pk=indicator.pk)
    (found,) = shown_indicators(chosen, request.user, localdate())
    enters = may_enter(request.user, indicator)
    context = {
        "indicator": indicator,
        "row": found,
        "chart": IndicatorChart(found.facts),
        "lines": period_lines(indicator, found.facts, whole=enters),
        "changes": list(indicator.changes.order_by("-changed_on")),
        "may_edit": request.user.has_perm(May.EDIT_TRACKED),
        "may_enter": enters,
        "form": (form or value_form(request, indicator)) if enters else None,
        "worse": worse_words(found),
    }
    return render(request, "indicators/indicator.html", context, status=422 if form else 200)


def worse_words(row: ShownIndicator) -> str:
    """ "Worse since WM-0008 was closed", or ""."""
    names = [each.tracked.reference for each in row.worse_since]
    if not names:
        return ""
    return f"Worse since {' and '.join(names)} {'was' if len(names) == 1 else 'were'} closed"
