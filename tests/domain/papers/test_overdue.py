"""What became of what was overdue when a period opened: each of them once, with terms that make the change."""

import dataclasses
import datetime

import pytest

from recommendations.domain.papers.data.overdue import OverdueChange, add_changes
from recommendations.domain.papers.sections.movement import Movement
from recommendations.domain.papers.sections.overdue import groups_of
from recommendations.domain.register import restrictions, voices
from recommendations.models import TrackedRecommendation
from tests.conftest import make_inspection, make_tracked
from tests.domain.papers.world import BEFORE, close, figures_of, file_paper, moment, take_out

BEGAN, DUE = datetime.date(2026, 1, 20), datetime.date(2026, 5, 31)
FILED = moment(datetime.date(2026, 7, 12))


def register(force, officer, approver) -> list[TrackedRecommendation]:
    """Six overdue on 30 June; by 30 September one is still, the others left or ceased to be. Two fell due since."""
    inspection = make_inspection(force, at=moment(BEGAN))
    made = [make_tracked(inspection, number=str(n), due_on=DUE, at=moment(BEGAN)) for n in range(1, 6)]
    made.append(make_tracked(inspection, number="6", due_on=datetime.date(2026, 8, 1), at=moment(BEGAN)))
    file_paper(force, officer, approver, FILED, *BEFORE)
    close(made[1], officer, approver, datetime.date(2026, 8, 1))
    voices.log_force_update(
        tracked=made[2], done="No.", position="not_accepted", by=officer, at=moment(datetime.date(2026, 8, 2))
    )
    take_out(made[3], officer, moment(datetime.date(2026, 8, 3)))
    restrictions.restrict(tracked=made[4], reason="A court case.", by=officer, at=moment(datetime.date(2026, 8, 4)))
    new = make_inspection(
        force, title="Vetting", published_on=datetime.date(2026, 8, 5), at=moment(datetime.date(2026, 8, 5))
    )
    made.append(make_tracked(new, due_on=datetime.date(2026, 9, 1), at=moment(datetime.date(2026, 8, 5))))
    return made


def test_each_that_was_overdue_is_named_once_with_what_became_of_it(westmarch, body, officer, approver):
    made = register(westmarch, officer, approver)
    figures = figures_of(westmarch)
    told = [(line.reference, line.group, line.became, line.words) for line in figures.was_overdue]
    assert told == [
        (made[0].reference, "Not moved, overdue", "Still overdue", "122 days over; no forecast."),
        (made[1].reference, "Closed", "Closed, implemented", "1 August 2026. HMICFRS has not said."),
        (made[2].reference, "No longer overdue", "No longer overdue", "Not accepted."),
        (made[3].reference, "Left the paper", "Taken out of the register", ""),
    ]
    assert [(each.label, each.count) for each in figures.last_overdue or ()] == [
        ("Closed", 1),
        ("No longer overdue", 1),
        ("Moved, still overdue", 0),
        ("Not moved, overdue", 1),
        ("Left the paper", 2),
    ]
    assert made[4].reference not in str(figures.to_json())
    assert figures.overdue_change == OverdueChange(closed=1, gone=2, eased=1, fell_due=1, came=1)
    assert (figures.then_and_now.overdue_then, figures.then_and_now.overdue_now) == (5, 3)
    assert figures.differences == []


@pytest.mark.parametrize(
    ("parts_done", "retargeted", "group"),
    [(0, (), "Not moved, overdue"), (0, (1,), "Moved, still overdue"), (1, (1,), "Partly done, overdue")],
)
def test_what_is_still_overdue_is_told_by_what_was_done_and_by_its_target(parts_done, retargeted, group):
    rows = [{"pk": 1, "rag": "red", "parts_done": parts_done}]
    still = frozenset({1})
    moved = Movement(opening=still, closing=still, new=(), left=(), reopened=(), crossings=())
    assert groups_of(rows, moved, still, frozenset(retargeted)) == {1: group}


def test_each_overdue_item_has_its_report_its_targets_and_the_offices_reason(westmarch, body, officer):
    inspection = make_inspection(westmarch, at=moment(BEGAN))
    tracked = make_tracked(inspection, due_on=DUE, at=moment(BEGAN))
    targets = datetime.date(2026, 6, 30), datetime.date(2026, 12, 31)
    for target, day in zip(targets, (BEGAN, DUE), strict=True):
        voices.set_target(tracked=tracked, target_on=target, reason="Later.", by=officer, at=moment(day))
    voices.record_assurance(tracked=tracked, view="not_assured", rationale="Nobody looked.", by=officer, at=moment(DUE))
    line = figures_of(westmarch).overdue[0]
    assert (line.published_on, line.targets) == (inspection.published_on, targets)
    assert (line.assurance, line.assurance_words) == ("Not assured", "Nobody looked.")


def test_terms_that_do_not_make_the_change_are_said(westmarch, body):
    figures = dataclasses.replace(figures_of(westmarch), overdue_change=OverdueChange(fell_due=2))
    assert figures.differences == ["Overdue went from 0 to 0; its terms give +2."]


def test_the_terms_of_several_are_added_unless_one_has_none():
    one = OverdueChange(closed=1, fell_due=2)
    assert add_changes([one, one]) == OverdueChange(closed=2, fell_due=4)
    assert add_changes([one, None]) is None
    assert add_changes([]) is None
