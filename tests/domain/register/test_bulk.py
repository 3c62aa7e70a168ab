"""Many at once: what was shown is what happens, to all or to none, and each row tells of it as if it were alone."""

import datetime
import json
import random

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.audit import verification
from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.inspections import inspections
from recommendations.domain.register import closures, voices
from recommendations.domain.register.bulk import undo
from recommendations.domain.register.bulk import verbs as bulk
from recommendations.domain.register.bulk.changes import LeadsChange, RequestedClosure, TargetChange, lines_of
from recommendations.domain.register.bulk.entries import UpdateChange
from recommendations.domain.register.entries import entries_for
from recommendations.domain.register.timeline import timeline
from recommendations.domain.risk.delays import DelayReason, record_delay
from recommendations.domain.search import following
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import (
    Assurance,
    Closure,
    Delay,
    ForceUpdate,
    InspectorateStatus,
    Label,
    SearchEntry,
    TargetDate,
    TrackedRecommendation,
    TrailEntry,
)
from recommendations.search_words import read_words
from recommendations.sections import reading_once
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.examples import examples
from tests.per_module import per_module
from tests.refusals import refusal
from tests.standings import latest, standing, stored

DAY = datetime.timedelta(days=1)
LATER = AT + datetime.timedelta(hours=1)
AUGUST, MAY = datetime.date(2027, 8, 31), datetime.date(2027, 5, 1)


def rows() -> list[TrackedRecommendation]:
    return list(TrackedRecommendation.objects.with_record().order_by("pk"))


def versions(*only) -> dict[int, int]:
    return {row.pk: row.version for row in rows() if not only or row in only}


def assert_whole(found) -> None:
    """How each stands is what the dated rows say, what is searched what the records say, the trail what was written."""
    for row in found:
        assert stored(row) == latest(row)
    assert list(following.wrong()) == []
    assert verification.verify() == []


@per_module
def three(westmarch):
    inspection = make_inspection(westmarch)
    return [make_tracked(inspection, number=str(each), text=f"Text {each}.") for each in (1, 2, 3)]


DO = {
    "leads": lambda **facts: bulk.give_leads_to_many(leads={"opcc_lead": "Bo Marsh"}, **facts),
    "target": lambda **facts: bulk.set_target_of_many(target_on=AUGUST, reason="Posts are empty.", **facts),
    "closure": lambda **facts: bulk.request_closure_of_many(outcome="implemented", reason="Seen.", **facts),
    "status": lambda **facts: bulk.record_status_of_many(status="complete", source="The portal.", **facts),
    "update": lambda **facts: bulk.log_update_for_many(done="Begun.", said_by="DCC Ames", **facts),
    "stage": lambda **facts: bulk.log_update_for_many(done="Seen to.", stage="pending_sign_off", **facts),
    "assurance": lambda **facts: bulk.record_assurance_of_many(view="assured", rationale="Seen.", **facts),
}

# What differs most of these; the others are asked in the soak.
SUITE = ("leads", "closure", "update")
SOME = [pytest.param(what, marks=() if what in SUITE else pytest.mark.soak) for what in DO]


# What happens


def test_leads_that_are_named_change_and_the_others_stay(three, officer):
    first, second, third = three
    was = {"chief_officer_lead": "ACC Rowe", "business_lead": "Supt Ames", "opcc_lead": "Hannah"}
    inspections.edit_tracked(tracked=first, version=1, by=officer, at=AT, **was)
    leads = {"chief_officer_lead": " DCC Nair ", "business_lead": ""}
    bulk.give_leads_to_many(versions=versions(first, second), leads=leads, reason="New posts.", by=officer, at=LATER)
    said = [(row.chief_officer_lead, row.business_lead, row.opcc_lead, row.version) for row in rows()]
    assert said == [("DCC Nair", "", "Hannah", 3), ("DCC Nair", "", "", 2), ("", "", "", 1)]
    found = SearchEntry.objects.matching(read_words("dcc nair")).order_by("tracked")
    assert [entry.tracked_id for entry in found] == [first.pk, second.pk]
    assert_whole(rows())
    assert third.history.count() == 1


@pytest.mark.parametrize(
    ("what", "dated"), [("update", ForceUpdate), ("assurance", Assurance), ("status", InspectorateStatus)]
)
def test_what_is_said_of_many_has_the_day_that_was_entered_or_today(three, officer, what, dated):
    first, second, _ = three
    DO[what](versions=versions(first), by=officer, at=AT, effective_on=TODAY - DAY)
    DO[what](versions=versions(second), by=officer, at=LATER)
    assert list(dated.objects.order_by("tracked").values_list("tracked", "effective_on")) == [
        (first.pk, TODAY - DAY),
        (second.pk, TODAY),
    ]


