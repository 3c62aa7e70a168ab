from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.deadlines import Deadline, find_deadline, last_day_to_respond, read_deadline
from tests.examples import LETTERS

PUBLISHED = date(2025, 9, 9)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))


@pytest.mark.parametrize(
    ("published_on", "last_day"),
    [
        (date(2022, 12, 1), date(2023, 1, 25)),
        (date(2019, 1, 15), date(2019, 3, 11)),
        (date(2020, 7, 16), date(2020, 9, 9)),
        (date(2024, 1, 5), date(2024, 2, 29)),
        (date(2026, 2, 1), date(2026, 3, 28)),
    ],
)
def test_the_last_lawful_day(published_on, last_day):
    assert last_day_to_respond(published_on) == last_day


def test_the_period_before_2017_was_28_days():
    assert last_day_to_respond(date(2015, 3, 2), days=28) == date(2015, 3, 29)
    assert last_day_to_respond(date(2015, 3, 2), days=1) == date(2015, 3, 2)


@pytest.mark.parametrize("days", [0, -1, -56])
def test_a_period_without_a_day_is_refused(days):
    with pytest.raises(ValueError, match="must be 1 day or more"):
        last_day_to_respond(PUBLISHED, days=days)


@pytest.mark.parametrize("moment", [datetime(2025, 9, 9, tzinfo=UTC), "2025-09-09", None])
def test_only_days_are_taken(moment):
    with pytest.raises(TypeError, match="Europe/London day"):
        last_day_to_respond(moment)


