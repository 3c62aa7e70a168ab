"""Indicators: what is counted in which unit, which direction is better, and how often."""

import datetime
from decimal import Decimal

from django.db.models import TextChoices

from recommendations.periods import Period, financial_year_of, quarter_of

FEWEST_SHOWN = 5  # smaller numbers of people can be recognised


class IndicatorUnit(TextChoices):
    """What a value is a number of."""

    NUMBER = "number", "Number"
    PERCENT = "percent", "Percentage"
    DAYS = "days", "Days"
    HOURS = "hours", "Hours"
    MINUTES = "minutes", "Minutes"
    POUNDS = "pounds", "Pounds"

    def words(self, value: Decimal) -> str:
        """A value with its unit: "1,204", "12.5%", "1 day", "£300"."""
        number = f"{value:,f}"
        if "." in number:
            number = number.rstrip("0").rstrip(".")
        if self == IndicatorUnit.PERCENT:
            return f"{number}%"
        if self == IndicatorUnit.POUNDS:
            return f"-£{number[1:]}" if value < 0 else f"£{number}"
        if self == IndicatorUnit.NUMBER:
            return number
        return f"{number} {self.value.removesuffix('s') if abs(value) == 1 else self.value}"


class Better(TextChoices):
    """The direction in which things get better."""

    DOWN = "down", "Lower"
    UP = "up", "Higher"

    def is_worse(self, value: Decimal, than: Decimal) -> bool:
        return value < than if self == Better.UP else value > than


class IndicatorEvery(TextChoices):
    """How often it is counted. Quarters and years are those of the police: years begin in April."""

    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"
    YEAR = "year", "Every year"

    def period_of(self, day: datetime.date) -> Period:
        """The period that has this day."""
        if self == IndicatorEvery.YEAR:
            return financial_year_of(day)
        if self == IndicatorEvery.QUARTER:
            return quarter_of(day)
        start = day.replace(day=1)
        return Period(start, (start + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1))

    def next_of(self, period: Period) -> Period:
        """The period after this one."""
        return self.period_of(period.end + datetime.timedelta(days=1))

    def periods(self, first: Period, last: Period) -> list[Period]:
        """All from the first to the last."""
        found = [first]
        while found[-1].end < last.end:
            found.append(self.next_of(found[-1]))
        return found

    def name_of(self, period: Period) -> str:
        """ "April 2026", "April to June 2026", "2026/27"."""
        if self == IndicatorEvery.YEAR:
            return f"{period.start.year}/{period.end.year % 100:02}"
        if self == IndicatorEvery.QUARTER:
            return f"{period.start:%B} to {period.end:%B %Y}"
        return f"{period.start:%B %Y}"
