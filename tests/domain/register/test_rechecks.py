"""Looking again at what was closed: what may follow what, by whom, and how it stands on each day."""

import datetime
from functools import partial

import pytest

from recommendations.domain.register import closures
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan, plan_of, usual_months
from recommendations.domain.register.rechecks.rechecks import OWN_SLIP, SAYS_NO
from recommendations.domain.risk.weights import weigh
from recommendations.domain.search import following
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import Recheck, SearchEntry, Standing, TrackedRecommendation
from tests.conftest import AT, TODAY
from tests.domain.constraints import written
from tests.makers.rechecks import MEASURE, SAW, make_closed
from tests.per_module import per_module
from tests.refusals import refusal
from tests.standings import latest, standing, stored

MONTHS = datetime.timedelta(days=182)
LATER = AT + MONTHS
LOOK_ON = TODAY + MONTHS


@per_module
def closed(tracked, officer, approver):
    return make_closed(tracked, by=officer, decided_by=approver, at=AT, look_on=LOOK_ON)


def looks(tracked) -> tuple:
    """What is said of looking again now, which is what the dated rows say."""
    assert stored(tracked) == latest(tracked)
    now = standing(tracked)
    return now.closed_on, now.recheck, now.look_again_on


def test_the_one_who_asks_proposes_and_the_one_who_decides_may_change_it(tracked, officer, approver):
    look = LookPlan(LOOK_ON, MEASURE)
    closure = closures.request_closure(
        tracked=tracked, outcome="implemented", reason="Done.", look=look, by=officer, at=AT
    )
    assert looks(tracked) == (None, "", None)
    closures.approve_closure(tracked=tracked, look=LookPlan(LOOK_ON + MONTHS, "All of them."), by=approver, at=AT)
    assert looks(tracked) == (TODAY, "again", LOOK_ON + MONTHS)
    assert plan_of(closure) == LookPlan(LOOK_ON + MONTHS, "All of them.")
    assert [row.recorded_by for row in closure.rechecks.order_by("id")] == [officer, approver]


def test_nothing_is_planned_unless_it_is_asked_for_and_not_where_the_decision_says_so(tracked, officer, approver):
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
    closures.approve_closure(tracked=tracked, look=LookPlan(), by=approver, at=AT)
    assert (looks(tracked), Recheck.objects.count()) == ((TODAY, "", None), 0)
    with refusal("closed"):
        rechecks.record_held(tracked=tracked, saw=SAW, by=officer, at=AT)
    rechecks.look_again(tracked=tracked, look=LookPlan(LOOK_ON, MEASURE), by=officer, at=AT)
    assert looks(tracked) == (TODAY, "again", LOOK_ON)


def test_the_decision_takes_a_proposed_look_back(tracked, officer, approver):
    look = LookPlan(LOOK_ON, MEASURE)
    closures.request_closure(tracked=tracked, outcome="implemented", reason="Done.", look=look, by=officer, at=AT)
    closures.approve_closure(tracked=tracked, look=LookPlan(), by=approver, at=AT)
    assert looks(tracked) == (TODAY, "not_again", None)


@pytest.mark.parametrize(
    ("look", "field"),
    [
        (LookPlan(TODAY, MEASURE), "look_on"),
        (LookPlan(TODAY.replace(year=2060), MEASURE), "look_on"),
        (LookPlan(LOOK_ON, " "), "held_if"),
    ],
)
def test_a_day_ahead_has_its_measure(tracked, officer, look, field):
    with pytest.raises(Refusal) as refused:
        closures.request_closure(tracked=tracked, outcome="implemented", reason="x", look=look, by=officer, at=AT)
    assert (refused.value.field, tracked.closures.count()) == (field, 0)


def test_it_has_held(closed, officer):
    row = rechecks.record_held(tracked=closed, saw=SAW, by=officer, at=LATER)
    assert (looks(closed), row.saw, row.effective_on) == ((TODAY, "held", None), SAW, LOOK_ON)
    assert [Standing.objects.on(day).get().recheck for day in (TODAY, LOOK_ON)] == ["again", "held"]


def test_it_is_too_early_to_say(closed, officer):
    again = LookPlan(LOOK_ON + MONTHS, "The same, in May.")
    rechecks.look_again(tracked=closed, look=again, saw=SAW, by=officer, at=LATER)
    assert looks(closed) == (TODAY, "again", LOOK_ON + MONTHS)


def test_a_slip_is_agreed_by_another_and_opens_it_again(closed, officer, approver):
    row = rechecks.report_slip(tracked=closed, saw=SAW, by=officer, at=LATER)
    assert looks(closed) == (TODAY, "slipped", None)
    rechecks.agree_slip(tracked=closed, by=approver, at=LATER, reason="I read the logs.")
    closure = closed.closures.get()
    assert (closure.reopened_on, closure.reopened_by, closure.reopened_why) == (LOOK_ON, approver, SAW)
    assert looks(closed) == (None, "", None)
    row.refresh_from_db()
    assert (row.agreed, row.decided_by, row.decision_reason) == (True, approver, "I read the logs.")


def test_a_slip_that_is_not_agreed_is_to_be_looked_at_as_before(closed, officer, approver):
    rechecks.report_slip(tracked=closed, saw=SAW, by=officer, at=LATER)
    with refusal("no-reason"):
        rechecks.decline_slip(tracked=closed, reason=" ", by=approver, at=LATER)
    rechecks.decline_slip(tracked=closed, reason="One night only.", by=approver, at=LATER)
    assert looks(closed) == (TODAY, "again", LOOK_ON)


