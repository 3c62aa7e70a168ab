"""Actions as lines: how late, how often moved, what holds them up, in a fixed number of queries."""

import datetime

import pytest

from recommendations.domain.actions.actions import update_action, withdraw_row
from recommendations.domain.actions.queries import lines_for, lines_on
from recommendations.enums.actions import ActionState
from recommendations.models import ActionRow
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.actions import BY_DAY, make_action

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
LATER = BY_DAY + 12 * DAY


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


def change(action, *, at=AT + DAY, **changes) -> ActionRow:
    action.refresh_from_db()
    return update_action(action=action, version=action.version, by=None, at=at, **changes)


def line_of(action, today=LATER, known_at=None):
    rows = ActionRow.objects.latest_of_each(today, known_at).filter(action=action)
    (found,) = lines_for(rows, today, known_at)
    return found


def test_a_line_says_how_late_it_is_and_only_while_it_is_open(record):
    action = make_action(record)
    assert (line_of(action).days_late, line_of(action).stands) == (12, "To do, 12 days late")
    assert (line_of(action, BY_DAY).late, line_of(action, BY_DAY).is_late) == ("", False)
    change(action, state=ActionState.DONE)
    assert (line_of(action).days_late, line_of(action).stands) == (0, "Done")


def test_moves_are_counted_without_withdrawn_rows_and_as_known_at_a_moment(record):
    action = make_action(record)
    assert line_of(action).by_when == "1 December 2026"
    change(action, due_on=BY_DAY + DAY, note="Ill.")
    change(action, state=ActionState.UNDER_WAY, at=AT + 2 * DAY)
    wrong = change(action, due_on=BY_DAY + 2 * DAY, note="Ill again.", at=AT + 3 * DAY)
    assert (line_of(action).moves, line_of(action).moved_words) == (2, "moved twice")
    withdraw_row(row=wrong, reason="Not moved.", by=None, at=AT + 4 * DAY)
    assert line_of(action).by_when == "2 December 2026, moved once"
    assert line_of(action, known_at=AT + 3 * DAY).moved_words == "moved twice"
    assert line_of(action, TODAY).moved_words == ""


def test_what_it_waits_for_is_said_with_how_late_that_is(record):
    first = make_action(record, words="Train staff.")
    action = make_action(record, due_on=LATER, waits_for=first, waits_words="the contract")
    assert line_of(action).waits == "waits for “Train staff”, 12 days late; waits for: the contract"
    assert line_of(action).is_held_up_late
    assert line_of(action, BY_DAY).waits == "waits for “Train staff”; waits for: the contract"
    change(first, state=ActionState.DROPPED, note="No money.")
    assert line_of(action).waits.startswith("waits for “Train staff”, dropped;")
    change(first, state=ActionState.DONE, at=AT + 2 * DAY)
    assert (line_of(action).waits, line_of(action).is_held_up_late) == ("waits for: the contract", False)
    change(action, state=ActionState.DONE, at=AT + 2 * DAY)
    assert line_of(action).waits == ""


def test_the_lines_on_a_recommendation_are_those_that_one_sees(record, eastvale, force_lead, member):
    second = make_tracked(make_inspection(eastvale, title="Custody in Eastvale", short_name="E 26"), number="9")
    late, _ = make_action(record), make_action(second, due_on=BY_DAY - DAY)
    make_action(record, words="Write the policy.", due_on=LATER)
    assert [line.words for line in lines_on(record, force_lead, LATER)] == [late.words, "Write the policy."]
    assert lines_on(second, force_lead, LATER) == lines_on(record, member, LATER) == []


def test_one_line_costs_as_many_queries_as_five(record, westmarch, officer, django_assert_num_queries):
    other = make_tracked(make_inspection(westmarch, title="Crime data", short_name="CD 26"), number="9")
    first = make_action(record, other)
    assert lines_on(other, officer, LATER)[0].references == ", ".join(sorted([record.reference, other.reference]))
    for words in ("One", "Two", "Three", "Four"):
        with django_assert_num_queries(4):  # and one for what the office uses, outside of a request
            lines = lines_on(record, officer, LATER)
            [(line.words, line.waits, line.references, line.moved_words, line.action.force.name) for line in lines]
        make_action(record, words=words, waits_for=first)
