"""PEEL grades: recorded area by area, the latest of a cycle speaks, cycles stand apart, any day can be asked for."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.inspections import grades
from recommendations.domain.inspections.grade_queries import grades_of, group_by_cycle
from recommendations.domain.inspections.grades import NewGrade, areas_of
from recommendations.domain.people import records
from recommendations.enums import Grade
from recommendations.models import PeelGrade, TrailEntry
from tests.conftest import AT, TODAY, make_inspection
from tests.makers.inspections import GIVEN, SINCE, grade, make_cycle
from tests.per_module import per_module
from tests.refusals import refusal_of

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
LATER = AT + 2 * DAY


@per_module
def cycle():
    return make_cycle()


def stand(as_at=None, known_at=None, rows=None) -> list[tuple[str, str, str]]:
    found = grades_of(PeelGrade.objects.all() if rows is None else rows, as_at, known_at)
    return [(str(each.cycle), each.area, each.grade) for each in found]


def record(force, cycle, *new: NewGrade, **facts):
    about = {"source": "The report", "effective_on": GIVEN, "by": None, "at": AT} | facts
    return grades.record_grades(force=force, cycle=cycle, grades=new, **about)


# Recording


def test_many_areas_are_one_verb(westmarch, cycle, officer):
    report = make_inspection(westmarch)
    grade(westmarch, cycle, crime="good", custody="requires_improvement", inspection=report, by=officer)
    entries = TrailEntry.objects.filter(verb="record_grades")
    assert [(each.about, each.by) for each in entries] == [("Westmarch Police", officer)]
    row = PeelGrade.objects.first()
    assert (row.inspection, row.source, row.effective_on, row.recorded_by) == (report, "The report", GIVEN, officer)
    name = "PEEL 2025–27"
    assert stand() == [(name, "crime", "good"), (name, "custody", "requires_improvement")]
    assert verification.verify() == []


def test_an_area_keeps_its_spelling(westmarch, cycle):
    record(westmarch, cycle, NewGrade("Investigating crime", "good"))
    record(westmarch, cycle, NewGrade("investigating  CRIME", "inadequate"), effective_on=GIVEN + DAY)
    assert stand() == [("PEEL 2025–27", "Investigating crime", "inadequate")]
    assert areas_of(westmarch, cycle) == ["Investigating crime"]


@pytest.mark.parametrize(
    ("new", "facts", "says"),
    [
        ([], {}, ("required", "grades")),
        ([NewGrade("Crime", "good")], {"source": " "}, ("required", "source")),
        ([NewGrade(" ", "good", "area-0")], {}, ("required", "area-0")),
        ([NewGrade("Crime", "", "area-0")], {}, ("required", "area-0")),
        ([NewGrade("Crime", "fine", "area-0")], {}, ("required", "area-0")),
        (
            [NewGrade("Crime", "good", "area-0"), NewGrade(" crime", "good", "area-1")],
            {},
            ("twice", "area-1"),
        ),
        (
            [NewGrade("Crime", "good")],
            {"effective_on": TODAY + DAY},
            ("in-the-future", "effective_on"),
        ),
        (
            [NewGrade("Crime", "good")],
            {"effective_on": SINCE - DAY},
            ("before-start", "effective_on"),
        ),
    ],
)
def test_what_is_missing_or_impossible_is_refused(westmarch, cycle, new, facts, says):
    assert refusal_of(record, westmarch, cycle, *new, **facts) == says
    assert PeelGrade.objects.count() == 0


def test_a_report_that_cannot_have_them_is_refused(westmarch, eastvale, cycle):
    other = make_inspection(eastvale)
    assert refusal_of(grade, westmarch, cycle, crime="good", inspection=other) == ("not-covered", "inspection")
    late = make_inspection(westmarch, title="Late", published_on=GIVEN + DAY)
    assert refusal_of(grade, westmarch, cycle, crime="good", inspection=late) == ("published-later", "inspection")


def test_a_cycle_of_four_grades_has_no_adequate(westmarch):
    old = make_cycle("PEEL 2018/19", since=datetime.date(2018, 4, 1), has_adequate=False)
    says = ("invalid-choice", "grades")
    assert refusal_of(grade, westmarch, old, crime="adequate", naming="PEEL 2018/19") == says
    assert [str(each) for each in old.scale] == ["outstanding", "good", "requires_improvement", "inadequate"]
    assert make_cycle().scale == list(Grade)


def test_a_cycle_keeps_what_its_grades_stand_on(westmarch, cycle):
    grade(westmarch, cycle, crime="adequate")
    cycle.since = GIVEN + DAY
    keep = {"record": cycle, "by": None, "at": AT}
    assert refusal_of(records.keep, naming="3 May 2026", **keep) == ("earlier-on-record", "since")
    cycle.since, cycle.has_adequate = SINCE, False
    assert refusal_of(records.keep, **keep) == ("graded-adequate", "has_adequate")
    cycle.has_adequate, cycle.until = True, SINCE - DAY
    assert refusal_of(records.keep, naming="before the start", **keep)[1] is None


# Withdrawing


def test_a_grade_that_is_withdrawn_no_longer_speaks_and_stays(westmarch, cycle, officer):
    grade(westmarch, cycle, crime="good")
    (wrong,) = grade(westmarch, cycle, crime="outstanding", effective_on=GIVEN + DAY)
    facts = {"grade": wrong, "by": officer, "at": LATER}
    assert refusal_of(grades.withdraw_grade, reason=" ", **facts) == ("no-reason", "reason")
    grades.withdraw_grade(reason="Another force’s.", **facts)
    assert stand() == [("PEEL 2025–27", "crime", "good")]
    assert stand(None, LATER - HOUR) == [("PEEL 2025–27", "crime", "outstanding")]
    assert refusal_of(grades.withdraw_grade, reason="Again.", **facts) == ("withdrawn", None)
    assert verification.verify() == []


# As at a day, as known at a moment


@pytest.mark.on_postgresql
def test_any_day_and_any_moment_can_be_asked_for(westmarch, cycle):
    grade(westmarch, cycle, crime="inadequate")
    grade(westmarch, cycle, crime="good", effective_on=GIVEN + 30 * DAY, at=LATER)
    assert stand(GIVEN - DAY) == []
    assert stand(GIVEN) == stand(GIVEN + 29 * DAY) == [("PEEL 2025–27", "crime", "inadequate")]
    assert stand(GIVEN + 30 * DAY) == [("PEEL 2025–27", "crime", "good")]
    assert stand(TODAY, AT) == [("PEEL 2025–27", "crime", "inadequate")]
    assert stand(TODAY, AT - HOUR) == []


@pytest.mark.on_postgresql
def test_each_cycle_stands_by_itself_the_newest_first(westmarch, eastvale, cycle):
    old = make_cycle("PEEL 2023–25", since=datetime.date(2023, 4, 1), until=SINCE - DAY)
    grade(westmarch, old, crime="inadequate", effective_on=datetime.date(2024, 5, 1))
    grade(westmarch, cycle, custody="good", crime="adequate")
    grade(eastvale, cycle, crime="outstanding")
    mine = grades_of(PeelGrade.objects.filter(force=westmarch))
    new, before = group_by_cycle(mine)
    assert [(row.grade.area, row.word, row.before) for row in new.rows] == [
        ("custody", "Good", ""),
        ("crime", "Adequate", ""),
    ]
    assert [(row.word, row.before) for row in before.rows] == [("Inadequate", "")]
    assert (new.years, before.years) == ("since 1 April 2025", "1 April 2023 to 31 March 2025")
    assert new.scale == "outstanding, good, adequate, requires improvement and inadequate"


def test_a_grade_names_the_one_before_it_in_its_cycle(westmarch, cycle):
    grade(westmarch, cycle, crime="requires_improvement")
    grade(westmarch, cycle, crime="good", effective_on=GIVEN + DAY)
    ((cycle_rows),) = group_by_cycle(grades_of(PeelGrade.objects.all()))
    assert [row.before for row in cycle_rows.rows] == ["Requires improvement before, 3 May 2026"]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_one_query(westmarch, cycle, number, django_assert_num_queries):
    grade(
        westmarch, cycle, inspection=make_inspection(westmarch), **{f"area {place}": "good" for place in range(number)}
    )
    with django_assert_num_queries(1):
        rows = grades_of(PeelGrade.objects.all(), TODAY, AT)
        assert len([(each.cycle.name, each.force.name, each.inspection.title) for each in rows]) == number


def test_each_sees_their_own(westmarch, cycle, officer, force_lead, other_force_lead, member, administrator):
    grade(westmarch, cycle, crime="good")
    people_ = (officer, force_lead, other_force_lead, member, administrator)
    assert [PeelGrade.objects.visible_to(each).count() for each in people_] == [1, 1, 0, 0, 0]
