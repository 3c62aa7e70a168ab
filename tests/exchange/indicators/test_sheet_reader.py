"""Values from pasted cells and from files: either way round, with each wrong cell by its name."""

import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.enums.indicators import IndicatorEvery
from recommendations.exchange.imports.spreadsheet import read_cells
from recommendations.exchange.indicators import periods_in_words
from recommendations.exchange.indicators.periods_in_words import read_period
from recommendations.exchange.indicators.sheet_reader import SheetRefused, read_sheet
from recommendations.models import Indicator
from tests.examples import LETTERS
from tests.makers.spreadsheet_file import excel_file

TODAY = datetime.date(2026, 11, 7)
APRIL = datetime.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "every", "start"),
    [
        ("Apr-26", "month", APRIL),
        ("April 2026", "month", APRIL),
        ("2026-04", "month", APRIL),
        ("04/2026", "month", APRIL),
        ("30/04/2026", "month", APRIL),
        ("2026-04-01 00:00:00", "month", APRIL),
        ("Apr-26 (2)", "month", APRIL),
        ("Q1 2026/27", "quarter", APRIL),
        ("2025/26 Q4", "quarter", datetime.date(2026, 1, 1)),
        ("April to June 2026", "quarter", APRIL),
        ("30 Jun 2026", "quarter", APRIL),
        ("2026/27", "year", APRIL),
        ("31 March 2027", "year", APRIL),
        ("2011-12", "month", datetime.date(2011, 12, 1)),
        ("Jan 1950", "month", datetime.date(1950, 1, 1)),
    ],
)
def test_periods_as_sheets_write_them(text, every, start):
    found = read_period(text)
    assert found
    assert found.as_counted(every) == IndicatorEvery(every).period_of(start)


@pytest.mark.parametrize("text", ["", "Total", "Apr", "Q5 2026/27", "2026/28", "May to July 2026", "13/2026", "12"])
def test_what_names_no_period(text):
    assert read_period(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("0000/01", "Q1 0000/01", "0000-01", "Jan 0001", "Q4 1948/49", "Dec 1949", "1949/50"),
        *("01/2200", "Q4 2199/00", "9999/00", "Q3 9999/00", "Q4 9999/00", "Dec 9999", "Oct-Dec 9999"),
    ],
)
def test_a_year_that_no_day_on_file_has_is_no_period(text):
    assert read_period(text) is None
    found = read_sheet(f"Indicator\tApr-26\t{text}\nStrip searches\t12\t3", [SEARCHES], TODAY)
    assert [(each.cell, "since 1950" in each.why) for each in found.wrong] == [("C1", True)]


PATTERNS = [each for each in vars(periods_in_words).values() if isinstance(each, re.Pattern)]


@given(st.one_of(st.text(LETTERS, max_size=30), *map(st.from_regex, PATTERNS)), st.sampled_from(IndicatorEvery))
def test_any_text_names_a_period_or_none(text, every):
    found = read_period(text)
    period = found.as_counted(every) if found else None
    assert period is None or period == every.period_of(period.start)


def test_a_day_in_the_middle_is_no_month():
    assert read_period("15/04/2026").as_counted("month") is None


def indicator(pk, name, unit="number", every="month") -> Indicator:
    return Indicator(pk=pk, name=name, unit=unit, every=every)


SEARCHES, ANSWERED = indicator(1, "Strip searches"), indicator(2, "Answered in 10 minutes", unit="percent")
ACROSS = "Indicator\tApr-26\tMay-26\nStrip searches\t1,041\t-\nAnswered in 10 minutes\t62%\t71.5"
DOWN = "Month\tStrip searches\tAnswered in 10 minutes\nApr 26\t1,041\t62%\nMay 26\t\t71.5"


@pytest.mark.parametrize("text", [ACROSS, DOWN, f"\n\n{ACROSS}"])
def test_a_sheet_is_read_either_way_round(text):
    found = read_sheet(text, [SEARCHES, ANSWERED], TODAY)
    read = {(each.new.indicator.pk, each.new.period.start.month): each.new.value for each in found.values}
    assert read == {(1, 4): Decimal(1041), (2, 4): Decimal(62), (2, 5): Decimal("71.5")}
    assert (found.wrong, found.gaps) == ([], 1)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        *(("62%", "percentage"), ("-3", "less than 0"), ("12 days", "days"), ("lots", "no number"), ("£3", "pounds")),
        *(("1,5", "Write 1.5 with a point"), ("12,50", "12.50"), ("1,0415", "no number"), ("10,41,200", "no number")),
        ("1.041,5", "no number"),
    ],
)
def test_a_wrong_cell_is_named(cell, says):
    found = read_sheet(f"Indicator\tApr-26\tMay-26\nStrip searches\t12\t{cell}", [SEARCHES], TODAY)
    ((wrong),) = found.wrong
    assert (wrong.cell, wrong.typed) == ("C2", cell)
    assert says in wrong.why
    assert [each.cell for each in found.values] == ["B2"]


@pytest.mark.parametrize(("cell", "value"), [("1,041", 1041), ("1,234,567.5", "1234567.5"), ("12.50", "12.5")])
def test_commas_are_of_thousands(cell, value):
    (read,) = read_sheet(f"Indicator\tApr-26\nStrip searches\t{cell}", [SEARCHES], TODAY).values
    assert read.new.value == Decimal(value)


def test_more_than_a_hundred_per_cent_two_values_and_headings_that_name_nothing():
    text = "Indicator\tApr-26\t30/4/2026\tTotal\tNov-26\nAnswered in 10 minutes\t6\t7\t9\t8\nRobberies\t1"
    found = read_sheet(text, [ANSWERED], TODAY)
    assert [each.cell for each in found.wrong] == ["D1", "E2", "A3", "B2", "C2"]
    assert not found.values
    (wrong,) = read_sheet("Indicator\tApr-26\nAnswered in 10 minutes\t101", [ANSWERED], TODAY).wrong
    assert "100%" in wrong.why


@pytest.mark.parametrize("text", ["", "one cell", "a\tb\nc\td", "Apr-26\tx\n" + "1\t" * 5001])
def test_what_is_no_sheet_is_refused(text):
    with pytest.raises(SheetRefused):
        read_sheet(text, [SEARCHES], TODAY)


def test_a_file_is_read_cell_by_cell_where_it_stands():
    text = read_cells(b"Custody figures\n\nIndicator;Apr-26;May-26\nStrip searches;12;oops\n", "figures.csv")
    assert text.split("\n")[2] == "Indicator\tApr-26\tMay-26"
    assert text.split("\n")[3] == "Strip searches\t12\toops"


def test_periods_in_a_file_may_be_date_cells_and_numbers_of_days_are_explained():
    months = [datetime.date(2026, month, 1) for month in (4, 5)]
    file = excel_file([("Indicator", *months), ("Strip searches", 12, 13)])
    found = read_sheet(read_cells(file, "pack.xlsx"), [SEARCHES], TODAY)
    assert ([each.new.period.start for each in found.values], found.wrong) == (months, [])
    (wrong,) = read_sheet("Indicator\tApr-26\t45992\nStrip searches\t12\t13", [SEARCHES], TODAY).wrong
    assert "1 December 2025" in wrong.why
    with pytest.raises(SheetRefused, match="45992 is how Excel stores 1 December 2025"):
        read_sheet("Indicator\t45992\nStrip searches\t12", [SEARCHES], TODAY)