def test_a_moment_is_no_publication_day():
    with pytest.raises(TypeError, match="Europe/London day"):
        read_deadline("within three months", datetime(2025, 9, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("words", "kind", "due_on"),
    [
        # immediate
        ("With immediate effect", "immediate", PUBLISHED),
        ("Immediately", "immediate", PUBLISHED),
        ("immediate", "immediate", PUBLISHED),
        ("forthwith", "immediate", PUBLISHED),
        # dates, in British order
        ("By 27/03/25", "date", date(2025, 3, 27)),
        ("by 12/11/2025", "date", date(2025, 11, 12)),
        ("31-03-2026", "date", date(2026, 3, 31)),
        ("by 31.03.2026", "date", date(2026, 3, 31)),
        ("2026-03-31", "date", date(2026, 3, 31)),
        ("by 31 March 2015", "date", date(2015, 3, 31)),
        ("no later than 31 March 2015", "date", date(2015, 3, 31)),
        ("By 31\u00a0March\u00a02026", "date", date(2026, 3, 31)),
        ("by 1st April 2024", "date", date(2024, 4, 1)),
        ("By the 31st of March, 2026", "date", date(2026, 3, 31)),
        ("by March 31, 2026", "date", date(2026, 3, 31)),
        ("31 Mar 26", "date", date(2026, 3, 31)),
        ("by 30 Sept. 2026", "date", date(2026, 9, 30)),
        ("By 31 March", "date", date(2026, 3, 31)),
        ("by 9 September", "date", date(2025, 9, 9)),
        ("29 February", "date", date(2028, 2, 29)),
        ("by the start of April 2026", "date", date(2026, 4, 1)),
        ("Immediately and no later than 31 March 2026", "date", date(2026, 3, 31)),
        # months
        ("by the end of September 2021", "month", date(2021, 9, 30)),
        ("by September 2021", "month", date(2021, 9, 30)),
        ("by end March 2026", "month", date(2026, 3, 31)),
        ("by March ’26", "month", date(2026, 3, 31)),
        ("by February 2028", "month", date(2028, 2, 29)),
        ("by the end of March", "month", date(2026, 3, 31)),
        ("by the end of September", "month", date(2025, 9, 30)),
        ("By May 2026", "month", date(2026, 5, 31)),
        ("by December 2025 at the latest", "month", date(2025, 12, 31)),
        ("by the end of 2023", "month", date(2023, 12, 31)),
        ("by the end of the year", "month", date(2025, 12, 31)),
        ("in 2025-26 financial year end", "month", date(2026, 3, 31)),
        ("by the end of the 2025/26 financial year", "month", date(2026, 3, 31)),
        ("by the end of 2025/2026", "month", date(2026, 3, 31)),
        ("by the end of financial year 2025/26", "month", date(2026, 3, 31)),
        ("by the end of the financial year", "month", date(2026, 3, 31)),
        ("By the end of Q4 2025/26", "month", date(2026, 3, 31)),
        ("By Q1 2025/26", "month", date(2025, 6, 30)),
        # from publication
        ("within three months", "relative", date(2025, 12, 9)),
        ("Within 6 months of this report", "relative", date(2026, 3, 9)),
        ("within six months of publication", "relative", date(2026, 3, 9)),
        ("Within 6 months of the date of this report", "relative", date(2026, 3, 9)),
        ("within six months of the publication of this report", "relative", date(2026, 3, 9)),
        ("no later than six months after publication", "relative", date(2026, 3, 9)),
        ("within 28 days", "relative", date(2025, 10, 7)),
        ("within twenty-eight days of publication", "relative", date(2025, 10, 7)),
        ("within two weeks", "relative", date(2025, 9, 23)),
        ("within a fortnight", "relative", date(2025, 9, 23)),
        ("within one year", "relative", date(2026, 9, 9)),
        ("within a year", "relative", date(2026, 9, 9)),
        ("12 months", "relative", date(2026, 9, 9)),
        ("within the next 18 months", "relative", date(2027, 3, 9)),
        ("within 3 (three) months", "relative", date(2025, 12, 9)),
        ("within three to six months", "relative", date(2026, 3, 9)),
        # no day
        ("", "none", None),
        ("as soon as possible", "none", None),
        ("as soon as practicable", "none", None),
        ("without delay", "none", None),
        ("not immediately", "none", None),
        ("by Spring 2024", "none", None),
        ("mid-March 2026", "none", None),
        ("by Q2 2025", "none", None),
        ("31 February 2024", "none", None),
        ("29 February 2025", "none", None),
        ("31 June", "none", None),
        ("by 31/13/25", "none", None),
        ("by 00/00/00", "none", None),
        ("end of 2025/27", "none", None),
        ("within 24 hours", "none", None),
        ("within 28 working days", "none", None),
        ("every 12 months", "none", None),
        ("for three months", "none", None),
        ("in the last 12 months", "none", None),
        ("once a year", "none", None),
        ("within 99999 years", "none", None),
        ("within three months of the new guidance being issued", "none", None),
        ("within three months of the publication of the new guidance", "none", None),
        ("by the end of the next inspection", "none", None),
    ],
)
def test_deadline_words(words, kind, due_on):
    assert read_deadline(words, PUBLISHED) == Deadline(words=words, kind=kind, due_on=due_on)


@pytest.mark.parametrize(
    ("words", "published_on", "due_on"),
    [
        ("within one month", date(2025, 1, 31), date(2025, 2, 28)),
        ("within one month", date(2024, 1, 31), date(2024, 2, 29)),
        ("within six months", date(2025, 8, 31), date(2026, 2, 28)),
        ("within one year", date(2024, 2, 29), date(2025, 2, 28)),
        ("within 12 months", date(2025, 12, 31), date(2026, 12, 31)),
        ("within three months", date(2025, 11, 30), date(2026, 2, 28)),
        ("within 28 days", date(2026, 3, 28), date(2026, 4, 25)),
        ("by 31 March", date(2026, 3, 31), date(2026, 3, 31)),
        ("by 31 March", date(2026, 4, 1), date(2027, 3, 31)),
        ("by the end of March", date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_months_are_clamped_and_days_without_a_year_are_the_next_ones(words, published_on, due_on):
    assert read_deadline(words, published_on).due_on == due_on


@pytest.mark.parametrize(
    ("words", "kind", "due_on"),
    [
        ("With immediate effect", "immediate", None),
        ("within three months", "relative", None),
        ("by 31 March", "date", None),
        ("by the end of March", "month", None),
        ("by the end of the financial year", "month", None),
        ("by 31 March 2026", "date", date(2026, 3, 31)),
        ("by March 2026", "month", date(2026, 3, 31)),
        ("as soon as possible", "none", None),
    ],
)
def test_without_a_publication_day(words, kind, due_on):
    assert read_deadline(words, None) == Deadline(words=words, kind=kind, due_on=due_on)


@pytest.mark.parametrize(
    ("text", "words", "kind", "due_on"),
    [
        (
            "With immediate effect, each force lead should review attendance.",
            "With immediate effect",
            "immediate",
            PUBLISHED,
        ),
        (
            "By 31 March 2026 the force should offer an adult within two hours of arrival.",
            "By 31 March 2026",
            "date",
            date(2026, 3, 31),
        ),
        ("As soon as possible the force and the health provider should:", "As soon as possible", "none", None),
        ("Within three months, chief constables should review.", "Within three months", "relative", date(2025, 12, 9)),
        ("Chief constables should, within six months, review.", "within six months", "relative", date(2026, 3, 9)),
        (
            "We recommend that, within three months, Westmarch Police acts.",
            "within three months",
            "relative",
            date(2025, 12, 9),
        ),
        ("We recommend that the force immediately takes steps.", "immediately", "immediate", PUBLISHED),
        ("Westmarch Police immediately reviews its practice.", "immediately", "immediate", PUBLISHED),
        ("Forces should immediately: check, and tell us.", "immediately", "immediate", PUBLISHED),
        ("The force should, as soon as practicable, do this.", "as soon as practicable", "none", None),
        (
            "The force should review its policy within three months.",
            "within three months",
            "relative",
            date(2025, 12, 9),
        ),
        (
            "The force should, within 28 days of publication of this report, write.",
            "within 28 days of publication of this report",
            "relative",
            date(2025, 10, 7),
        ),
        (
            "By the end of September 2026, all forces should do so.",
            "By the end of September 2026",
            "month",
            date(2026, 9, 30),
        ),
        ("The force should complete this by the end of March.", "by the end of March", "month", date(2026, 3, 31)),
        ("By Spring 2026, forces should do so.", "By Spring 2026", "none", None),
        ("In the next 12 months, forces should do so.", "In the next 12 months", "relative", date(2026, 9, 9)),
        (
            "As soon as possible, and no later than 31 March 2026, the force should act.",
            "As soon as possible, and no later than 31 March 2026",
            "date",
            date(2026, 3, 31),
        ),
        (
            "As soon as possible the force should act. It should finish by 31 March 2026.",
            "by 31 March 2026",
            "date",
            date(2026, 3, 31),
        ),
        (
            "The force should finish\nby the end of\n2026 and say so.",
            "by the end of\n2026",
            "month",
            date(2026, 12, 31),
        ),
        (
            "The force should look at cases from before 1 April 2019 and by 31 March 2026 report.",
            "by 31 March 2026",
            "date",
            date(2026, 3, 31),
        ),
        ("By 31 March 2020 the force should act.", "By 31 March 2020", "date", date(2020, 3, 31)),
        ("“By 31/12/2026 chief constables should act.", "By 31/12/2026", "date", date(2026, 12, 31)),
    ],
)
def test_deadline_words_inside_a_text(text, words, kind, due_on):
    assert find_deadline(text, PUBLISHED) == Deadline(words=words, kind=kind, due_on=due_on)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The force should test cell call bells daily.",
        "The force should answer complaints within 28 days.",
        "The force should see the child within two hours of arrival.",
        "Within 24 hours of the report of a missing child, the force should act.",
        "The force should review each case every 12 months.",
        "The force should keep recordings for three months.",
        "Officers who joined in the last 12 months should be trained.",
        "The force should vet officers within six months of their appointment.",
        "Within three days of an arrest the force should tell the council.",
        "The force should make sure that calls are immediately answered.",
        "The force should look at cases recorded before 1 April 2019.",
        "The force should look at cases recorded by 31 March 2020.",
        "By doing this the force should improve.",
        "5 as soon as possible and 9 later: the force should say why.",
        "The force should refer each case as soon as possible.",
    ],
)
def test_false_friends_are_no_deadlines(text):
    assert find_deadline(text, PUBLISHED) == Deadline()


@given(st.text(LETTERS, max_size=200), st.none() | DAYS)
def test_any_words_are_read_without_a_crash(words, published_on):
    read = read_deadline(words, published_on)
    assert read.words == words
    assert read.kind in {"immediate", "relative", "date", "month", "none"}
    assert read.due_on is None or read.kind != "none"
    assert find_deadline(words, published_on).words in words


@given(
    DAYS, DAYS, st.sampled_from(["by {d.day} {d:%B} {d.year}", "{d:%d/%m/%Y}", "no later than {d.day} {d:%b} {d.year}"])
)
def test_a_written_date_is_that_date(day, published_on, form):
    assert read_deadline(form.format(d=day), published_on) == Deadline(form.format(d=day), "date", day)


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_months_keep_the_day_number_or_clamp_to_the_months_end(published_on, months):
    due_on = read_deadline(f"within {months} months", published_on).due_on
    assert (due_on.year - published_on.year) * 12 + due_on.month - published_on.month == months
    assert due_on.day == min(published_on.day, monthrange(due_on.year, due_on.month)[1])


@given(DAYS, st.integers(min_value=1, max_value=400))
def test_the_publication_day_is_the_first_of_the_period(published_on, days):
    assert last_day_to_respond(published_on, days) - published_on == timedelta(days=days - 1)


@given(DAYS, st.integers(min_value=1, max_value=12))
def test_a_month_is_its_last_day_on_or_after_publication(published_on, month):
    due_on = read_deadline(f"by the end of {date(2000, month, 1):%B}", published_on).due_on
    assert due_on >= published_on
    assert due_on.month == month
    assert (due_on + timedelta(days=1)).day == 1
    assert (due_on - published_on).days <= 366
