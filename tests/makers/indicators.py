"""Indicators and their values, made through their verbs."""

import datetime
from decimal import Decimal

from recommendations.domain.indicators.indicators import IndicatorDetails, add_indicator
from recommendations.domain.indicators.values import record_value
from recommendations.enums.indicators import IndicatorEvery
from recommendations.models import Indicator, IndicatorValue
from tests.conftest import AT

APRIL = datetime.date(2026, 4, 1)


def make_indicator(*tracked, force=None, by=None, at=AT, **facts) -> Indicator:
    """An indicator of these recommendations, of one force; `force` if it is of none."""
    said = {"name": "Strip searches of children", "definition": "Each search.", "source": "Custody system"}
    details = IndicatorDetails(**{**said, "every": "month", "tracked": tracked, **facts})
    return add_indicator(force=force or tracked[0].force, details=details, by=by, at=at)


def make_value(indicator, value, day=APRIL, *, by=None, at=AT, said_by="Superintendent, custody") -> IndicatorValue:
    """A value of the period that has this day."""
    period = IndicatorEvery(indicator.every).period_of(day)
    return record_value(indicator=indicator, period=period, value=Decimal(value), said_by=said_by, by=by, at=at)


def make_values(indicator, *values, first=APRIL, by=None, at=AT) -> list[IndicatorValue]:
    """A value of each period from that of the first day on; None leaves one out."""
    kind, made = IndicatorEvery(indicator.every), []
    period = kind.period_of(first)
    for value in values:
        if value is not None:
            made.append(make_value(indicator, value, period.start, by=by, at=at))
        period = kind.next_of(period)
    return made
