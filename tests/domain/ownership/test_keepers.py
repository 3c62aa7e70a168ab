"""Who sees to a round and to a response: whoever began it, until it is given to a colleague."""

import datetime

import pytest

from recommendations.domain.ownership.keepers import give_response, give_round
from recommendations.domain.people import leaving
from recommendations.domain.people.open_things import open_things
from recommendations.domain.responses.companions import begin_response
from recommendations.domain.rounds import reminders
from recommendations.domain.rounds.rounds import close_round
from recommendations.domain.writing.refusals import Stale
from recommendations.models import PersonalNotice, Response, UpdateRound
from tests.conftest import AT, make_inspection
from tests.makers.rounds import make_round
from tests.refusals import refusal

LATER = AT + datetime.timedelta(hours=1)
AFTER = datetime.date(2026, 12, 1)


def test_a_round_is_its_askers_until_it_is_given_and_reminders_follow(westmarch, officer, approver):
    asked = make_round(westmarch, by=officer)
    assert (asked.keeper, [each.round for each in reminders.due_reminders(officer, AFTER, {})]) == (officer, [asked])
    given = give_round(round=asked, version=asked.version, keeper=approver, by=officer, at=LATER)
    assert [reminders.due_reminders(officer, AFTER, {}), len(reminders.due_reminders(approver, AFTER, {}))] == [[], 1]
    told = PersonalNotice.objects.values_list("person", "about", "about_id", "by")
    assert list(told) == [(approver.pk, "round", asked.pk, officer.pk)]
    with pytest.raises(Stale):
        give_round(round=asked, version=asked.version, keeper=officer, by=officer, at=LATER)
    leaving.leave(person=approver, to=officer, reason="Another office.", by=None, at=LATER)
    assert UpdateRound.objects.get(pk=asked.pk).keeper == officer
    assert "Update rounds" in {each.kind for each in open_things(officer)}
    assert given.version == 2


def test_a_response_is_given_and_what_cannot_be_is_refused(westmarch, body, officer, approver, force_lead):
    report = make_inspection(westmarch)
    response = begin_response(inspection=report, by=officer, at=AT)
    assert response.keeper == officer
    facts = {"response": response, "version": response.version, "by": officer, "at": LATER}
    for keeper, code in (
        (officer, "kept-already"),
        (force_lead, "cannot-keep"),
    ):
        with refusal(code, naming=keeper.name):
            give_response(keeper=keeper, **facts)
    assert give_response(keeper=None, **facts).keeper is None
    asked = make_round(westmarch, by=officer)
    close_round(round=asked, by=officer, at=LATER)
    with refusal("nothing-to-do"):
        give_round(round=asked, version=2, keeper=approver, by=officer, at=LATER)
    assert Response.objects.get().keeper is None
