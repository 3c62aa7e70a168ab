"""First-page items about actions: late ones with what they hold up, and the coming days, in one query."""

import datetime

from recommendations.domain.home import actions as lines
from recommendations.domain.home.first_page import HomeContext
from recommendations.enums.actions import ActionVoice
from recommendations.sections import reading_once
from tests.conftest import TODAY, make_inspection, make_tracked
from tests.makers.actions import make_action
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)


@per_module
def some(tracked, eastvale, officer):
    """Two late ones of the force, of which one holds up two; one of the office and one of another force, both late."""
    theirs = make_tracked(make_inspection(eastvale, title="Custody in Eastvale", short_name="E 26"), number="9")
    first = make_action(tracked, words="One.", due_on=TODAY - 12 * DAY)
    make_action(tracked, words="Two.", due_on=TODAY - DAY, waits_for=first)
    make_action(tracked, words="Three.", due_on=TODAY + 90 * DAY, waits_for=first)
    ours = {"voice": ActionVoice.OFFICE, "owner": officer.name}
    make_action(tracked, words="Four.", due_on=TODAY - 3 * DAY, **ours)
    make_action(tracked, words="Five.", due_on=TODAY + DAY, **ours)
    make_action(theirs, words="Six.", due_on=TODAY - 20 * DAY)
    make_action(tracked, words="Seven.", due_on=TODAY)
    make_action(tracked, words="Eight.", due_on=TODAY - 9 * DAY, state="done")


def told(write, user, **facts) -> list[tuple]:
    found = write(HomeContext(user, TODAY, **facts))
    return [(each.what, each.detail, each.day, each.number, each.url.partition("?")[2]) for each in found]


def test_the_office_has_all_that_are_late_and_what_they_hold_up(some, officer):
    (found,) = told(lines.late, officer)
    # wording: how many wait is told in words alone
    assert found == ("4 actions are late", "2 actions wait for them.", TODAY - 20 * DAY, 4, "state=late")
    assert told(lines.coming, officer) == [
        ("1 action to be done", "", TODAY, 1, "state=coming"),
        ("1 action to be done", "", TODAY + DAY, 1, "state=coming"),
    ]


def test_ones_own_are_those_of_ones_account(some, officer):
    (found,) = told(lines.late, officer, mine=True)
    assert found == ("1 action is late", "", TODAY - 3 * DAY, 1, "state=late&whose=mine")
    assert [each[2] for each in told(lines.coming, officer, mine=True)] == [TODAY + DAY]


def test_a_force_has_its_own_and_not_the_offices(some, force_lead):
    (found,) = told(lines.late, force_lead)
    assert found == ("2 actions are late", "2 actions wait for them.", TODAY - 12 * DAY, 2, "state=late&whose=force")
    assert [each[2] for each in told(lines.coming, force_lead)] == [TODAY]


def test_both_parts_of_a_desk_cost_one_query(some, officer, django_assert_num_queries):
    context = HomeContext(officer, TODAY)
    with reading_once(), django_assert_num_queries(2):  # and one for what the office uses
        assert len([*lines.late(context), *lines.coming(context)]) == 3
