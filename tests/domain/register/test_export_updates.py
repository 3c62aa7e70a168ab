"""The sheet of updates: every row of the three voices, withdrawn ones too, of the rows that a reader may see."""

import datetime

import pytest

from recommendations.domain.register import voices
from recommendations.domain.register.export.updates import updates_out
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.restrictions import restrict
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.models import Label
from tests.conftest import AT, PUBLISHED, TODAY, make_inspection, make_tracked
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
NOTHING = dict.fromkeys(UPDATE_TEXT_KEYS, "")


@per_module
def both(westmarch, eastvale, officer, force_lead):
    """One recommendation of each force; all have spoken of the first, and one update of it was withdrawn."""
    first, second = make_inspection([westmarch, eastvale]), make_inspection(eastvale, title="Vetting")
    tracked, other = make_tracked(first), make_tracked(second, number="9")
    texts = dict.fromkeys(UPDATE_TEXT_KEYS, "A minute.")
    about = {"tracked": tracked, "at": AT}
    wrong = voices.log_force_update(done="Wrong.\r\nAll of it.", effective_on=TODAY - DAY, by=officer, **about)
    voices.withdraw(row=wrong, reason="Another one was meant.", by=officer, at=AT + HOUR)
    more = {"position": "accepted", "stage": "in_progress", "forecast_on": TODAY + DAY, "said_by": "Sgt Hale"}
    voices.log_force_update(done="=1+1", effective_on=TODAY, by=force_lead, **more, **texts, **about)
    voices.record_assurance(view="assured", rationale="Seen.", effective_on=TODAY - 2 * DAY, by=officer, **about)
    status = {"status": "being_progressed", "effective_on": PUBLISHED, "source": "The portal"}
    voices.record_inspectorate_status(by=officer, **status, **about)
    voices.set_target(target_on=TODAY, effective_on=TODAY, by=force_lead, **about)
    voices.log_force_update(tracked=other, done="Theirs.", effective_on=TODAY, by=officer, at=AT)
    return tracked, other


def out(user, both, **asked) -> list[tuple]:
    query = RegisterQuery(day=asked.pop("day", TODAY), **asked)
    lines = list(updates_out(query, [each.pk for each in reversed(both)], user, Label.objects.words()))
    return [(line.reference, line.voice, line.on, line.text) for line in lines]


def test_every_row_of_the_three_voices_goes_out_newest_first(both, officer):
    tracked, other = both
    assert out(officer, both) == [
        (other.reference, "Force update", TODAY, "Theirs."),
        (tracked.reference, "Force update", TODAY, "=1+1"),
        (tracked.reference, "Force update", TODAY - DAY, "Wrong.\nAll of it."),
        (tracked.reference, "OPCC assurance", TODAY - 2 * DAY, "Seen."),
        (tracked.reference, "HMICFRS status", PUBLISHED, "The portal"),
    ]


def test_each_says_whose_it_is_what_and_who_recorded_it(both, officer):
    lines = list(updates_out(RegisterQuery(day=TODAY), [both[0].pk], officer, Label.objects.words()))
    said, wrong, assured, status = (line._asdict() for line in lines)
    same = {"reference": both[0].reference, "force": "Westmarch", "recorded_on": TODAY, "withdrawn": ""}
    lead = {"said_by": "Sgt Hale", "recorded_by": "Callum Tranter, force inspection lead"}
    assert said == same | lead | dict.fromkeys(UPDATE_TEXT_KEYS, "A minute.") | {
        "voice": "Force update", "on": TODAY, "value": "Accepted", "stage": "In progress", "text": "=1+1",
        "named_day": TODAY + DAY,
    }  # fmt: skip
    assert wrong["withdrawn"] == "Withdrawn on 7 November 2026 by Hannah Whitlock: Another one was meant."
    office = same | NOTHING | {"stage": "", "said_by": "", "recorded_by": "Hannah Whitlock, OPCC officer"}
    assert assured == office | {
        "voice": "OPCC assurance", "on": TODAY - 2 * DAY, "value": "Assured", "text": "Seen.", "named_day": None
    }  # fmt: skip
    assert status == office | {
        "voice": "HMICFRS status", "on": PUBLISHED, "value": "Being progressed", "text": "The portal",
        "named_day": None,
    }  # fmt: skip


def test_a_reader_gets_those_of_the_records_that_they_see(both, officer, force_lead, other_force_lead):
    """A force reads its own restricted recommendations, and their updates, as on the record's page."""
    restrict(tracked=both[0], reason="An operation runs.", by=officer, at=AT)
    assert {line[0] for line in out(force_lead, both)} == {both[0].reference}
    assert {line[0] for line in out(other_force_lead, both)} == {both[1].reference}
    assert {line[0] for line in out(officer, both)} == {each.reference for each in both}


def test_of_a_past_day_they_are_those_of_that_day_as_known_then(both, officer):
    tracked, _ = both
    then = out(officer, both, day=TODAY - 2 * DAY, past=True)
    assert [line[1:3] for line in then] == [("OPCC assurance", TODAY - 2 * DAY), ("HMICFRS status", PUBLISHED)]
    lines = list(
        updates_out(RegisterQuery(day=TODAY, past=True, known_at=AT), [tracked.pk], officer, Label.objects.words())
    )
    assert [line.withdrawn for line in lines] == [""] * 4
    assert out(officer, both, past=True, known_at=AT - HOUR) == []


@pytest.mark.parametrize("number", [1, 3])
def test_they_cost_two_queries(inspection, officer, django_assert_num_queries, number):
    rows = [make_tracked(inspection, number=str(each)) for each in range(number)]
    for tracked in rows:
        voices.log_force_update(tracked=tracked, done="Begun.", by=officer, at=AT)
    words = Label.objects.words()
    with django_assert_num_queries(2):
        assert len(list(updates_out(RegisterQuery(day=TODAY), [each.pk for each in rows], officer, words))) == number
