"""The register through the API: what the page has, as at a day too; and a force update that is written once."""

import datetime

import pytest

from recommendations.digests import digest
from recommendations.domain.people import records
from recommendations.domain.register import closures, disputes, voices
from recommendations.domain.register.export.sheets import UPDATE_FIELDS
from recommendations.domain.register.parts import closures as part_closures
from recommendations.domain.register.sheet_columns import FIELDS
from recommendations.domain.risk import delays, weights
from recommendations.domain.submission.idempotency import run_once
from recommendations.enums import Vocabulary
from recommendations.models import ForceUpdate, Label, TrailEntry
from recommendations.sections import Section
from tests.conftest import AT, make_tracked
from tests.makers.rechecks import MEASURE, make_closed

DAY = datetime.timedelta(days=1)


def numbers(answer) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["items"]]


def test_an_item_has_the_columns_of_the_exports(office, tracked):
    voices.log_force_update(tracked=tracked, done="Tested.", by=None, at=AT)
    [item] = office.get("register").json()["items"]
    assert list(item) == ["id", "recommendation_id", "inspection_id", "basis", *(field.key for field in FIELDS)]
    names = ("reference", "force", "basis", "deadline_on", "update", "target_moves", "closed_on")
    assert {name: item[name] for name in names} == {
        "reference": "WM-0001",
        "force": "Westmarch",
        "basis": "joint",
        "deadline_on": "2026-06-30",
        "update": "Tested.",
        "target_moves": 0,
        "closed_on": None,
    }


def test_filters_order_and_pages_are_those_of_the_register(office, inspection, tracked):
    others = [make_tracked(inspection, number=str(number), leads={"opcc_lead": "Ann"}) for number in (2, 3)]
    every = [tracked.pk, *(each.pk for each in others)]
    assert sorted(numbers(office.get("register"))) == every
    assert numbers(office.get("register?opcc_lead=Ann&sort=-reference")) == every[:0:-1]
    assert numbers(office.get("register?q=WM-0002")) == [every[1]]
    first = office.get("register?size=2&sort=reference").json()
    assert (first["count"], first["previous"]) == (3, None)
    last = office.client.get(first["next"]).json()
    assert ([each["id"] for each in last["items"]], last["next"]) == (every[2:], None)
    assert office.get("register?page=9").json()["items"] == []


@pytest.mark.suite(0, 5, 10, 11)
@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("colour=red", "query colour"),
        ("rag=crimson", "query rag"),
        ("force=nowhere", "query force"),
        ("show=everything", "query show"),
        ("sort=done", "query sort"),
        ("since=yesterday&changed=updates", "query since"),
        ("due=soon", "query due"),
        ("as_at=31/02/2026", "query as_at"),
        ("as_at=2099-01-01", "query as_at"),
        ("size=0", "query size"),
        ("page=x", "query page"),
        *((f"{name}=soon", f"query {name}") for name in ("review", "revisit", "look")),
    ],
)
def test_what_the_page_would_let_go_is_refused_with_its_name(office, tracked, query, where):
    answer = office.get(f"register?{query}")
    assert (answer.status_code, [each["where"] for each in answer.json()["errors"]]) == (422, [where])


def test_one_has_its_voices_and_all_that_was_said(office, tracked, officer, force_lead, approver):
    about = {"tracked": tracked, "at": AT}
    first = voices.log_force_update(done="Begun.", by=force_lead, **about)
    voices.record_assurance(view="assured", rationale="Seen.", by=officer, **about)
    voices.record_inspectorate_status(status="complete", by=officer, **about)
    voices.set_target(target_on=datetime.date(2027, 1, 31), by=force_lead, **about)
    voices.withdraw(row=first, reason="Typed twice.", by=force_lead, at=AT + DAY)
    voices.log_force_update(tracked=tracked, done="Tested.", by=force_lead, at=AT + 2 * DAY)
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=force_lead, at=AT + 3 * DAY)
    found = office.get(f"register/{tracked.pk}").json()
    said = {voice: row["text"] for voice, row in found["voices"].items()}
    assert said == {"force": "Tested.", "opcc": "Seen.", "hmicfrs": ""}
    assert [(row["voice"], bool(row["withdrawn"])) for row in found["history"]] == [
        ("Force update", False),
        ("HMICFRS status", False),
        ("Force update", True),
        ("OPCC assurance", False),
    ] or len(found["history"]) == 4
    assert list(found["history"][0]) == [field.key for field in UPDATE_FIELDS]
    assert [(row["target_on"], row["withdrawn"]) for row in found["targets"]] == [("2027-01-31", False)]
    assert [(row["state"], row["reason"]) for row in found["closures"]] == [("requested", "Done.")]