def test_a_first_target_is_set_and_another_one_moved(three, force_lead):
    first, second, _ = three
    voices.set_target(tracked=first, target_on=MAY, by=force_lead, at=AT)
    bulk.set_target_of_many(
        versions=versions(first, second),
        target_on=AUGUST,
        reason="  Two posts are empty. ",
        set_by="DCC Ames",
        by=force_lead,
        at=LATER,
    )
    said = [(row.standing.first_target_on, row.standing.target_on, row.standing.target_moves) for row in rows()]
    assert said == [(MAY, AUGUST, 1), (AUGUST, AUGUST, 0), (None, None, 0)]
    made = TargetDate.objects.filter(recorded_at=LATER).order_by("tracked")
    facts = (TODAY, force_lead.pk, "Two posts are empty.", "DCC Ames")
    assert list(made.values_list("tracked", "effective_on", "recorded_by", "reason", "set_by")) == [
        (first.pk, *facts),
        (second.pk, *facts),
    ]
    assert_whole(rows())


def test_a_target_past_its_deadline_needs_a_cause_and_the_rest_carries_on(three, officer):
    first, second, third = three
    for tracked in (first, second):
        voices.set_target(tracked=tracked, target_on=MAY, by=officer, at=AT)
    QuerySet(TrackedRecommendation).filter(pk__in=[first.pk, second.pk]).update(deadline_kind="date", deadline_on=MAY)
    record_delay(tracked=second, cause="scope", words="More was asked.", by=officer, at=AT)
    late = {"target_on": AUGUST, "reason": "Posts are empty.", "by": officer, "at": LATER}
    with refusal("no-cause", naming="WM-0001") as refused:
        bulk.set_target_of_many(versions=versions(), delay=DelayReason(mitigation="Read daily."), **late)
    assert (refused.value.field, TargetDate.objects.filter(target_on=AUGUST).count()) == ("cause", 0)
    with refusal("no-delay"):
        bulk.set_target_of_many(versions=versions(third), delay=DelayReason("resources"), **late)
    bulk.set_target_of_many(versions=versions(), delay=DelayReason("resources", mitigation="Read daily."), **late)
    found = Delay.objects.filter(recorded_at=LATER).values_list("tracked", "cause", "words", "mitigation")
    assert sorted(found) == [(pk, "resources", "", "Read daily.") for pk in (first.pk, second.pk)]
    (last,) = undo.read_bulk_acts(TrailEntry.objects.filter(verb="set_target_of_many").order_by("-sequence")[:1])
    undo.undo_bulk_change(entry=last.entry, reason="Wrong day.", by=officer, at=LATER)
    assert [stored(tracked)["delay_cause"] for tracked in rows()] == ["", "scope", ""]


def test_closures_are_requested_and_decided_one_by_one(three, officer, approver):
    first, second, _ = three
    bulk.request_closure_of_many(
        versions=versions(first, second), outcome="superseded", reason="A new report.", evidence="P4", by=officer, at=AT
    )
    assert [row.standing.closure_requested_on for row in rows()] == [TODAY, TODAY, None]
    asked = Closure.objects.order_by("tracked").values_list("tracked", "outcome", "request_reason", "evidence")
    assert list(asked) == [(each.pk, "superseded", "A new report.", "P4") for each in (first, second)]
    closures.approve_closure(tracked=first, by=approver, at=LATER)
    with refusal("own-request", NotAllowed):
        closures.approve_closure(tracked=second, by=officer, at=LATER)
    assert_whole(rows())


@pytest.mark.parametrize("what", SOME)
def test_it_is_one_entry_with_a_change_for_each_row(three, officer, what):
    before = TrailEntry.objects.count()
    DO[what](versions=versions(), by=officer, at=LATER)
    entry = TrailEntry.objects.order_by("-sequence").first()
    assert TrailEntry.objects.count() == before + 1
    told = [change["id"] for change in json.loads(entry.changes) if change["model"].endswith("trackedrecommendation")]
    assert (sorted(told), entry.by_name) == (sorted(each.pk for each in three), "Hannah Whitlock")
    assert_whole(rows())


TOLD = {
    "leads": ("Leads changed, of several at once", "", [("", "OPCC lead", "", "Bo Marsh")]),
    "target": (
        "Target set or moved, of several at once",
        "Posts are empty.",
        [("", "Target", "", "31 August 2027")],
    ),
    "closure": (
        "Closure requested, of several at once",
        "Seen.",
        [("Closure", "State", "", "Closure requested"), ("Closure", "Outcome", "", "Implemented")],
    ),
    "status": (
        "HMICFRS status recorded, of several at once",
        "",
        [("", "HMICFRS status", "", "Complete")],
    ),
    "update": ("Force update added, to several at once", "", [("Force update", "What was done", "", "Begun.")]),
    "stage": ("Force update added, to several at once", "", [("Force update", "What was done", "", "Seen to.")]),
    "assurance": ("OPCC assurance recorded, of several at once", "", [("", "OPCC assurance", "", "Assured")]),
}


