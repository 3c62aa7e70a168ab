"""A change ahead is done once, however many workers there are at midnight, and whole."""

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.succession.carrying_out import carry_out_due_changes
from recommendations.enums import Role
from recommendations.enums.succession import SuccessionKind, SuccessionState
from recommendations.models import Force, ForceSuccession, Succession, TrailEntry
from tests.conftest import make_inspection, make_person, make_tracked
from tests.domain.succession.plans import MARCHES, MAY, enter_confirmed, moment

WORKERS = 4


@pytest.fixture
def plan(shared_database, body, westmarch, eastvale, administrator):
    make_tracked(make_inspection(westmarch))
    administrators = (administrator, make_person("Nadia Ferris", Role.ADMINISTRATOR))
    return enter_confirmed(SuccessionKind.MERGER, [westmarch, eastvale], administrators=administrators, **MARCHES)


def test_of_four_workers_one_does_it(at_once, plan):
    entries = TrailEntry.objects.count()
    at_once(WORKERS, lambda place: carry_out_due_changes(at=moment(MAY, 0, 5)))
    assert Succession.objects.get().state == SuccessionState.DONE
    assert [entry.verb for entry in TrailEntry.objects.order_by("sequence")[entries:]] == ["carry_out_succession"]
    assert (Force.objects.filter(name="Marches Police").count(), ForceSuccession.objects.count()) == (1, 2)
    assert verification.verify() == []
