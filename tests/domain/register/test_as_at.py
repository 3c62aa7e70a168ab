"""As at any day, as known at any moment: SQL says what the rows say one by one, and the cache says the same of today.

Histories are made at random through the verbs: back-dated, late, withdrawn, closed, declined, reopened.
"""

import datetime
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.domain.register import closures, voices
from recommendations.domain.register.as_at import as_at
from recommendations.domain.register.enforcements import end_enforcement, enforce, enforcement_of
from recommendations.domain.risk.delays import record_delay
from recommendations.domain.risk.weights import weigh
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import AssuranceView, InspectorateStatusKind, Outcome, Position, Stage
from recommendations.enums.risk import DelayCause, Risk
from recommendations.models import Closure, Thresholds, TrackedRecommendation
from recommendations.periods import day_end
from tests.conftest import PUBLISHED, make_inspection, make_tracked
from tests.examples import examples
from tests.makers.legacy_reviews import make_direction
from tests.snapshots import undone
from tests.standings import latest, on_day, stored

DAY = datetime.timedelta(days=1)
RULE = Thresholds()
SPAN = 300  # days from publication to the end of a history
NUMBERS = count(1)

days = st.integers(0, SPAN)
STEPS = {
    "update": st.tuples(
        days, st.sampled_from(["", *Position.values]), st.sampled_from(Stage.values), st.none() | st.integers(0, 900)
    ),
    "assure": st.tuples(days, st.sampled_from(AssuranceView.values)),
    "hear": st.tuples(days, st.sampled_from(InspectorateStatusKind.values)),
    "aim": st.tuples(days, st.integers(0, 900)),
    "weigh": st.tuples(days, st.sampled_from(Risk.values)),
    "delay": st.tuples(days, st.sampled_from(["", *DelayCause.values]), st.booleans()),
    "direct": st.tuples(days, st.none() | st.integers(0, 900)),
    "withdraw": st.tuples(st.integers(0, 50)),
    "request": st.tuples(days, st.sampled_from(Outcome.values)),
    "approve": st.tuples(days),
    "decline": st.tuples(),
    "reopen": st.tuples(days),
    "close": st.tuples(days, days),
    "close_and_reopen": st.tuples(days, days, days),
}
step = st.sampled_from(sorted(STEPS)).flatmap(lambda name: st.tuples(st.just(name), STEPS[name]))
# Each step is taken some hours after the one before: several on one day, or months apart.
histories = st.lists(st.tuples(st.sampled_from([1, 24, 24 * 40, 24 * SPAN]), step), min_size=1, max_size=14)
deadlines = st.sampled_from(["none", "immediate", "date"])
questions = st.lists(st.tuples(days, st.none() | days), min_size=1, max_size=6)


def on(number: int) -> datetime.date:
    return PUBLISHED + number * DAY


class History:
    """One recommendation, and what happens to it: `clock` is the moment of the next step."""

    def __init__(self, inspection, direction, officer, approver, deadline: str):
        self.clock = day_end(PUBLISHED)
        facts = {
            "none": {},
            "immediate": {"deadline_kind": "immediate", "deadline_on": PUBLISHED},
            "date": {"due_on": on(100)},
        }[deadline]
        self.tracked = make_tracked(inspection, number=str(next(NUMBERS)), at=self.clock, **facts)
        self.officer, self.approver, self.direction = officer, approver, direction

    def take(self, hours: int, name: str, values: tuple) -> None:
        self.clock += datetime.timedelta(hours=hours)
        with suppress(Refusal):  # not now, or not on that day: nothing happens
            getattr(self, name)(*values)

    def verb(self, function, by=None, **facts):
        return function(tracked=self.tracked, by=by or self.officer, at=self.clock, **facts)

    def update(self, day, position, stage, forecast):
        forecast_on = None if forecast is None else on(forecast)
        facts = {"position": position, "stage": stage, "forecast_on": forecast_on, "effective_on": on(day)}
        self.verb(voices.log_force_update, done="Something.", **facts)

    def assure(self, day, view):
        self.verb(voices.record_assurance, view=view, rationale="Seen.", effective_on=on(day))

    def hear(self, day, status):
        self.verb(voices.record_inspectorate_status, status=status, effective_on=on(day))

    def aim(self, day, target):
        self.verb(voices.set_target, target_on=on(target), reason="Because.", effective_on=on(day))

    def weigh(self, day, risk):
        self.verb(weigh, risk=risk, why="Seen.", effective_on=on(day))

    def delay(self, day, cause, guarded):
        self.verb(record_delay, cause=cause, mitigation="Checked daily." if guarded else "", effective_on=on(day))

    def direct(self, day, due):
        """Enforced by a direction of the first day, or no longer."""
        if due is not None:
            self.verb(enforce, direction=self.direction, due_on=on(due), effective_on=on(day))
        elif (row := enforcement_of(self.tracked)) is not None:
            end_enforcement(enforcement=row, reason="Lifted.", by=self.officer, at=self.clock)

    def withdraw(self, number):
        tracked = self.tracked
        rows = [
            row
            for voice in ("updates", "assurances", "statuses", "targets", "weights", "delays")
            for row in getattr(tracked, voice).all()
        ]
        if rows:
            voices.withdraw(row=rows[number % len(rows)], reason="Wrong.", by=self.officer, at=self.clock)

    def request(self, day, outcome):
        self.verb(closures.request_closure, outcome=outcome, reason="Done.", requested_on=on(day))

    def approve(self, day):
        self.verb(closures.approve_closure, by=self.approver, closed_on=on(day))

    def decline(self):
        self.verb(closures.decline_closure, by=self.approver, reason="Not yet.")

    def close(self, asked, closed):
        """The two that chance would seldom bring together, on days in order."""
        self.request(min(asked, closed), "implemented")
        self.approve(max(asked, closed))

    def close_and_reopen(self, *on_days):
        asked, closed, reopened = sorted(on_days)
        self.close(asked, closed)
        self.reopen(reopened)

    def reopen(self, day):
        self.verb(closures.reopen, reason="It failed.", reopened_on=on(day))


