"""Periods of London days: UK quarters, any reporting period, and the moments a day starts and ends. Pure: no clock.

UK quarters run Q1 = April to June, as police forces' financial years do (1 April to 31 March).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True, order=True)
class Period:
    """The days from start to end, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(
                f"The period ends before it begins: it starts on {say(self.start)} and ends on {say(self.end)}."
            )

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.label

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def is_quarter(self) -> bool:
        """Whether these are the days of one whole UK quarter."""
        return self == quarter_of(self.start)

    @property
    def label(self) -> str:
        """ "Q1 2026/27, April to June 2026" for a whole UK quarter, else "5 January 2026 to 3 March 2026"."""
        if not self.is_quarter:
            return f"{say(self.start)} to {say(self.end)}"
        first_year = self.start.year if self.start.month >= 4 else self.start.year - 1
        number = (self.start.month - 4) % 12 // MONTHS_IN_A_QUARTER + 1
        financial_year = f"{first_year}/{(first_year + 1) % 100:02}"
        return f"Q{number} {financial_year}, {self.start:%B} to {self.end:%B} {self.end.year}"


def quarter_of(day: date) -> Period:
    """The UK quarter that contains the day: the same months as the calendar quarter, but numbered from April."""
    start = date(day.year, (day.month - 1) // MONTHS_IN_A_QUARTER * MONTHS_IN_A_QUARTER + 1, 1)
    last_month = date(start.year, start.month + MONTHS_IN_A_QUARTER - 1, 28)
    return Period(start, (last_month + timedelta(days=4)).replace(day=1) - timedelta(days=1))


def recent_quarters(today: date, count: int) -> list[Period]:
    """The current quarter and those before it, newest first; `count` in all."""
    quarters: list[Period] = []
    day = today
    for _ in range(count):
        quarters.append(quarter_of(day))
        day = quarters[-1].start - timedelta(days=1)
    return quarters


def financial_year_of(day: date) -> Period:
    """The financial year (1 April to 31 March) that contains the day."""
    first = day.year if day.month >= 4 else day.year - 1
    return Period(date(first, 4, 1), date(first + 1, 3, 31))


def calendar_year_of(day: date) -> Period:
    """The calendar year that contains the day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def london_day(moment: datetime) -> date:
    """The Europe/London day of an aware moment: 23:30 UTC on 30 June is 1 July. Raises ValueError for a naive one."""
    if moment.utcoffset() is None:
        raise ValueError("This moment has no time zone, so its London day can't be told. Give an aware one, in UTC.")
    return moment.astimezone(LONDON).date()


def day_start(day: date) -> datetime:
    """The UTC moment at which the London day starts."""
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The last UTC moment of the London day, to the microsecond."""
    return day_start(day + timedelta(days=1)) - timedelta(microseconds=1)


def say(day: date) -> str:
    """A day in words: 7 November 2025."""
    return f"{day.day} {day:%B} {day.year}"


def say_days(number: int) -> str:
    """ "1 day", "1,200 days"."""
    return f"{number:,} day" if number == 1 else f"{number:,} days"


def time_left(last: date, today: date) -> str:
    """The time until a last day: "6 days left", "last day today", "2 days late"."""
    days = (last - today).days
    if days < 0:
        return f"{say_days(-days)} late"
    return f"{say_days(days)} left" if days else "last day today"


def by_when(last: date, today: date) -> str:
    """When something is to be done: "2 days late", "today", "by tomorrow", "by Friday" within the week, "by 9 May"."""
    days = (last - today).days
    if days < 0:
        return f"{say_days(-days)} late"
    if days < 2:
        return "by tomorrow" if days else "today"
    if days < 7:
        return f"by {last:%A}"
    return f"by {last.day} {last:%B}" if last.year == today.year else f"by {say(last)}"


def say_nth(number: int) -> str:
    """ "1st", "2nd", "11th", "42nd"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number:,}{ending}"


def say_times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
