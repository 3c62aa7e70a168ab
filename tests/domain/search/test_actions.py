"""Actions in search: by whom they are found, and that their entries follow what they rest on."""

import datetime

from recommendations.domain.actions.actions import update_action, withdraw_actions, withdraw_row
from recommendations.domain.register import transfers
from recommendations.domain.search import following
from recommendations.domain.search.find import SearchAnswer, SearchQuery
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import SearchEntry
from recommendations.search_words import read_words
from tests.conftest import AT, TODAY, make_tracked
from tests.makers.actions import make_action

LATER = AT + datetime.timedelta(hours=1)


def found(user, typed: str) -> list[SearchEntry]:
    query = SearchQuery(words=read_words(typed), day=TODAY)
    return sorted(SearchAnswer(query, user)[0:20], key=lambda entry: entry.title)


def titles(user, typed: str) -> list[str]:
    return [entry.title for entry in found(user, typed)]


def change(action, at=LATER, **changes):
    action.refresh_from_db()
    return update_action(action=action, version=action.version, by=None, at=at, **changes)


def test_an_action_is_found_by_its_words_its_owner_and_what_was_said(
    tracked, officer, force_lead, other_force_lead, member
):
    action = make_action(tracked, words="Train the gaolers.", waits_words="the tender", owner="Supt Kerr")
    change(action, state=ActionState.UNDER_WAY, note="Twelve places are booked.", owner="Insp Vale")
    for typed in ("gaoler", "kerr", "vale"):
        assert titles(force_lead, typed)[0] == "WM-0001, action"
    assert titles(officer, "twelve places") == ["WM-0001, action, under way on 7 November"]
    assert titles(officer, "tender gaolers") == [
        "WM-0001, action, to do on 7 November",
        "WM-0001, action, under way on 7 November",
    ]
    for user in (other_force_lead, member):
        assert titles(user, "gaoler") == titles(user, "twelve") == []
    first = found(officer, "gaoler")[0]
    assert (first.kind, first.speaker, first.tracked_id) == ("action", "force", tracked.pk)


def test_one_of_several_is_found_once_under_none_of_them(tracked, inspection, officer):
    other = make_tracked(inspection, number="2")
    make_action(tracked, other, words="Train the gaolers.", voice=ActionVoice.OFFICE)
    (entry,) = found(officer, "gaolers")
    assert (entry.title, entry.tracked_id, entry.speaker) == ("WM-0001, WM-0002, action", None, "opcc")


def test_what_is_withdrawn_is_not_found_and_they_follow_their_force(
    tracked, officer, force_lead, other_force_lead, eastvale, settings
):
    action = make_action(tracked, words="Train the gaolers.")
    row = change(action, note="Twelve places.")
    withdraw_row(row=row, reason="Wrong.", by=officer, at=LATER)
    assert (titles(force_lead, "twelve"), len(titles(officer, "twelve"))) == ([], 1)
    transfers.transfer(tracked=tracked, to_force=eastvale, reason="Moved.", by=officer, at=LATER)
    tracked.refresh_from_db()
    assert list(following.wrong()) == []
    settings.SECTIONS_OFF = ("actions",)
    assert titles(officer, "gaolers") == []
    settings.SECTIONS_OFF = ()
    withdraw_actions(actions=[action], reason="Twice.", by=officer, at=LATER)
    assert titles(officer, "gaolers") == titles(officer, "twelve") == []
    assert list(following.wrong()) == []