def in_sql(tracked, day, known_at) -> dict | None:
    """The fields as at a day, as SQL has them; None where the row is left out."""
    row = as_at(TrackedRecommendation.objects.filter(pk=tracked.pk), day, RULE, known_at).first()
    return row and {name: getattr(row, name) for name in (*latest(tracked), "counts_from", "close_down_on", "rag")}


def one_by_one(tracked, day, known_at) -> dict | None:
    """The same fields, from the rows one by one and the rule in plain words."""
    if tracked.tracked_on > day or (known_at and tracked.recorded_at > known_at):
        return None
    facts = latest(tracked, day, known_at)
    directed = facts["direction_due_on"]
    immediate = tracked.deadline_kind == "immediate"
    deadline_on = directed or (None if immediate else tracked.deadline_on)
    facts["counts_from"] = directed or (None if immediate else tracked.deadline_on or facts["first_target_on"])
    facts["close_down_on"] = facts["forecast_on"] or facts["target_on"] or deadline_on
    return facts | {"rag": colour(tracked, facts, day)}


def colour(tracked, facts: dict, day) -> str:
    since, directed = facts["counts_from"], facts["direction_due_on"]
    immediate = tracked.deadline_kind == "immediate" and not directed
    if facts["closed_on"]:
        return "blue"
    if not directed and (facts["position"] == "not_accepted" or not tracked.directed_to_force):
        return "grey"
    if (since and since < day) or (immediate and (day - tracked.deadline_on).days > 90):
        return "red"
    if (since is None and not immediate) or (since and facts["forecast_on"] and facts["forecast_on"] > since):
        return "amber"
    return "green"


def check(history: History, asked) -> None:
    tracked = TrackedRecommendation.objects.get(pk=history.tracked.pk)
    assert stored(tracked) == latest(tracked)
    for day, known in [*asked, (-1, None), (SPAN, None), (SPAN, SPAN)]:
        known_at = None if known is None else day_end(on(known))
        assert in_sql(tracked, on(day), known_at) == one_by_one(tracked, on(day), known_at), (day, known)
    today = on(9000)  # later than any step
    row = on_day(today, RULE).get(tracked=tracked)
    now = stored(tracked) | {name: getattr(row, name) for name in ("counts_from", "close_down_on", "rag")}
    assert in_sql(tracked, today, None) == now


@pytest.fixture
def begin(db, westmarch, officer, approver):
    inspection = make_inspection(westmarch)
    direction = make_direction(westmarch, published_on=PUBLISHED)
    return lambda deadline: History(inspection, direction, officer, approver, deadline)


@settings(max_examples=examples(40, of_suite=2))
@given(deadline=deadlines, steps=histories, asked=questions)
def test_as_at_says_what_the_rows_say(begin, deadline, steps, asked):
    with undone():
        history = begin(deadline)
        for hours, (name, values) in steps:
            history.take(hours, name, values)
        check(history, asked)


def test_a_late_recorded_fact_is_visible_as_such(begin):
    """An update of day 10, recorded on day 50: where things stood on day 20 depends on when one asks."""
    history = begin("none")
    history.take(24 * 50, "update", (10, "accepted", "pending_sign_off", None))
    day = on(20)
    assert in_sql(history.tracked, day, None)["stage"] == "pending_sign_off"
    assert in_sql(history.tracked, day, day_end(on(20)))["stage"] == "awaiting_allocation"
    assert in_sql(history.tracked, on(9), None)["stage"] == "awaiting_allocation"


def test_a_withdrawn_fact_is_known_until_it_is_withdrawn(begin):
    history = begin("none")
    history.take(24 * 5, "assure", (2, "assured"))
    history.take(24 * 5, "withdraw", (0,))
    assert in_sql(history.tracked, on(4), None)["assurance"] == ""
    assert in_sql(history.tracked, on(4), day_end(on(7)))["assurance"] == "assured"


def test_a_closed_period_begins_and_ends_on_its_days(begin):
    history = begin("date")
    history.take(24 * 20, "request", (15, "implemented"))
    history.take(24 * 10, "approve", (25,))
    history.take(24 * 30, "reopen", (50,))
    colours = {day: in_sql(history.tracked, on(day), None)["rag"] for day in (14, 24, 25, 49, 50, 101)}
    assert colours == {14: "green", 24: "green", 25: "blue", 49: "blue", 50: "green", 101: "red"}
    asked_on = {day: in_sql(history.tracked, on(day), None)["closure_requested_on"] for day in (14, 15, 24, 25, 50)}
    assert asked_on == {14: None, 15: on(15), 24: on(15), 25: None, 50: None}
    assert Closure.objects.count() == 1


def test_what_was_not_tracked_yet_is_left_out(begin):
    history = begin("none")
    assert in_sql(history.tracked, PUBLISHED - DAY, None) is None
    assert in_sql(history.tracked, PUBLISHED, None) is not None
    assert in_sql(history.tracked, PUBLISHED, history.clock - DAY) is None
