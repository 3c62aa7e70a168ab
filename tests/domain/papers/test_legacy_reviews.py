"""A legacy review and directions in a paper: only where one ran in the period, as judged by its last day."""

import datetime

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.domain.legacy_reviews.reviews import finish_legacy_review
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register import closures
from recommendations.domain.register.restrictions import restrict
from recommendations.periods import day_end
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.domain.papers.test_compile import figures_of
from tests.makers.legacy_reviews import DIRECTED_BY, direct, judge, make_direction, start_review
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
CANARY = "zqrestrictedreview"
MONTH = {"start": datetime.date(2026, 11, 1), "end": datetime.date(2026, 11, 30)}
EARLIER = {"start": datetime.date(2026, 10, 1), "end": datetime.date(2026, 10, 31)}
KNOWN = day_end(datetime.date(2026, 12, 1))


@per_module
def rows(westmarch):
    report = make_inspection(westmarch)
    return [make_tracked(report, number=str(number)) for number in range(1, 5)]


@per_module
def review(rows, westmarch, officer):
    return start_review(westmarch, by=officer)


def judge_all(review, rows, officer, approver):
    judge(review, rows[0], by=officer)
    judge(review, rows[1], by=officer, verdict="reframed", words="One plan for both.", reason="Two plans become one.")
    judge(review, rows[2], by=officer, verdict="superseded", superseded_by=rows[0], reason="The same again.")
    judge(review, rows[3], by=officer, verdict="closed", outcome="implemented", reason="Done.")
    for row in rows[2:]:
        closures.approve_closure(tracked=row, by=approver, at=AT + DAY)


def test_a_paper_of_the_period_prints_it_and_reconciles(review, rows, westmarch, officer, approver):
    judge_all(review, rows, officer, approver)
    finish_legacy_review(review=review, by=officer, at=AT + 2 * DAY)
    figures = figures_of(westmarch, known_at=KNOWN, **MONTH)
    (told,) = figures.legacy_reviews
    assert (told.listed, told.goes_on, told.reframed, told.superseded, told.closed) == (4, 1, 1, 1, 1)
    assert told.finished_on == TODAY + 2 * DAY
    assert [(each.reference, each.outcome, each.words) for each in told.lines] == [
        ("WM-0002", "Reframed", "One plan for both."),
        ("WM-0003", "Superseded by WM-0001", ""),
        ("WM-0004", "Closed", ""),
    ]
    assert (figures.differences, Figures.from_json(figures.to_json())) == ([], figures)
    paper = scrutiny_paper(figures, author="Hannah Whitlock", created_at=KNOWN)
    assert ("legacy", "Legacy review") in [tuple(each) for each in paper.contents]


def test_what_was_not_decided_or_known_by_then_is_told_as_it_was(review, rows, westmarch, officer, approver):
    judge(review, rows[3], by=officer, verdict="closed", outcome="implemented", reason="Done.")
    (told,) = figures_of(westmarch, known_at=KNOWN, **MONTH).legacy_reviews
    assert (told.judged, told.finished_on, told.lines[0].outcome) == (1, None, "Closed, to be decided")
    closures.decline_closure(tracked=rows[3], reason="Not yet.", by=approver, at=AT + DAY)
    (told,) = figures_of(westmarch, known_at=KNOWN, **MONTH).legacy_reviews
    assert (told.judged, told.lines) == (0, ())
    assert figures_of(westmarch, known_at=AT - DAY, **MONTH).legacy_reviews == ()


def test_other_periods_and_forces_have_none(review, rows, westmarch, eastvale, officer):
    make_tracked(make_inspection(eastvale, title="Another"))
    assert figures_of(westmarch, known_at=KNOWN, **EARLIER).legacy_reviews == ()
    assert figures_of(eastvale, known_at=KNOWN, **MONTH).legacy_reviews == ()


def test_an_open_paper_tells_nothing_of_what_is_restricted(review, rows, westmarch, officer):
    judge(review, rows[0], by=officer, verdict="reframed", words=CANARY, reason=CANARY)
    restrict(tracked=rows[0], reason="An operation.", by=officer, at=AT)
    figures = figures_of(westmarch, known_at=KNOWN, **MONTH)
    assert figures.legacy_reviews[0].listed == 3
    assert CANARY not in str(figures.to_json())


def test_what_a_direction_enforces_stands_on_the_first_page(rows, westmarch):
    assert figures_of(westmarch, known_at=KNOWN, **MONTH).directions == ()
    direct(make_direction(westmarch), rows[1])
    figures = figures_of(westmarch, known_at=KNOWN, **MONTH)
    assert [each.words for each in figures.directions] == ["WM-0002 by 31 December 2026 (Direction on custody)"]
    assert (figures.directions[0].due_on, figures.differences) == (DIRECTED_BY, [])
    assert figures_of(westmarch, known_at=AT - DAY, **MONTH).directions == ()
