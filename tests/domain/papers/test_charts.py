"""The numbers of a paper's charts: against a history written down by hand, and equal to the paper's own sums."""

import datetime
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.papers.data.charts import AgeBand, Charts
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.sections.charts import Moves, charts_of, months_before, quarters_to
from recommendations.domain.register import closures
from recommendations.domain.register.voices import log_force_update
from recommendations.models import Closure, RagRule
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.test_compile import END, START, close, figures_of, moment
from tests.examples import examples

DAY = datetime.date


class Settled:
    """Where nothing was ever transferred."""

    def in_register(self, pk: int, day: datetime.date) -> bool:
        return True

    def transfers(self, rows, closures):
        return iter(())

    def first_day(self, row: dict) -> datetime.date:
        return row["tracked_on"]


def make(force, published_on, count=1, *, first=1, at=None, **facts):
    """So many recommendations of a report of this day, which are tracked from that day on."""
    at = at or moment(published_on)
    report = make_inspection(force, title=f"Report of {published_on}", published_on=published_on, at=at)
    return [make_tracked(report, number=str(first + n), at=at, **facts) for n in range(count)]


def counts(figures: Figures) -> dict[str, tuple[int, ...]]:
    return {kind.kind: tuple(colour.count for colour in kind.colours) for kind in figures.charts.by_colour}


def quarters(figures: Figures) -> list[tuple[str, int, int, int]]:
    return [(each.label, each.opened, each.closed, each.open) for each in figures.charts.quarters]


def test_a_force_that_tracks_nothing_has_empty_charts(westmarch, body):
    figures = figures_of(westmarch)
    assert figures.charts.quarters == ()
    assert (figures.charts.since, figures.charts.open) == (None, 0)
    assert [band.open for band in figures.charts.ages] == [0] * 6
    assert figures.differences == []


def test_eight_quarters_of_a_history(westmarch, officer, approver, body):
    first, second, third = make(westmarch, DAY(2024, 5, 10), 3)
    close(first, officer, approver, DAY(2024, 12, 31))
    closures.reopen(
        tracked=first, reason="It failed.", reopened_on=DAY(2025, 2, 3), by=officer, at=moment(DAY(2025, 2, 3))
    )
    close(second, officer, approver, DAY(2025, 7, 1), outcome="superseded")
    make(westmarch, DAY(2026, 3, 31), 2)
    close(third, officer, approver, DAY(2026, 9, 30))
    close(first, officer, approver, DAY(2026, 10, 1))
    assert quarters(figures_of(westmarch)) == [
        ("Oct–Dec 2024", 0, 1, 2),
        ("Jan–Mar 2025", 1, 0, 3),
        ("Apr–Jun 2025", 0, 0, 3),
        ("Jul–Sep 2025", 0, 1, 2),
        ("Oct–Dec 2025", 0, 0, 2),
        ("Jan–Mar 2026", 2, 0, 4),
        ("Apr–Jun 2026", 0, 0, 4),
        ("Jul–Sep 2026", 0, 1, 3),
    ]


def test_a_force_without_eight_quarters_has_those_since_tracking_began(westmarch, body):
    make(westmarch, DAY(2026, 6, 30), 2)
    figures = figures_of(westmarch)
    assert quarters(figures) == [("Apr–Jun 2026", 2, 0, 2), ("Jul–Sep 2026", 0, 0, 2)]
    assert figures.charts.since == DAY(2026, 6, 30)


def test_what_was_recorded_late_counts_when_it_happened_and_not_before_it_was_known(westmarch, officer, approver, body):
    (tracked,) = make(westmarch, DAY(2026, 2, 1))
    late = moment(DAY(2026, 10, 20))
    make(westmarch, DAY(2026, 5, 5), at=late)
    close(tracked, officer, approver, DAY(2026, 6, 1), at=late)
    now = figures_of(westmarch)
    assert quarters(now) == [("Jan–Mar 2026", 1, 0, 1), ("Apr–Jun 2026", 1, 1, 1), ("Jul–Sep 2026", 0, 0, 1)]
    before = figures_of(westmarch, known_at=moment(DAY(2026, 10, 14)))
    assert quarters(before) == [("Jan–Mar 2026", 1, 0, 1), ("Apr–Jun 2026", 0, 0, 1), ("Jul–Sep 2026", 0, 0, 1)]


