"""The three dates of a record's page: never mixed, with the one that RAG counts from."""

import datetime

import pytest

from recommendations.domain.register import closures, voices
from recommendations.domain.register.dates import ShownDate, three_dates
from recommendations.domain.register.entries import entries_for
from recommendations.domain.register.rag_reasons import ColourBasis
from recommendations.enums import DeadlineKind
from recommendations.models import Thresholds, TrackedRecommendation
from tests.conftest import PUBLISHED, make_tracked
from tests.standings import on_day


@pytest.fixture
def dates(today):
    def act(record, on=today):
        rows = TrackedRecommendation.objects.with_record().with_standing(on_day(on, Thresholds()))
        record = rows.get(pk=record.pk)
        return three_dates(record, ColourBasis.of_record(record.standing), entries_for(record), on, Thresholds())

    return act


NO_TARGET, NO_FORECAST = ShownDate("Force’s target", "None set"), ShownDate("Latest forecast", "None given")


def test_a_deadline_counts_with_its_words(inspection, dates):
    record = make_tracked(inspection, due_on=datetime.date(2026, 6, 30), deadline_words="By 30/06/26")
    assert dates(record) == [
        ShownDate(
            "HMICFRS deadline",
            "30 June 2026",
            "“By 30/06/26”, read as a date",
            "over",
            "Counted from this: 130 days over",
        ),
        NO_TARGET,
        NO_FORECAST,
    ]


@pytest.mark.on_postgresql
@pytest.mark.parametrize(
    ("on", "counts", "words"),
    [
        (datetime.date(2026, 6, 28), "inside", "2 days left"),
        (datetime.date(2026, 6, 29), "inside", "1 day left"),
        (datetime.date(2026, 6, 30), "inside", "due today"),
        (datetime.date(2026, 7, 1), "over", "1 day over"),
    ],
)
def test_days_left_and_over(tracked, dates, on, counts, words):
    deadline = dates(tracked, on)[0]
    assert (deadline.counts, deadline.counting) == (counts, f"Counted from this: {words}")


def test_the_first_target_counts_where_there_is_no_deadline(inspection, dates, officer, at):
    # wording: the report’s own words, and how they are read
    record = make_tracked(inspection, deadline_words="as soon as possible")
    september = {"effective_on": datetime.date(2026, 9, 1), "by": officer, "at": at}
    voices.set_target(tracked=record, target_on=datetime.date(2026, 10, 1), **september)
    assert dates(record)[1] == ShownDate(
        "Force’s target", "1 October 2026", "set on 1 September 2026", "over", "Counted from this: 37 days over"
    )
    for month in (11, 12):
        voices.set_target(tracked=record, target_on=datetime.date(2026, month, 1), reason="x", by=officer, at=at)
    assert dates(record) == [
        ShownDate("HMICFRS deadline", "None given", "“as soon as possible”, read as no date"),
        ShownDate(
            "Force’s target",
            "1 December 2026",
            "first 1 October 2026",
            "over",
            "Counted from the first target, 1 October 2026: 37 days over",
            "moved twice",
        ),
        NO_FORECAST,
    ]


def test_a_target_beside_a_deadline_does_not_count(tracked, dates, officer, at):
    voices.set_target(tracked=tracked, target_on=datetime.date(2026, 12, 1), by=officer, at=at)
    assert dates(tracked)[1] == ShownDate("Force’s target", "1 December 2026", "set on 7 November 2026")


@pytest.mark.parametrize(("days", "counts"), [(90, "inside"), (91, "over")])
def test_immediate_is_red_when_open_longer_than_the_rule_says(inspection, dates, days, counts):
    # wording: the report’s own words, and how they are read
    record = make_tracked(
        inspection,
        deadline_kind=DeadlineKind.IMMEDIATE,
        deadline_on=PUBLISHED,
        deadline_words="With immediate effect",
    )
    assert dates(record, PUBLISHED + datetime.timedelta(days=days))[0] == ShownDate(
        "HMICFRS deadline",
        "Immediate",
        "“With immediate effect”, read as immediate, from the day of publication",
        counts,
        f"Counted from this: open {days} days, red after 90",
    )


def test_the_forecast_says_when_it_was_first_said(tracked, dates, officer, at):
    def update(on, forecast):
        voices.log_force_update(tracked=tracked, done="x", effective_on=on, forecast_on=forecast, by=officer, at=at)

    december, january = datetime.date(2026, 12, 19), datetime.date(2027, 1, 31)
    for month, forecast in [(3, december), (4, january), (5, december), (6, december)]:
        update(datetime.date(2026, month, 1), forecast)
    assert dates(tracked)[2] == ShownDate("Latest forecast", "19 December 2026", "said on 1 May 2026")


def test_closed_and_grey_lines_count_from_nothing(tracked, dates, officer, approver, at):
    voices.log_force_update(tracked=tracked, done="No.", position="not_accepted", by=officer, at=at)
    assert [date.counts for date in dates(tracked)] == ["", "", ""]
    closures.request_closure(tracked=tracked, outcome="not_implemented", reason="x", by=officer, at=at)
    closures.approve_closure(tracked=tracked, by=approver, at=at)
    assert [date.counts for date in dates(tracked)] == ["", "", ""]
