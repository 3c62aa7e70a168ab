"""The commitments of a scrutiny report: checked in its period or overdue at its end, as known when it is made."""

import datetime

from recommendations.domain.commitments import commitments
from recommendations.domain.commitments.paper_lines import PaperCommitment
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.sections.commitments import commitments_of
from recommendations.periods import Period, day_end
from tests.conftest import AT, TODAY
from tests.domain.papers.test_compile import figures_of
from tests.makers.commitments import ASKED, WATCH, check, make_commitment, make_version
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
SECOND = Period(datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
THIRD = Period(datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
TITLE, KEEPER = "Custody in Westmarch", "Hannah Whitlock"
KNOWN = AT + DAY


@per_module
def watched(body, westmarch):
    return make_commitment(make_version(body, westmarch))


def line(**facts) -> PaperCommitment:
    return PaperCommitment(**{"quote": WATCH, "response": TITLE, "keeper": KEEPER} | facts)


def test_what_was_checked_and_what_is_overdue(watched, westmarch):
    check(watched, outcome="partly", effective_on=datetime.date(2026, 4, 2))
    check(watched, effective_on=datetime.date(2026, 6, 29))
    checks = ("Kept, 29 June 2026", "Partly kept, 2 April 2026")
    assert commitments_of(westmarch, SECOND, KNOWN) == (line(checks=checks, next_on=datetime.date(2026, 9, 30)),)
    assert commitments_of(westmarch, THIRD, KNOWN) == ()
    fourth = Period(datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    assert commitments_of(westmarch, fourth, KNOWN) == (line(next_on=datetime.date(2026, 9, 30), days_over=92),)


def test_the_longest_overdue_is_first_and_what_ended_is_told_once(watched, westmarch):
    make_commitment(watched.of, quote=ASKED, check_on=datetime.date(2026, 5, 1), every="once")
    check(watched, outcome="dropped", effective_on=datetime.date(2026, 4, 2))
    found = commitments_of(westmarch, SECOND, KNOWN)
    assert [(each.quote, each.days_over, each.next_on) for each in found] == [
        (ASKED, 60, datetime.date(2026, 5, 1)),
        (WATCH, 0, None),
    ]
    assert [each.quote for each in commitments_of(westmarch, THIRD, KNOWN)] == [ASKED]


def test_a_paper_says_what_was_known_when_it_was_made(watched, westmarch, officer):
    row = check(watched, effective_on=datetime.date(2026, 4, 2))
    commitments.withdraw_check(check=row, reason="Wrong.", by=officer, at=AT + 2 * DAY)
    assert [each.checks for each in commitments_of(westmarch, SECOND, KNOWN)] == [("Kept, 2 April 2026",)]
    assert [each.days_over for each in commitments_of(westmarch, SECOND, AT + 3 * DAY)] == [91]
    assert commitments_of(westmarch, SECOND, AT - DAY) == ()


def test_another_forces_paper_has_none(watched, eastvale):
    assert commitments_of(eastvale, SECOND, KNOWN) == ()


def test_figures_keep_them_and_an_older_paper_is_read_without(watched, westmarch):
    check(watched, effective_on=TODAY)
    figures = figures_of(westmarch, start=THIRD.end + DAY, end=TODAY + DAY, known_at=day_end(TODAY))
    assert [each.checks for each in figures.commitments] == [("Kept, 7 November 2026",)]
    assert Figures.from_json(figures.to_json()) == figures
    older = figures.to_json()
    del older["commitments"]
    assert Figures.from_json(older).commitments == ()