@pytest.mark.parametrize("what", SOME)
def test_each_history_tells_of_it(three, officer, what):
    DO[what](versions=versions(three[0], three[1]), by=officer, at=LATER)
    for tracked in three[:2]:
        line = tell(tracked, events_of(tracked, user=officer), Label.objects.words())[0]
        changes = [
            (row.title.partition(" of ")[0], change.field, change.before, change.after)
            for row in line.rows
            for change in row.changes
        ]
        verb, reason, some = TOLD[what]
        assert (line.verb, line.reason, line.actor, line.at) == (verb, reason, "Hannah Whitlock", LATER)
        assert [change for change in changes if change in some] == some
    untouched = tell(three[2], events_of(three[2], user=officer), {})
    assert [line.verb for line in untouched] == ["Recommendation added"]


def test_the_timeline_tells_of_a_target_and_of_a_closure(three, officer):
    DO["target"](versions=versions(), by=officer, at=LATER)
    DO["closure"](versions=versions(), by=officer, at=LATER + DAY)
    for tracked in rows():
        events = timeline(tracked, entries_for(tracked), list(tracked.closures.all()), Label.objects.words(), TODAY)
        assert [event.title for event in events[:2]] == ["Closure requested: implemented", "Target set: 31 August 2027"]


def test_who_wrote_and_why_stands_in_each_history_row(three, force_lead):
    DO["target"](versions=versions(), by=force_lead, at=LATER)
    for row in TargetDate.history.all():
        assert (row.history_user, row.history_actor, row.history_change_reason) == (
            force_lead,
            "Callum Tranter",
            "Posts are empty.",
        )


# What does not happen


@pytest.mark.parametrize("what", DO)
def test_where_one_row_changed_meanwhile_nothing_happens(three, officer, what):
    shown = versions()
    inspections.edit_tracked(tracked=three[1], version=1, business_lead="Supt Ames", by=officer, at=AT)
    before = TrailEntry.objects.count()
    with pytest.raises(bulk.Meanwhile) as refused:
        DO[what](versions=shown, by=officer, at=LATER)
    assert refused.value.changed == {three[1].pk}
    assert (TrailEntry.objects.count(), TargetDate.objects.count(), Closure.objects.count()) == (before, 0, 0)
    assert [row.version for row in rows()] == [1, 2, 1]


@pytest.mark.parametrize("what", DO)
def test_an_id_that_is_not_there_is_a_change_meanwhile(three, officer, what):
    with pytest.raises(bulk.Meanwhile) as refused:
        DO[what](versions=versions() | {999_999: 1}, by=officer, at=LATER)
    assert refused.value.changed == {999_999}
    assert [row.version for row in rows()] == [1, 1, 1]


@pytest.mark.parametrize("what", ["target", "closure"])
def test_a_closed_one_is_refused_by_name(three, officer, approver, what):
    closures.request_closure(tracked=three[0], outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=three[0], by=approver, at=AT)
    with refusal("cannot-be-changed", naming="WM-0001: "):
        DO[what](versions=versions(), by=officer, at=LATER)
    assert TargetDate.objects.count() == 0


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda **facts: bulk.give_leads_to_many(leads={}, **facts), "chief_officer_lead"),
        (lambda **facts: bulk.give_leads_to_many(leads={"reference": "X"}, **facts), "chief_officer_lead"),
        (lambda **facts: bulk.set_target_of_many(target_on=AUGUST, reason=" ", **facts), "reason"),
        (lambda **facts: bulk.set_target_of_many(target_on=MAY, reason="Delay.", **facts), None),
        (lambda **facts: bulk.set_target_of_many(target_on=datetime.date(2026, 1, 14), **facts), None),
        (lambda **facts: bulk.request_closure_of_many(outcome="gone", reason="Done.", **facts), "outcome"),
        (lambda **facts: bulk.request_closure_of_many(outcome="withdrawn", reason=" ", **facts), "reason"),
    ],
)
def test_what_is_not_enough_is_refused(three, officer, act, field):
    voices.set_target(tracked=three[0], target_on=MAY, by=officer, at=AT)
    with pytest.raises(Refusal) as refused:
        act(versions=versions(), by=officer, at=LATER)
    assert refused.value.field == field
    assert [row.version for row in rows()] == [2, 1, 1]


