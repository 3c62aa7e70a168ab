"""Values of indicators: typed one by one, or many at once from a sheet that is undone as one.

Nothing is overwritten. Of several values for a period the last recorded counts; a wrong one is withdrawn with a reason,
and the one before it counts again.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recommendations.days import EARLIEST
from recommendations.domain.indicators.indicators import as_stored, what_is_wrong
from recommendations.domain.indicators.queries import values_of
from recommendations.domain.writing.input_checks import short
from recommendations.domain.writing.records import lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.indicators import IndicatorEvery
from recommendations.models import Force, Indicator, IndicatorSheet, IndicatorValue, User
from recommendations.periods import Period, london_day
from recommendations.permissions import May
from recommendations.trail import VerbContext, verb

MOST_AT_ONCE = 5000
UNDONE = "These values are undone already."


@dataclass(frozen=True)
class NewValue:
    """What was counted in a period."""

    indicator: Indicator
    period: Period
    value: Decimal


def may_enter(user: User, indicator: Indicator) -> bool:
    """Whether a person adds values: the office, or the force's lead where the office lets the force."""
    if user.has_perm(May.EDIT_TRACKED):
        return True
    return user.has_perm(May.LOG_FORCE_UPDATE) and indicator.force_enters and user.force_id == indicator.force_id


def check_may_enter(by: User | None, indicator: Indicator) -> None:
    """Raise NotAllowed for a person who adds no values of this indicator."""
    if by is not None and not may_enter(by, indicator):
        raise NotAllowed("The office enters the values of this indicator.", code="office-enters")


def _check_may_withdraw(by: User | None, indicator: Indicator, recorded_by: User | None) -> None:
    """Raise NotAllowed for a person of a force, unless someone of that force entered the value."""
    check_may_enter(by, indicator)
    if by is not None and by.force_id and (recorded_by is None or recorded_by.force_id != by.force_id):
        raise NotAllowed("The office entered this value, and withdraws it.", code="office-entered")


def record_value(
    *,
    indicator: Indicator,
    period: Period,
    value: Decimal,
    said_by: str,
    by: User | None,
    at: datetime.datetime,
) -> IndicatorValue:
    """Record what was counted in a period; a value that there is stays on record, corrected by this one.

    Raises Refusal for a period that has not ended, began before any day on file or is none of the indicator's, a
    number that is none of its unit, or the same value again; NotAllowed for a person of a force that does not enter
    values.
    """
    with verb("record_indicator_value", by=by, at=at, subject=indicator) as act:
        indicator = lock_row(indicator)
        check_may_enter(by, indicator)
        new = NewValue(indicator, period, value)
        if values_of([indicator]).get(indicator.pk, {}).get(period) == value:
            raise Refusal("This value is on record already.", "value", code="nothing-changed")
        (row,) = _rows(act, [new], said_by)
        return act.save(row)


def record_sheet(
    *,
    force: Force,
    values: Sequence[NewValue],
    said_by: str,
    name: str,
    by: User | None,
    at: datetime.datetime,
) -> IndicatorSheet:
    """Record the values of a sheet, new ones and corrections; those that are on record already are left out.

    Raises Refusal as record_value does, or if there is nothing new.
    """
    with verb("record_indicator_sheet", by=by, at=at, subject=force) as act:
        if len(values) > MOST_AT_ONCE:
            raise Refusal(f"This is more than {MOST_AT_ONCE:,} values. Enter them in parts.", code="too-many")
        indicators = {each.indicator.pk: each.indicator for each in values}
        locked = list(Indicator.objects.select_for_update().filter(pk__in=indicators, force=force))
        if len(locked) < len(indicators):
            raise Refusal("An indicator is withdrawn, or another force’s.", code="another-force")
        for each in locked:
            check_may_enter(by, each)
        known = values_of(locked)
        new = [each for each in values if known.get(each.indicator.pk, {}).get(each.period) != each.value]
        if not new:
            raise Refusal("All of these values are on record already.", code="nothing-changed")
        if len({(each.indicator.pk, each.period) for each in new}) < len(new):
            raise Refusal("There are two values for one period.", code="two-values")
        rows = _rows(act, new, said_by)
        sheet = IndicatorSheet(force=force, name=name.strip()[:200] or "Pasted", recorded_at=at, recorded_by=by)
        act.subject = act.save(sheet)
        for row in rows:
            row.sheet = sheet
        act.add_all(rows)
        return sheet


def _rows(act: VerbContext, values: Sequence[NewValue], said_by: str) -> list[IndicatorValue]:
    said_by = short(said_by, model=IndicatorValue, field="said_by", empty="Say whose number this is.")
    today = london_day(act.at)
    for each in values:
        kind = IndicatorEvery(each.indicator.every)
        if each.period != kind.period_of(each.period.start):
            raise Refusal(f"It is counted {kind.label.lower()}.", "period", code="another-period")
        name = kind.name_of(each.period)
        if each.period.start.year < EARLIEST:
            raise Refusal(f"{name} is too long ago. Enter a period since {EARLIEST}.", "period", code="too-early")
        if each.period.end >= today:
            raise Refusal(f"{name} has not ended yet. Leave it out until then.", "period", code="not-ended")
        if wrong := what_is_wrong(each.indicator, each.value):
            raise Refusal(wrong, "value", code="wrong-unit")
    return [
        IndicatorValue(
            indicator=each.indicator,
            start=each.period.start,
            end=each.period.end,
            value=as_stored(each.value),
            said_by=said_by,
            recorded_at=act.at,
            recorded_by=act.by,
        )
        for each in values
    ]


def withdraw_value(*, value: IndicatorValue, reason: str, by: User | None, at: datetime.datetime) -> IndicatorValue:
    """Withdraw a wrong value, with a reason; the one before it counts again.

    Raises Refusal without a reason, or if it is withdrawn already; NotAllowed as record_value does, or for what the
    office entered.
    """
    with verb("withdraw_indicator_value", by=by, at=at, reason=reason, subject=value.indicator) as act:
        _check_may_withdraw(by, lock_row(value.indicator), value.recorded_by)
        value = IndicatorValue.on_file.select_for_update().get(pk=value.pk)
        return mark_withdrawn(act, value, needs="Say why this value is withdrawn.")


def undo_sheet(*, sheet: IndicatorSheet, reason: str, by: User | None, at: datetime.datetime) -> IndicatorSheet:
    """Withdraw all values of a sheet that still count, and the sheet, with a reason.

    Raises Refusal without a reason, or if it is undone already; NotAllowed as record_value does.
    """
    with verb("undo_indicator_sheet", by=by, at=at, reason=reason, subject=sheet) as act:
        sheet = IndicatorSheet.on_file.select_for_update().get(pk=sheet.pk)
        for each in Indicator.on_file.filter(values__sheet=sheet).distinct():  # also of values that are withdrawn
            _check_may_withdraw(by, each, sheet.recorded_by)
        rows = list(IndicatorValue.objects.select_for_update().filter(sheet=sheet).select_related("indicator"))
        mark_withdrawn(act, sheet, needs="Say why these values are undone.", twice=UNDONE)
        for row in rows:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by, sheet.withdrawn_why
            act.save(row)
        return sheet
