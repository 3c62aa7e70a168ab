"""The history of an action, and what the history of its recommendation says of it, to whom."""

import datetime

from recommendations.domain.actions.actions import NewAction, add_actions, tick_actions, update_action, withdraw_row
from recommendations.domain.register.transfers import transfer
from tests.conftest import AT, make_tracked
from tests.domain.audit.test_history import lines_of, said, verbs
from tests.makers.actions import BY_DAY, make_action

HOUR = datetime.timedelta(hours=1)


def change(action, *, at=AT + HOUR, by=None, **changes):
    action.refresh_from_db()
    return update_action(action=action, version=action.version, by=by, at=at, **changes)


def test_each_verb_on_an_action_is_a_line(tracked, officer, inspection):
    second = make_tracked(inspection, number="2")
    new = [
        NewAction(words=words, owner="Head", due_on=BY_DAY, tracked=(tracked, second)) for words in ("Train.", "Write.")
    ]
    action, other = add_actions(force=tracked.force, actions=new, by=officer, at=AT)
    wrong = change(action, state="under_way", by=officer)
    withdraw_row(row=wrong, reason="Not yet.", by=officer, at=AT + 2 * HOUR)
    tick_actions(actions=[action, other], by=officer, at=AT + 3 * HOUR)
    lines = lines_of(action, officer)
    assert verbs(lines) == [
        "Actions done",
        "Change of an action withdrawn",
        "Action brought up to date",
        "Actions added",
    ]
    assert ("Action, how it stood of 7 November 2026", "State", "", "Under way") in said(lines[2])
    of_record = lines_of(tracked, officer)
    assert verbs(of_record)[:4] == verbs(lines)
    assert ("Action on a recommendation", "Action", "", "Action: Train.") in said(of_record[3])


def test_a_force_reads_nothing_of_anothers_and_nobody_while_actions_are_off(
    tracked, officer, eastvale, other_force_lead, inspection, settings
):
    both = make_action(tracked, make_tracked(inspection, number="2"), words="Move the zqsecret.")
    change(both, note="Done with zqsecret.")
    transfer(tracked=tracked, to_force=eastvale, reason="Theirs.", by=officer, at=AT + 2 * HOUR)
    assert "zqsecret" in str(lines_of(tracked, officer))
    assert "zqsecret" not in str(lines_of(tracked, other_force_lead))
    settings.SECTIONS_OFF = ("actions",)
    assert "zqsecret" not in str(lines_of(tracked, officer))


def test_the_history_of_an_action_says_that_it_went_over(tracked, officer, eastvale):
    action = make_action(tracked)
    transfer(tracked=tracked, to_force=eastvale, reason="Theirs.", by=officer, at=AT + HOUR)
    newest = lines_of(action, officer)[0]
    assert (newest.verb, newest.reason) == ("Transferred to another force", "Theirs.")
    assert ("", "Force", "Westmarch Police", "Eastvale Police") in said(newest)
