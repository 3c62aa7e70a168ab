"""A direction is carried out: “not accepted” is not offered for it, and refused wherever it is said."""

import datetime

import pytest

from recommendations.domain.register.voices import log_force_update
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.rounds import ask_for_updates, release_answers
from recommendations.domain.sources import sources
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Position
from recommendations.forms.register.tracked import ForceUpdateForm
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.exchange.imports.sheets_of import SIMPLE, planned
from tests.makers.sources import follow, from_iopc
from tests.per_module import per_module

REFUSED = Position.NOT_ACCEPTED
SAID = "“Not accepted” is not a lawful answer under “Direction to a force”: As the direction says"
WEEK = datetime.timedelta(days=7)


@per_module
def direction(westmarch):
    """A direction, and beside it a recommendation that the force may refuse."""
    follow("direction")
    sources.set_basis(key="direction", since=datetime.date(2026, 1, 1), in_use=True, by=None, at=AT)
    facts = {"source": "direction", "basis": "direction", "starts_on": None, "title": "A direction"}
    return make_tracked(from_iopc(westmarch, **facts))


def offered(tracked, user) -> list[str]:
    form = ForceUpdateForm(tracked=tracked, by=user, on=TODAY, words={})
    return [value for value, _ in form.fields["position"].choices]


def test_it_is_not_offered_and_the_verb_refuses_it(direction, westmarch, officer):
    assert offered(direction, officer) == ["", "accepted", "partly_accepted"]
    with pytest.raises(Refusal, match=SAID) as refused:
        log_force_update(tracked=direction, done="No.", position=REFUSED, by=officer, at=AT)
    assert refused.value.field == "position"
    log_force_update(tracked=direction, done="Yes.", position=Position.ACCEPTED, by=officer, at=AT)
    other = make_tracked(make_inspection(westmarch))
    assert offered(other, officer)[-1] == REFUSED
    log_force_update(tracked=other, done="No.", position=REFUSED, by=officer, at=AT)


def test_a_round_refuses_it(direction, westmarch, officer, force_lead):
    asked = {"force": westmarch, "tracked": [direction], "due_on": TODAY + WEEK, "name": "Round", "note": ""}
    round = ask_for_updates(**asked, by=officer, at=AT)
    answer = NewAnswer(round.lines.get(), done="No.", position=REFUSED)
    with pytest.raises(Refusal, match=SAID):
        release_answers(round=round, answers=[answer], by=force_lead, at=AT)


def test_a_spreadsheet_refuses_it_of_what_is_on_record_and_of_what_is_new(direction):
    columns = SIMPLE | {"source": "Source", "position": "Position", "update_on": "Day"}
    row = {"number": "9", "text": "Do it.", "position": "Not accepted", "update_on": TODAY, "source": "Direction"}
    new = row | {"inspection": "Another direction", "published_on": TODAY}
    found = planned(columns, row | {"inspection": "A direction", "reference": direction.reference}, new)
    assert [problem.message.startswith(SAID) for problem in found.problems] == [True, True]
    assert [problem.field for problem in found.problems] == ["position"] * 2
