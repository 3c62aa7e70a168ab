"""Working days in England and Wales. Pure: no queries, no clock.

Bank holidays are those of the Banking and Financial Dealings Act 1971, with days in lieu, and those proclaimed for one
year: the known ones are here, and administrators add later ones (models.BankHoliday), which callers pass on.
"""

import datetime
from collections.abc import Mapping
from functools import cache

from recommendations.days import last_of_month

SATURDAY = 5
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = datetime.timedelta(days=1)
type Proclaimed = Mapping[datetime.date, str]  # day → name
# Extra bank holidays proclaimed for one year. None cancels that holiday's usual day.
ONCE = {
    datetime.date(2020, 5, 4): None,
    datetime.date(2020, 5, 8): "Early May bank holiday",
    datetime.date(2022, 5, 30): None,
    datetime.date(2022, 6, 2): "Spring bank holiday",
    datetime.date(2022, 6, 3): "Platinum Jubilee bank holiday",
    datetime.date(2022, 9, 19): "State Funeral of Queen Elizabeth II",
    datetime.date(2023, 5, 8): "Coronation of King Charles III",
}


def working_day(day: datetime.date, proclaimed: Proclaimed, *, back: bool = False) -> datetime.date:
    """Return the day itself if it is a working day, or else the next one; with `back`, the one before.

    `proclaimed` are the bank holidays that administrators added (BankHoliday.objects.by_day()).
    """
    while not_a_working_day(day, proclaimed):
        day += -DAY if back else DAY
    return day


def not_a_working_day(day: datetime.date, proclaimed: Proclaimed) -> str:
    """Return why a day is not a working day: "a Saturday", "Good Friday"; "" for a working day."""
    holiday = bank_holidays(day.year).get(day) or proclaimed.get(day, "")
    return holiday or (f"a {WEEKDAYS[day.weekday()]}" if day.weekday() >= SATURDAY else "")


@cache
def bank_holidays(year: int) -> dict[datetime.date, str]:
    """Return the bank holidays of a year in England and Wales, by day, with days in lieu of those at weekends."""
    easter = _easter(year)
    days: dict[datetime.date, str | None] = {
        _substitute_day(datetime.date(year, 1, 1)): "New Year’s Day bank holiday",
        easter - 2 * DAY: "Good Friday",
        easter + DAY: "Easter Monday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
    }
    christmas = datetime.date(year, 12, 25)
    if christmas.weekday() < SATURDAY:
        days |= {christmas: "Christmas Day", _substitute_day(christmas + DAY): "Boxing Day"}
    else:
        monday = 7 - christmas.weekday()
        days |= {christmas + monday * DAY: "Boxing Day bank holiday"}
        days |= {christmas + (monday + 1) * DAY: "Christmas Day bank holiday"}
    days |= {day: name for day, name in ONCE.items() if day.year == year}
    return {day: name for day, name in days.items() if name}


def _substitute_day(day: datetime.date) -> datetime.date:
    while day.weekday() >= SATURDAY:
        day += DAY
    return day


def _first_monday(year: int, month: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> datetime.date:
    last = last_of_month(year, month)
    return last - datetime.timedelta(days=last.weekday())


def _easter(year: int) -> datetime.date:
    """Return Easter Sunday, by the anonymous Gregorian algorithm (Meeus)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)