def test_the_colours_of_each_kind(westmarch, officer, body):
    make(westmarch, DAY(2026, 1, 5), 2, due_on=DAY(2026, 6, 30))
    make(westmarch, DAY(2026, 1, 6), 1)
    make(westmarch, DAY(2026, 1, 7), 3, due_on=DAY(2027, 6, 30), kind="area_for_improvement")
    (refused,) = make(westmarch, DAY(2026, 1, 8), due_on=DAY(2026, 2, 1))
    log_force_update(
        tracked=refused,
        done="No.",
        position="not_accepted",
        effective_on=DAY(2026, 3, 1),
        by=officer,
        at=moment(DAY(2026, 3, 1)),
    )
    figures = figures_of(westmarch)
    assert counts(figures) == {
        "Recommendations": (2, 1, 0, 1),
        "In a cause of concern": (0, 0, 0, 0),
        "Areas for improvement": (0, 0, 3, 0),
    }
    assert [colour.word for colour in figures.charts.by_colour[0].colours] == ["Red", "Amber", "Green", "Grey"]


@pytest.mark.parametrize(
    ("published_on", "band"),
    [
        (DAY(2026, 9, 30), "under 6 months"),
        (DAY(2026, 4, 1), "under 6 months"),
        (DAY(2026, 3, 31), "6 to 12 months"),
        pytest.param(DAY(2025, 10, 1), "6 to 12 months", marks=pytest.mark.soak),
        (DAY(2025, 9, 30), "1 to 2 years"),
        pytest.param(DAY(2024, 9, 30), "2 to 3 years", marks=pytest.mark.soak),
        pytest.param(DAY(2023, 9, 30), "3 to 4 years", marks=pytest.mark.soak),
        pytest.param(DAY(2022, 10, 1), "3 to 4 years", marks=pytest.mark.soak),
        (DAY(2022, 9, 30), "4 years or more"),
        pytest.param(DAY(2012, 2, 29), "4 years or more", marks=pytest.mark.soak),
    ],
)
def test_an_age_is_counted_in_whole_months_from_publication(westmarch, body, published_on, band):
    make(westmarch, published_on, 2, due_on=max(published_on, DAY(2026, 8, 31)))
    expected = 0 if published_on == END else 2
    ages = figures_of(westmarch).charts.ages
    assert [each for each in ages if each.open] == [AgeBand(label=band, overdue=expected, open=2)]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (DAY(2026, 9, 30), 3, DAY(2026, 6, 30)),
        (DAY(2026, 6, 30), 3, DAY(2026, 3, 31)),
        (DAY(2026, 2, 28), 24, DAY(2024, 2, 29)),
        (DAY(2026, 5, 30), 3, DAY(2026, 2, 28)),
        (DAY(2026, 3, 15), 3, DAY(2025, 12, 15)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected


@pytest.mark.parametrize("end", [END, DAY(2026, 2, 28), DAY(2026, 3, 15), DAY(2026, 5, 30)])
def test_eight_times_three_months_without_a_gap(end):
    found = quarters_to(end)
    assert len(found) == 8
    assert found[-1].end == end
    for before, after in itertools.pairwise(found):
        assert after.start == before.end + datetime.timedelta(days=1)


def test_a_period_that_is_no_quarter_has_its_own_three_months(westmarch, body):
    make(westmarch, DAY(2026, 1, 20))
    figures = figures_of(westmarch, start=DAY(2026, 2, 1), end=DAY(2026, 5, 15))
    assert quarters(figures) == [("to 15 Feb 2026", 1, 0, 1), ("to 15 May 2026", 0, 0, 1)]
    assert figures.differences == []


def test_each_number_that_does_not_agree_is_named(westmarch, body):
    make(westmarch, DAY(2026, 5, 5), 2, due_on=DAY(2026, 8, 31))
    figures = figures_of(westmarch)
    assert figures.differences == []
    charts = figures.charts
    last = replace(charts.quarters[-1], open=5)
    band = replace(charts.ages[0], open=9, overdue=9)
    wrong = replace(charts, quarters=(*charts.quarters[:-1], last), ages=(*charts.ages[1:], band), by_colour=())
    assert replace(figures, charts=wrong).differences == [
        "Open by colour comes to 0, not 2.",
        "Red comes to 0, not 2.",
        "Open by age comes to 9, not 2.",
        "Overdue by age comes to 9, not 2.",
        "Open at the last quarter’s end comes to 5, not 2.",
        "Jul–Sep 2026 does not add up: 5 are open.",
    ]
    one = replace(charts.by_colour[0], colours=charts.by_colour[0].colours[1:])
    assert replace(figures, charts=replace(charts, by_colour=(one,))).differences[0] == (
        "Recommendations by colour add up to 0, not 2."
    )


def test_counting_reads_nothing_of_the_database(westmarch, body, django_assert_num_queries):
    rows = [
        {
            "pk": number,
            "recommendation_id": number,
            "recommendation__kind": "recommendation",
            "recommendation__cause_id": None,
            "tracked_on": DAY(2025, 1, number),
            "closed_on": None,
            "rag": "red",
        }
        for number in (1, 2, 3)
    ]
    rule = RagRule.objects.on(END)
    gone = Closure(tracked_id=3, closed_on=DAY(2025, 5, 1), reopened_on=DAY(2025, 8, 1))
    with django_assert_num_queries(0):
        charts = charts_of(rows, [gone], {1: START, 2: START, 3: START}, END, rule, Moves(Settled(), rows))
    assert [each.open for each in charts.quarters] == [3, 2, 3, 3, 3, 3, 3]


def test_a_paper_of_before_has_no_charts(westmarch, body):
    make(westmarch, DAY(2026, 5, 5))
    figures = figures_of(westmarch)
    values = figures.to_json()
    assert Figures.from_json(values) == figures
    del values["charts"]
    assert Figures.from_json(values).charts is None


EVENTS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["implemented", "superseded", "withdrawn"]), st.integers(0, 900)),
    max_size=10,
)