def test_nobody_decides_their_own_slip(closed, approver):
    rechecks.report_slip(tracked=closed, saw=SAW, by=approver, at=LATER)
    for decide in (rechecks.agree_slip, partial(rechecks.decline_slip, reason="x")):
        with pytest.raises(NotAllowed, match=OWN_SLIP):
            decide(tracked=closed, by=approver, at=LATER)


def test_a_reopening_in_any_other_way_ends_its_look(closed, officer, approver):
    slip = rechecks.report_slip(tracked=closed, saw=SAW, by=officer, at=LATER)
    reopen = partial(closures.reopen, tracked=closed, reason="It failed.", at=LATER)
    for person in (officer, approver):
        with refusal("slipped"):
            reopen(by=person)
    rechecks.withdraw_recheck(row=slip, reason="Another force’s.", by=officer, at=LATER)
    reopen(by=officer)
    assert (looks(closed), list(Recheck.objects.waiting())) == ((None, "", None), [])
    with refusal("open"):
        rechecks.agree_slip(tracked=closed, by=approver, at=LATER)
    closures.request_closure(tracked=closed, outcome="implemented", reason="Again.", by=officer, at=LATER)
    closures.approve_closure(tracked=closed, by=approver, at=LATER)
    assert looks(closed) == (LOOK_ON, "", None)


@pytest.mark.parametrize(
    ("done", "verb", "says"),
    [
        ("nothing", "agree_slip", SAYS_NO["to be looked at again"]),
        ("held", "record_held", SAYS_NO["held"]),
        ("slipped", "look_again", SAYS_NO["slipped, to be decided"]),
        ("early", "record_held", "Enter"),
    ],
)
def test_what_cannot_follow_is_refused(closed, officer, approver, done, verb, says):
    before = {"held": rechecks.record_held, "slipped": rechecks.report_slip}.get(done)
    if before:
        before(tracked=closed, saw=SAW, by=officer, at=LATER)
    early = {"seen_on": TODAY - datetime.timedelta(days=1)} if done == "early" else {}
    act = {
        "agree_slip": rechecks.agree_slip,
        "record_held": partial(rechecks.record_held, saw=SAW, **early),
        "look_again": partial(rechecks.look_again, look=LookPlan(LOOK_ON + MONTHS, MEASURE)),
    }[verb]
    with pytest.raises(Refusal, match=says):
        act(tracked=closed, by=approver, at=LATER)


def test_a_look_is_withdrawn_until_it_was_decided(closed, officer, approver):
    row = rechecks.record_held(tracked=closed, saw=SAW, by=officer, at=LATER)
    rechecks.withdraw_recheck(row=row, reason="Of another force.", by=officer, at=LATER)
    assert looks(closed) == (TODAY, "again", LOOK_ON)
    slip = rechecks.report_slip(tracked=closed, saw=SAW, by=officer, at=LATER)
    rechecks.decline_slip(tracked=closed, reason="One night only.", by=approver, at=LATER)
    with refusal("decided-already"):
        rechecks.withdraw_recheck(row=slip, reason="Wrong.", by=officer, at=LATER)


def test_search_finds_the_measure_and_what_was_seen(closed, officer, approver):
    rechecks.report_slip(tracked=closed, saw=SAW, by=officer, at=LATER)
    rechecks.decline_slip(tracked=closed, reason="One night only.", by=approver, at=LATER)
    found = SearchEntry.objects.filter(source="recheck").order_by("id").values_list("title", "text")
    assert [title.partition(", ")[2] for title, _ in found] == ["look again 8 May 2027", "slipped", "stays closed"]
    assert {text for _, text in found} == {f"How we will know it lasted: {MEASURE}", SAW, "One night only."}
    assert list(following.wrong()) == []


@pytest.mark.on_postgresql
def test_each_constraint_holds(closed, officer, approver):
    wrong = {"withdrawn_at": AT.replace(year=2020), "withdrawn_why": "Wrong."}
    slip = {"answer": "slipped", "look_on": None, "saw": "x", "decided_on": TODAY, "decided_at": AT}
    refused = {
        "recheck_answer_known": {"answer": "perhaps"},
        "recheck_day_has_its_measure": {"held_if": ""},
        "recheck_says_what_was_seen": {"answer": "held", "look_on": None},
        "recheck_decision_has_its_stamps": {"agreed": True},
        "recheck_decided_by_another": slip | {"agreed": True, "recorded_by": officer, "decided_by": officer},
        "recheck_declined_says_why": slip | {"agreed": False, "decided_by": approver},
        "recheck_withdrawn_with_reason": {"withdrawn_at": AT},
        "recheck_withdrawn_by_at": {"withdrawn_by": officer},
        "recheck_withdrawn_after_recorded": wrong,
    }
    told = {name: written(Recheck, values) for name, values in refused.items()}
    assert [name for name, said in told.items() if name not in said] == []


def test_what_was_of_high_risk_is_looked_at_again_after_half_a_year_unless_the_office_says_otherwise(
    tracked, officer, settings
):
    assert usual_months(tracked) == 0
    weigh(tracked=tracked, risk="high", why="Nobody looks.", by=officer, at=AT)
    assert usual_months(TrackedRecommendation.objects.get()) == 6
    settings.LOOK_AGAIN_MONTHS = 12
    assert usual_months(TrackedRecommendation.objects.get()) == 12
