"""Risk, themes, causes of delay and what is done meanwhile: dated rows that Standing, page and timeline follow."""

import datetime

import pytest

from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.people import records
from recommendations.domain.register import voices
from recommendations.domain.register.entries import entries_for
from recommendations.domain.register.risk_strip import StripCell, risk_strip
from recommendations.domain.register.timeline import timeline
from recommendations.domain.risk.delays import DelayReason, record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Vocabulary
from recommendations.models import Delay, Label, Thresholds
from recommendations.models.register.risk import pack, theme_words, unpack
from tests.conftest import TODAY
from tests.standings import latest, on_day, stored

HOUR = datetime.timedelta(hours=1)
EARLIER = datetime.date(2026, 3, 1)
JUNE = datetime.date(2026, 6, 10)
CAUSE = {"cause": "resources", "words": "Two auditors short.", "mitigation": "A sergeant reads each report."}


@pytest.fixture
def theme(administrator, at):
    for key, words in (("data", "Data and recording"), ("custody", "Custody")):
        label = Label(vocabulary=Vocabulary.THEME, key=key, words=words)
        records.keep(record=label, by=administrator, at=at)


def strip(tracked):
    return risk_strip(entries_for(tracked), Label.objects.words())


def told(tracked):
    rows = entries_for(tracked)
    return [(event.title, event.lines) for event in timeline(tracked, rows, [], Label.objects.words(), TODAY)][:-1]


def test_themes_are_stored_so_that_each_can_be_looked_for():
    assert (pack([]), pack(["data", "custody", "data"])) == ("", ",custody,data,")
    assert (unpack(""), unpack(",custody,data,")) == ((), ("custody", "data"))
    assert theme_words(",custody,gone,", {"data": "Data", "custody": "Custody"}) == ["Custody", "gone"]


def test_the_office_weighs_and_reviews_and_each_day_has_its_own(tracked, officer, at, theme):
    weigh(tracked=tracked, risk="medium", why="Rare.", effective_on=EARLIER, by=officer, at=at)
    weigh(tracked=tracked, risk="high", why="Victims at home.", themes=["data"], effective_on=JUNE, by=officer, at=at)
    weigh(tracked=tracked, risk="high", why="As before.", themes=["data", "custody"], by=officer, at=at)
    assert stored(tracked) == latest(tracked)
    facts = ("risk", "risk_on", "themes", "delay_cause", "mitigated")
    days = [on_day(day, Thresholds()).values_list(*facts).get() for day in (EARLIER, JUNE, TODAY)]
    assert days == [
        ("medium", EARLIER, "", "", False),
        ("high", JUNE, ",data,", "", False),
        ("high", TODAY, ",custody,data,", "", False),
    ]
    assert strip(tracked) == [
        StripCell("risk", "Risk", "High", "As before.", 3),
        StripCell("themes", "Themes", "Data and recording, Custody"),
    ]
    assert told(tracked) == [
        ("Themes: Data and recording, Custody", ("As before.",)),
        ("Risk: high", ("Victims at home.", "Themes: Data and recording.")),
        ("Risk: medium", ("Rare.",)),
    ]


def test_whose_word_a_cause_is(tracked, officer, force_lead, at):
    assert strip(tracked) == []
    record_delay(tracked=tracked, **CAUSE, effective_on=EARLIER, by=officer, at=at)
    assert strip(tracked)[0].label == "Cause of delay, recorded by the office"
    record_delay(tracked=tracked, **CAUSE, said_by="DI Rhys Nash", effective_on=JUNE, by=officer, at=at)
    assert strip(tracked)[0].label == "Cause of delay, said by DI Rhys Nash, recorded by the office"
    record_delay(tracked=tracked, **CAUSE | {"cause": "scope"}, by=force_lead, at=at)
    assert strip(tracked) == [
        StripCell("cause", "Cause of delay, said by the force", "Change of scope", "Two auditors short."),
        StripCell("mitigation", "Mitigation", "A sergeant reads each report."),
    ]
    assert (stored(tracked)["delay_cause"], stored(tracked)["mitigated"]) == ("scope", True)
    assert told(tracked)[0] == (
        "Cause of delay: change of scope",
        ("Two auditors short.", "Mitigation: A sergeant reads each report."),
    )
    record_delay(tracked=tracked, by=force_lead, at=at + HOUR)
    assert told(tracked)[0] == ("No longer delayed", ())
    assert (stored(tracked)["delay_cause"], stored(tracked)["mitigated"]) == ("", False)


def test_history_tells_both_in_the_offices_words(tracked, officer, at, theme):
    weigh(tracked=tracked, risk="low", why="Rare.", themes=["custody", "data"], by=officer, at=at)
    record_delay(tracked=tracked, **CAUSE, by=officer, at=at)
    lines = tell(tracked, events_of(tracked, user=officer)[:2], Label.objects.words())
    spoken = [(line.verb, [(each.field, each.after) for each in line.rows[0].changes]) for line in lines]
    assert spoken == [
        (
            "Cause of delay recorded",
            [("Cause of delay", "Resources"), ("Mitigation", "A sergeant reads each report.")],
        ),
        ("Risk and themes recorded", [("Risk", "Low"), ("Themes", "Data and recording, Custody")]),
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"risk": "huge", "why": "x"}, "risk"),
        ({"risk": "high", "why": " "}, "why"),
        ({"themes": ["gone"]}, "themes"),
        ({}, "risk"),
        ({"risk": "high", "why": "x", "effective_on": TODAY + datetime.timedelta(1)}, "effective_on"),
    ],
)
def test_a_weight_that_cannot_be(tracked, officer, at, facts, field):
    with pytest.raises(Refusal) as refused:
        weigh(tracked=tracked, by=officer, at=at, **facts)
    assert (refused.value.field, tracked.weights.count()) == (field, 0)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"cause": "weather"}, "cause"),
        ({"words": "Two short."}, "cause"),
        ({}, "cause"),
        ({"cause": "other", "effective_on": datetime.date(2026, 1, 14)}, "effective_on"),
    ],
)
def test_a_delay_that_cannot_be(tracked, officer, at, facts, field):
    with pytest.raises(Refusal) as refused:
        record_delay(tracked=tracked, by=officer, at=at, **facts)
    assert (refused.value.field, tracked.delays.count()) == (field, 0)


def test_a_move_of_the_target_says_why_it_is_late_once(tracked, force_lead, at):
    moves = {"tracked": tracked, "reason": "Late.", "set_by": "DCC Nair", "by": force_lead, "at": at}
    for day in (1, 2):
        voices.set_target(target_on=datetime.date(2027, 2, day), delay=DelayReason(**CAUSE), **moves)
    found = Delay.objects.values_list("cause", "words", "mitigation", "said_by")
    assert list(found) == [(*CAUSE.values(), "DCC Nair")]
    with pytest.raises(Refusal) as refused:
        voices.set_target(target_on=datetime.date(2027, 3, 1), delay=DelayReason(**CAUSE | {"cause": "x"}), **moves)
    assert (refused.value.field, tracked.targets.count()) == ("cause", 2)