@pytest.mark.soak
@settings(max_examples=examples(10))
@given(events=EVENTS, months=st.integers(1, 24), start=st.integers(0, 40))
def test_any_history_gives_charts_that_agree_with_the_paper(westmarch, officer, approver, body, events, months, start):
    """Closed and reopened on any days: each quarter adds up to the next, and each chart to the paper's sum."""
    from django.db import transaction

    with transaction.atomic():
        began = DAY(2024, 1, 1) + datetime.timedelta(days=start)
        all_tracked = [make(westmarch, began + datetime.timedelta(days=200 * n), due_on=None)[0] for n in range(4)]
        for which, outcome, days in sorted(events, key=lambda event: event[2]):
            tracked, on = all_tracked[which], DAY(2024, 1, 1) + datetime.timedelta(days=days)
            tracked.refresh_from_db()
            if tracked.standing.closed_on and on >= tracked.standing.closed_on:
                closures.reopen(tracked=tracked, reason="It failed.", reopened_on=on, by=officer, at=moment(on))
            elif not tracked.standing.closed_on and on >= tracked.tracked_on:
                close(tracked, officer, approver, on, outcome)
        end = months_before(DAY(2026, 6, 30), 24 - months)
        figures = figures_of(westmarch, start=months_before(end, 3) + datetime.timedelta(days=1), end=end)
        assert figures.differences == []
        last = figures.charts.quarters[-1]
        each = figures.sum
        assert (last.opened, last.closed) == (each.new + each.reopened, each.closed + each.superseded + each.withdrawn)
        transaction.set_rollback(True)


def test_no_charts_agree_with_nothing():
    assert list(Charts().differences({}, 0, 0)) == []
