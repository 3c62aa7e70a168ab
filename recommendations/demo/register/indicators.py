"""Indicators of Westmarch: a target met and one not, a gap, a correction, a changed definition, small numbers hidden,
and one that became worse after its recommendation was closed."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from recommendations.domain.indicators.indicators import IndicatorDetails, add_indicator, change_definition
from recommendations.domain.indicators.values import NewValue, record_sheet, record_value, withdraw_value
from recommendations.enums.indicators import Better, IndicatorEvery, IndicatorUnit
from recommendations.models import Commitment, Indicator, TrackedRecommendation
from recommendations.periods import Period

ADDED, PASTED, LATER, CORRECTED, LATEST = -99, -96, -33, -32, -3
CUSTODY, CONTROL_ROOM = "Superintendent, custody", "Head of the control room"
NO_REVIEW = "Uses of force in custody without a review"
SEARCH_RECORDS = "Stop and searches with grounds recorded well enough"


@dataclass(frozen=True)
class DemoIndicator:
    """An indicator with its values, the last one of the last period that has ended; None is a gap."""

    reference: str
    name: str
    definition: str
    source: str
    values: tuple[float | None, ...]
    unit: str = IndicatorUnit.NUMBER
    better: str = Better.DOWN
    every: str = IndicatorEvery.MONTH
    target: int | None = None
    target_on: int = 120  # a day counted from today
    hides_small: bool = False
    force_enters: bool = False
    said_by: str = CUSTODY


INDICATORS = (
    DemoIndicator(
        "WM-0007", NO_REVIEW,
        "Each use of force in a custody suite whose recording no supervisor had watched a month later.",
        "Custody system, use of force forms",
        (44, 41, 43, 38, 36, 31, 33, 30, 27, 24, 21, 16, 12, 12, 14, 13, 15, 14, 17, 16, 18, 19, 21, 23),
        target=10,
    ),
    DemoIndicator(
        "WM-0022", "999 calls answered within ten seconds",
        "Emergency calls that an operator of the force answered within ten seconds, of all that reached the force.",
        "BT’s monthly return",
        (71, 72, 70.5, 74, 73, 76, 77.5, 79, 78, 81, 80, 82, 84, 83.5, 85, 86, 88, 87.5, 89, 90, 91, 90.5, 92, 91.5),
        unit=IndicatorUnit.PERCENT, better=Better.UP, target=90, target_on=-60, said_by=CONTROL_ROOM,
    ),
    DemoIndicator(
        "WM-0012", "Detained people seen by a nurse within an hour",
        "Of those for whom custody staff asked for a nurse, the share seen within an hour of asking.",
        "The healthcare provider’s contract report",
        (58, 61, 60, 63, 62, 65, None, None, 64, 66, 68, 67, 69, 70, 69, 71, 72, 74),
        unit=IndicatorUnit.PERCENT, better=Better.UP, target=85,
    ),
    DemoIndicator(
        "WM-0010", "Children held in cells overnight",
        "Each child under 18 held in a cell between midnight and 6.00, whatever the reason.",
        "Custody system",
        (14, 11, 12, 9, 10, 8, 7, 9, 6, 5, 4, 6, 3, 2, 4, 0, 3, 1),
        target=0, hides_small=True,
    ),
    DemoIndicator(
        "WM-0025", SEARCH_RECORDS,
        "Of the records that supervisors sampled, the share whose grounds somebody else could judge.",
        "Supervisors’ monthly sample",
        (62, 64, 63, 67, 70, 69, 72, 74, 75, 77, 58, 61, 60, 64, 66, 65, 69, 71),
        unit=IndicatorUnit.PERCENT, better=Better.UP, target=90, said_by="Inspector, stop and search",
    ),
    DemoIndicator(
        "WM-0039", "Requests for a person’s own records answered late",
        "Requests that were open for more than one month at the end of the quarter.",
        "Information access team",
        (64, 58, 49, 41, 33),
        every=IndicatorEvery.QUARTER, target=5, force_enters=True, said_by="Head of information access",
    ),
)  # fmt: skip


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, each in enumerate(INDICATORS):
        yield ADDED, (place,), partial(_add, office, each)
    yield PASTED, (0,), partial(_paste, office, "Performance pack.xlsx")
    yield LATER, (0,), partial(_paste, office, "Performance pack.xlsx")
    yield CORRECTED, (0,), partial(_correct, office)
    yield CORRECTED, (1,), partial(_change_definition, office)
    yield LATEST, (0,), partial(_paste, office, "Pasted")
    yield LATEST, (1,), partial(_withdraw_one, office)


def _add(office, indicator: DemoIndicator, at) -> None:
    tracked = TrackedRecommendation.objects.get(reference=indicator.reference)
    periods = _periods(office, indicator)
    has_target = indicator.target is not None
    names = ("name", "definition", "source", "unit", "better", "every", "hides_small", "force_enters")
    promised = Commitment.objects.filter(comment__answers__recommendation=tracked.recommendation_id).order_by("pk")
    details = IndicatorDetails(
        **{name: getattr(indicator, name) for name in names},
        baseline=Decimal(str(indicator.values[0])),
        baseline_on=periods[0].end,
        target=Decimal(indicator.target) if indicator.target is not None else None,
        target_on=office.day(indicator.target_on) if has_target else None,
        tracked=(tracked,),
        commitments=tuple(promised[:1]),
    )
    add_indicator(force=tracked.force, details=details, by=office.people["officer"], at=at)


def _periods(office, indicator: DemoIndicator) -> list[Period]:
    """The periods of its values: the last is the last that has ended some days ago."""
    kind = IndicatorEvery(indicator.every)
    found = [kind.period_of(kind.period_of(office.day(LATEST - 2)).start - datetime.timedelta(days=1))]
    while len(found) < len(indicator.values):
        found.append(kind.period_of(found[-1].start - datetime.timedelta(days=1)))
    return found[::-1]


def _paste(office, name: str, at) -> None:
    """Values of all indicators whose periods ended before the day."""
    values = []
    for each in INDICATORS:
        record = Indicator.objects.get(name=each.name)
        for period, value in zip(_periods(office, each), each.values, strict=True):
            if value is not None and period.end < at.date():
                values.append(NewValue(record, period, Decimal(str(value))))
    by = office.people["officer"]
    record_sheet(force=record.force, values=values, said_by="Performance team", name=name, by=by, at=at)


def _correct(office, at) -> None:
    """One value was another, and the force says so; what is pasted later leaves it as it is."""
    record = Indicator.objects.get(name=NO_REVIEW)
    period = _periods(office, INDICATORS[0])[-5]
    by = office.people["officer"]
    record_value(indicator=record, period=period, value=Decimal(17), said_by=CUSTODY, by=by, at=at)


def _change_definition(office, at) -> None:
    record = Indicator.objects.get(name=SEARCH_RECORDS)
    changed = next(each for each in INDICATORS if each.name == SEARCH_RECORDS)
    change_definition(
        indicator=record,
        changed_on=_periods(office, changed)[10].start,
        definition="Of all records of the month, the share whose grounds somebody else could judge.",
        note="All records are read now, where supervisors chose some before.",
        by=office.people["officer"],
        at=at,
    )


def _withdraw_one(office, at) -> None:
    """A value was entered for the wrong month, and is withdrawn."""
    record = Indicator.objects.get(name="Detained people seen by a nurse within an hour")
    value = record.values.order_by("start")[:1].get()
    withdraw_value(value=value, reason="It is the figure of another contract.", by=office.people["officer"], at=at)
