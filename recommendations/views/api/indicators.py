"""Indicators through the API, with their values by period. They are entered on pages alone."""

from typing import Any

from django.utils.timezone import localdate

from recommendations.domain.api import indicators as reading
from recommendations.domain.indicators.queries import shown_indicators
from recommendations.enums.api import ApiScope
from recommendations.models import Indicator
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.api.endpoint import Asked, endpoint, list_page, page_of
from recommendations.views.api.schemas_work import IndicatorItem
from recommendations.views.site.requests import AuthenticatedRequest


@allow(May.SEE_REGISTER)
@endpoint("/indicators", scope=ApiScope.READ_REGISTER, response=page_of(IndicatorItem), section=Section.INDICATORS)
def api_indicators(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """Indicators: what is counted, the target, and the value of each period."""
    rows = Indicator.objects.visible_to(request.user).order_by("pk")

    def some(part: slice) -> list[dict[str, Any]]:
        ids = list(rows.values_list("pk", flat=True)[part])
        chosen = rows.filter(pk__in=ids)
        return [reading.indicator(each) for each in shown_indicators(chosen, request.user, localdate())]

    return list_page(request, paging, rows.count(), some)