def test_none_and_too_many_are_refused(three, officer):
    with refusal("none-changeable"):
        DO["leads"](versions={}, by=officer, at=AT)
    with refusal("too-many"):
        DO["leads"](versions=dict.fromkeys(range(1, 2_002), 1), by=officer, at=AT)


# What is shown before it happens


def test_a_row_moves_into_another_stage_and_not_into_its_own(three, officer):
    DO["stage"](versions=versions(three[0]), by=officer, at=AT)
    moved = UpdateChange("Seen to.", TODAY, stage="pending_sign_off", moves=True)
    assert [bool(moved.why_not(row)) for row in rows()] == [True, False, False]


def test_a_line_says_now_and_then_or_why_not(three, officer, approver):
    first, second, third = three
    voices.set_target(tracked=first, target_on=MAY, by=officer, at=AT)
    voices.set_target(tracked=second, target_on=AUGUST, by=officer, at=AT)
    closures.request_closure(tracked=third, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=third, by=approver, at=AT)

    def said(change):
        return [(line.now, line.then or line.why_not) for line in lines_of(rows(), change)]

    assert said(TargetChange(AUGUST, "Delay.")) == [
        ("1 May 2027", "31 Aug 2027, moved once"),
        ("31 Aug 2027", "That day is its target already."),
        ("None set", "It is closed. Reopen it before you move its target."),
    ]
    assert said(RequestedClosure("implemented", "Done.")) == [
        ("Open", "Closure requested: implemented"),
        ("Open", "Closure requested: implemented"),
        ("Closed on 7 Nov 2026", "This recommendation is closed already."),
    ]
    assert said(LeadsChange({"opcc_lead": ""})) == [("None", "It has these leads already.")] * 3
    assert said(LeadsChange({"opcc_lead": "Bo", "business_lead": ""}))[0] == (
        "Business lead: none; OPCC lead: none",
        "Business lead: none; OPCC lead: Bo",
    )
    assert lines_of(rows(), LeadsChange({}), {first.pk: "Not now."})[0].why_not == "Not now."


# What it costs


@per_module
def twenty(westmarch):
    inspection = make_inspection(westmarch)
    return [make_tracked(inspection, number=str(each), text=f"Text {each}.") for each in range(20)]


@pytest.mark.parametrize(
    ("what", "cost"),
    [("leads", 20), ("target", 17), ("closure", 16), ("status", 17), ("update", 18), ("stage", 18), ("assurance", 16)],
)
@pytest.mark.parametrize("number", [1, 20])
def test_queries_are_as_many_for_one_row_as_for_twenty(twenty, officer, what, cost, number):
    changed = twenty[:number]
    shown = versions(*changed)
    with reading_once(), CaptureQueriesContext(connection) as asked:
        DO[what](versions=shown, by=officer, at=LATER)
    assert len(asked) == cost
    assert set(versions(*changed).values()) == {2}


# Any history at all


def speak(tracked, chance: random.Random, officer, approver) -> None:
    """Something that one recommendation may have behind it."""
    facts = {"tracked": tracked, "by": officer, "at": AT - chance.randrange(50) * DAY}
    kind = chance.randrange(4)
    if kind == 0:
        voices.log_force_update(done="Begun.", forecast_on=MAY, **facts)
    elif kind == 1 and standing(tracked).target_on != AUGUST + DAY:
        row = voices.set_target(target_on=AUGUST + chance.choice([1, -40]) * DAY, reason="Later.", **facts)
        if chance.random() < 0.4:
            voices.withdraw(row=row, reason="Wrong.", by=officer, at=AT)
    elif kind == 2:
        closures.request_closure(outcome="implemented", reason="Done.", **facts)
        closures.decline_closure(tracked=tracked, reason="No.", by=approver, at=AT)


@pytest.mark.soak
@settings(max_examples=examples(15))
@given(seed=st.integers(0, 10**6), order=st.permutations(list(DO)))
def test_each_stands_as_the_rows_say_after_each(westmarch, officer, approver, seed, order):
    chance = random.Random(seed)
    inspection = make_inspection(westmarch, title=f"Report {seed} {TrackedRecommendation.objects.count()}")
    made = [make_tracked(inspection, number=str(each), text=f"Text {each}.") for each in range(4)]
    for tracked in made * 2:
        try:
            speak(tracked, chance, officer, approver)
        except Refusal:
            continue  # the same target twice, or a day before the report
    for what in order:
        DO[what](versions=versions(*made), by=officer, at=LATER)
        for tracked in made:
            assert stored(tracked) == latest(tracked)
    assert_whole(made)
