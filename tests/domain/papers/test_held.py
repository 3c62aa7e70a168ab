"""What held after closing, as a paper has it: each look once, on its own day, as known at its moment."""

import datetime

import pytest

from recommendations.domain.papers.data.held import HeldAfterClosing, LookAhead
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan
from recommendations.domain.register.restrictions import restrict
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import END, figures_of, moment
from tests.makers.rechecks import MEASURE, SAW, make_closed
from tests.per_module import per_module

CLOSED, LOOKED, LATER = datetime.date(2026, 2, 2), datetime.date(2026, 8, 10), datetime.date(2026, 10, 5)
AHEAD = datetime.date(2026, 12, 1)


@per_module
def looked(westmarch, officer, approver):
    """Six that were closed: held, slipped, slipped and decided later, too early, due, and one to come."""
    report = make_inspection(westmarch, published_on=datetime.date(2026, 1, 5), at=moment(CLOSED, 8))
    rows = [make_tracked(report, number=str(number), at=moment(CLOSED, 8)) for number in range(6)]
    for row in rows:
        look_on = AHEAD if row == rows[5] else LOOKED
        make_closed(row, by=officer, decided_by=approver, at=moment(CLOSED), look_on=look_on)
    by = {"saw": SAW, "by": officer, "at": moment(LOOKED)}
    rechecks.record_held(tracked=rows[0], **by)
    for row in rows[1:3]:
        rechecks.report_slip(tracked=row, **by)
    rechecks.look_again(tracked=rows[3], look=LookPlan(AHEAD, MEASURE), **by)
    rechecks.agree_slip(tracked=rows[1], by=approver, at=moment(LOOKED, 12))
    rechecks.agree_slip(tracked=rows[2], by=approver, at=moment(LATER))
    return rows


def to_come(*rows) -> tuple[LookAhead, ...]:
    return tuple(LookAhead(reference=row.reference, look_on=AHEAD) for row in rows)


def test_it_counts_what_the_looks_of_the_period_found(looked, westmarch):
    figures = figures_of(westmarch)
    ahead = to_come(looked[3], looked[5])
    assert figures.held == HeldAfterClosing(held=1, slipped=1, to_decide=1, too_early=1, due=1, ahead=ahead)
    assert (figures.held.looked_at, figures.held.share) == (
        4,
        "1 of 4 closures that were looked at again has held.",
    )
    assert figures.sum.reopened == figures.held.slipped
    assert Figures.from_json(figures.to_json()) == figures


def test_the_next_paper_counts_a_slip_on_the_day_of_its_decision(looked, westmarch):
    start, end = END + datetime.timedelta(days=1), datetime.date(2026, 12, 31)
    held = figures_of(westmarch, start, end, known_at=moment(datetime.date(2027, 1, 5))).held
    assert held == HeldAfterClosing(slipped=1, due=3)


def test_it_counts_what_was_known_then_and_what_its_paper_is_about(looked, westmarch, officer):
    before = moment(LOOKED - datetime.timedelta(days=1))
    assert figures_of(westmarch, known_at=before).held == HeldAfterClosing(due=5, ahead=to_come(looked[5]))
    restrict(tracked=looked[0], reason="x", by=officer, at=moment(LATER))
    assert (figures_of(westmarch).held.held, figures_of(westmarch, closed=True).held) == (0, HeldAfterClosing(held=1))


@pytest.mark.parametrize("off", [(), ("rechecks",)])
def test_nothing_is_said_where_nothing_was_looked_at_or_the_office_does_without(
    looked, westmarch, eastvale, settings, off
):
    settings.SECTIONS_OFF = off
    assert figures_of(westmarch if off else eastvale).held is None