def test_one_has_what_matters_why_it_is_late_and_whether_it_held(office, inspection, officer, approver, settings):
    """As its page has it, and as at a day; a section that is off has nothing."""
    tracked = make_tracked(inspection, due_on=datetime.date(2026, 1, 30), parts=("7.1 Test bells.",))
    about, week = {"tracked": tracked, "by": officer}, AT + 7 * DAY
    records.keep(record=Label(vocabulary=Vocabulary.THEME, key="custody", words="Custody"), by=None, at=AT)
    weights.weigh(risk="high", why="Bells fail.", themes=["custody"], at=AT, **about)
    delays.record_delay(cause="technology", words="No wiring.", mitigation="Checks by hand.", at=AT, **about)
    voices.log_force_update(done="No.", position="not_accepted", at=AT, **about)
    disputes.record_dispute_reason(text="It costs too much.", at=AT, **about)
    part = tracked.recommendation.parts.get()
    part_closures.request_part_closure(part=part, reason="Tested.", at=week, **about)
    part_closures.decide_part_closure(tracked=tracked, part=part, approve=True, by=approver, at=week)
    make_closed(tracked, by=officer, decided_by=approver, at=week + DAY)
    found, earlier = (office.get(f"register/{tracked.pk}{asked}").json() for asked in ("", f"?as_at={AT.date()}"))
    for each in (found, earlier):
        assert [(row["risk"], row["why"], row["themes"]) for row in each["risks"]] == [
            ("High", "Bells fail.", ["Custody"])
        ]
        assert [(row["why"], row["mitigation"]) for row in each["delays"]] == [("No wiring.", "Checks by hand.")]
        assert [(row["step"], row["decision"]) for row in each["dispute"]] == [("reason", None)]
    assert [(row["part"], row["state"]) for row in found["closed_parts"]] == [("part 7.1", "closed")]
    assert [(row["answer"], row["held_if"]) for row in found["closures"][0]["looks"]] == [("again", MEASURE)]
    assert (earlier["closed_parts"], earlier["closures"]) == ([], [])
    settings.SECTIONS_OFF = (Section.RISK, Section.RECHECKS)
    off = office.get(f"register/{tracked.pk}").json()
    assert (off["risks"], off["delays"], off["closures"][0]["looks"]) == ([], [], [])


def test_as_at_a_day_it_is_as_it_stood(office, tracked, force_lead, approver):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=force_lead, at=AT + DAY)
    closures.approve_closure(tracked=tracked, reason="Agreed.", by=approver, at=AT + 2 * DAY)
    days = [(AT + number * DAY).date() for number in range(3)]
    found = [office.get(f"register/{tracked.pk}?as_at={day}").json() for day in days]
    assert [each["status"] for each in found] == ["Open", "Open", "Closed"]
    assert [[row["state"] for row in each["closures"]] for each in found] == [[], ["requested"], ["closed"]]
    assert [len(numbers(office.get(f"register?as_at={day}"))) for day in days] == [1, 1, 0]
    assert office.get(f"register/{tracked.pk}?as_at=2020-01-01").status_code == 404


def test_a_force_reads_its_own(force, office, tracked, eastvale, inspection):
    assert numbers(force.get("register")) == [tracked.pk]


def test_one_thousand_cost_the_queries_of_one(office, tracked, inspection, django_assert_num_queries):
    office.get("register")
    for number in "23":
        with django_assert_num_queries(15):
            office.get("register?show=all")
        make_tracked(inspection, number=number)


def test_a_force_update_is_logged_as_the_page_logs_it(force, tracked, force_lead):
    sent = {"done": "Bells are\r\ntested.", "said_by": "Sgt Hale", "stage": "in_progress", "evidence": "A log."}
    answer = force.post(f"register/{tracked.pk}/updates", sent)
    row = ForceUpdate.objects.get()
    assert (answer.status_code, answer.json()["id"]) == (201, row.pk)
    assert (row.done, row.said_by, row.evidence) == ("Bells are\ntested.", "Sgt Hale", "A log.")
    entry = TrailEntry.objects.order_by("sequence").last()
    assert (entry.verb, entry.by) == ("log_force_update", force_lead)


def test_nobody_uses_up_the_key_of_another_program(force, tracked, other_force_lead):
    """By a form of their own with the mark that the key leads to: all that they could guess."""
    address, key = f"register/{tracked.pk}/updates", "one"
    guessed = f"api {digest([force.made.token.pk, f'/api/v1/{address}', key])}"
    run_once(guessed, by=other_force_lead, at=AT, act=lambda: None, led_to="/")
    assert force.post(address, {"done": "Bells are tested."}, key).status_code == 201


def test_the_same_key_saves_once_and_tells_the_same(force, tracked):
    address, sent = f"register/{tracked.pk}/updates", {"done": "Tested."}
    first, again = force.post(address, sent), force.post(address, sent)
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    other = force.post(address, {"done": "Another."})
    assert (other.status_code, ForceUpdate.objects.count()) == (422, 1)
    assert force.post(address, {"done": "Another."}, key="two").status_code == 201
    assert force.post(address, {"done": "A third."}, key="").status_code == 400


@pytest.mark.suite(0, 6, 11)
@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({}, "body done"),
        ({"done": " "}, "body done"),
        ({"done": "x" * 20_001}, "body done"),
        ({"done": "x", "more": "y"}, "body more"),
        ({"done": "x\u0000"}, "body done"),
        ('{"done": "\\ud800"}', "body done"),
        ({"done": "x", "stage": "nowhere"}, "body stage"),
        ({"done": "x", "position": "maybe"}, "body position"),
        ({"done": "x", "effective_on": "2099-01-01"}, "body effective_on"),
        ({"done": "x", "effective_on": "soon"}, "body effective_on"),
        ({"done": "x", "forecast_on": "2001-01-01"}, "body forecast_on"),
        ([], "body"),
    ],
)
def test_what_a_page_refuses_is_refused_beside_its_field(force, tracked, sent, where):
    answer = force.post(f"register/{tracked.pk}/updates", sent)
    assert (answer.status_code, [each["where"] for each in answer.json()["errors"]]) == (422, [where])
    assert ForceUpdate.objects.count() == 0


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize("sent", ["{", b"\xff", '{"done": NaN', "[" * 100_000])
def test_what_is_no_json_is_400(force, tracked, sent):
    assert force.post(f"register/{tracked.pk}/updates", sent).status_code == 400


def test_another_forces_is_not_there(other_force_lead, tracked):
    from tests.views.api.conftest import Program

    program = Program(other_force_lead)
    assert program.get(f"register/{tracked.pk}").status_code == 404
    assert program.post(f"register/{tracked.pk}/updates", {"done": "x"}).status_code == 404
