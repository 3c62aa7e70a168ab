"""Indicators through the API, with their values by period; and values that a program sends."""

import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Status

from recommendations.domain.api import indicators as reading
from recommendations.domain.indicators.queries import shown_indicators
from recommendations.domain.indicators.sheet import record_sent_values
from recommendations.domain.indicators.values import NewValue
from recommendations.enums.api import ApiScope
from recommendations.exchange.indicators.sent_values import read_sent_values
from recommendations.models import Indicator, User
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.api.endpoint import Asked, endpoint, list_page, page_of, wrong
from recommendations.views.api.schemas_work import IndicatorItem, NewIndicatorValues, SavedIndicatorValues
from recommendations.views.api.writing import once
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


@allow(May.LOG_FORCE_UPDATE)
@endpoint(
    "/indicators/{int:pk}/values",
    method="POST",
    scope=ApiScope.WRITE_VALUES,
    response={201: SavedIndicatorValues, 200: SavedIndicatorValues},
    section=Section.INDICATORS,
)
def api_record_values(request: AuthenticatedRequest, pk: int, sent: NewIndicatorValues) -> Status[dict[str, Any]]:
    """Send values of an indicator: all of them are recorded, or none. One that is on record already changes nothing."""
    found = get_object_or_404(Indicator.objects.visible_to(request.user).select_related("force"), pk=pk)
    values, token = _values(found, sent), request.api_token
    assert token  # nothing else opens an address of the API
    name = f"Sent by {token.name}"

    def act(by: User, at: datetime.datetime) -> dict[str, Any]:
        changes = record_sent_values(indicator=found, values=values, said_by=sent.said_by, name=name, by=by, at=at)
        new, other, same = (len(each) for each in (changes.new, changes.other, changes.same))
        return {"indicator_id": pk, "recorded": new, "corrected": other, "unchanged": same}

    answer = once(request, act)
    told = answer.value
    return answer if told["recorded"] or told["corrected"] else Status(200, told)


def _values(indicator: Indicator, sent: NewIndicatorValues) -> list[NewValue]:
    """The values that were sent. Raises WrongRequest, which names each wrong one."""
    read = read_sent_values([(each.period, each.value) for each in sent.values], indicator, localdate())
    if read.wrong:
        raise wrong(*((f"body values {each.place} {each.part}", each.why) for each in read.wrong))
    return read.values
