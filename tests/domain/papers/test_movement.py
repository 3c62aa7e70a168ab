"""What left the register otherwise than by a closure: the sum adds up, and the paper names it with its reason."""

import datetime

import pytest

from recommendations.domain.inspections import inspections
from recommendations.domain.papers.register_queries import closing_of
from recommendations.domain.register import restrictions, transfers
from recommendations.models import ScrutinyReport
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import BEFORE, END, START, close, figures_of, file_paper, moment, take_out, terms
from tests.per_module import per_module

JANUARY, JULY, AUGUST = (datetime.date(2026, month, 10) for month in (1, 7, 8))


@per_module
def three(westmarch, body):
    inspection = make_inspection(westmarch, published_on=datetime.date(2026, 1, 5), at=moment(JANUARY))
    return [make_tracked(inspection, number=str(n), at=moment(JANUARY)) for n in (1, 2, 3)]


def told(lines):
    return [(line.reference, line.outcome, line.closed_on, line.reason) for line in lines]


def test_what_was_taken_out_since_the_last_paper_is_withdrawn_and_named(westmarch, officer, approver, three):
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    take_out(three[1], officer, moment(AUGUST))
    figures = figures_of(westmarch)
    assert terms(figures.sum) == {"opening": 3, "withdrawn": 1, "closing": 2}
    assert figures.differences == []
    assert told(figures.closed) == [("WM-0002", "Taken out of the register", AUGUST, "Brought in twice.")]
    assert [entry.reference for entry in figures.entries] == ["WM-0001", "WM-0003"]
    assert figures.closed[0].why == "Taken out of the register. Brought in twice."


@pytest.mark.soak
def test_what_was_closed_late_and_then_taken_out_is_withdrawn_once(westmarch, officer, approver, three):
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    close(three[0], officer, approver, datetime.date(2026, 6, 20), at=moment(AUGUST))
    take_out(three[0], officer, moment(AUGUST, 12))
    figures = figures_of(westmarch)
    assert terms(figures.sum) == {"opening": 3, "withdrawn": 1, "closing": 2}
    assert figures.differences == []


def test_a_withdrawal_after_the_paper_is_in_the_next_one_only(westmarch, officer, approver, three):
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    second = file_paper(westmarch, officer, approver, moment(datetime.date(2026, 10, 12)), START, END)
    take_out(three[2], officer, moment(datetime.date(2026, 10, 20)))
    assert second.figures["sum"]["closing"] == 3
    third = figures_of(
        westmarch,
        datetime.date(2026, 10, 1),
        datetime.date(2026, 12, 31),
        moment(datetime.date(2027, 1, 10)),
    )
    assert terms(third.sum) == {"opening": 3, "withdrawn": 1, "closing": 2}


def test_a_report_whose_day_was_corrected_is_not_tracked_then_and_new_now(westmarch, officer, approver, body):
    inspection = make_inspection(
        westmarch, published_on=datetime.date(2026, 6, 5), at=moment(datetime.date(2026, 6, 8))
    )
    tracked = make_tracked(inspection, at=moment(datetime.date(2026, 6, 8)))
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    inspection.refresh_from_db()
    facts = {name: getattr(inspection, name) for name in inspections.FACTS} | {
        "published_on": datetime.date(2026, 7, 5)
    }
    inspections.edit_inspection(
        inspection=inspection,
        version=inspection.version,
        forces=[westmarch],
        reason="The fifth of July.",
        by=officer,
        at=moment(AUGUST),
        **facts,
    )
    figures = figures_of(westmarch)
    assert terms(figures.sum) == {"opening": 1, "new": 1, "withdrawn": 1, "closing": 1}
    assert figures.differences == []
    why = "The day of its report was corrected: it is tracked from 5 July 2026 now."
    assert told(figures.closed) == [(tracked.reference, "Not tracked then", datetime.date(2026, 7, 5), why)]


def test_a_paper_opens_with_what_the_last_one_kept(westmarch, officer, approver, three):
    first = file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    assert first.figures["open_ids"] == [each.pk for each in three]


def test_a_paper_of_before_kept_no_ids_and_is_counted_again(westmarch, officer, approver, three):
    first = file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    take_out(three[0], officer, moment(AUGUST))
    of_before = ScrutinyReport(force=westmarch, end=first.end, known_at=first.known_at)
    of_before.kept_ids = None
    assert closing_of(of_before) == frozenset(each.pk for each in three)


def test_whatever_differs_from_the_last_paper_has_its_term_in_the_sum(westmarch, eastvale, officer, approver, body):
    """Transferred, restricted, taken out, closed late, recorded late; the closed paper has what is restricted."""
    inspection = make_inspection(westmarch, published_on=datetime.date(2026, 1, 5), at=moment(JANUARY))
    first, second, third, fourth, _ = [make_tracked(inspection, number=str(n), at=moment(JANUARY)) for n in range(5)]
    file_paper(westmarch, officer, approver, moment(JULY), *BEFORE)
    said = {"by": officer, "at": moment(AUGUST), "reason": "So."}
    transfers.transfer(tracked=first, to_force=eastvale, effective_on=AUGUST, **said)
    restrictions.restrict(tracked=second, effective_on=AUGUST, **said)
    take_out(third, officer, moment(AUGUST))
    close(fourth, officer, approver, datetime.date(2026, 6, 20), at=moment(AUGUST))
    make_tracked(inspection, number="late", at=moment(AUGUST))
    west, east, closed = figures_of(westmarch), figures_of(eastvale), figures_of(westmarch, closed=True)
    assert terms(west.sum) == {
        "opening": 5,
        "recorded_late": 1,
        "closed": 1,
        "withdrawn": 1,
        "transferred_out": 1,
        "to_other_paper": 1,
        "closing": 2,
    }
    assert west.left_out == 1
    assert terms(east.sum) == {"transferred_in": 1, "closing": 1}
    assert terms(closed.sum) == {"from_other_paper": 1, "closing": 1}
    assert [each.differences for each in (west, east, closed)] == [[], [], []]
