"""Planned inspections: what is said of them is added, the latest speaks, and any day and moment can be asked for."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.inspections import inspections, plans
from recommendations.domain.inspections.plan_queries import PlanRow, ahead, latest_of, speaking
from recommendations.domain.writing.refusals import Stale
from recommendations.enums import PlanState
from recommendations.models import Inspection, PlanAnnouncement, PlannedInspection, TrailEntry
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection
from tests.makers.inspections import LETTER, SAID, change, link, make_plan
from tests.refusals import refusal_of

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
LATER = AT + 2 * DAY


def said(as_at=None, known_at=None) -> list[tuple[str, str]]:
    return [(row.plan.title, row.expected) for row in ahead(PlanAnnouncement.objects.all(), as_at, known_at)]


def last_verb() -> tuple[str, str, str]:
    entry = TrailEntry.objects.order_by("sequence").last()
    return entry.verb, entry.about, entry.reason


# Planning


def test_a_plan_keeps_the_words_and_the_days_they_were_read_as(westmarch, officer):
    plan = make_plan(westmarch, by=officer)
    row = latest_of(plan)
    days = (datetime.date(2026, 12, 1), datetime.date(2027, 2, 28))
    assert (row.expected, row.from_on, row.until_on) == ("winter 2026/27", *days)
    assert (row.state, row.source, row.effective_on) == (PlanState.AHEAD, LETTER, SAID)
    assert (row.recorded_at, row.recorded_by) == (AT, officer)
    assert last_verb() == ("plan_inspection", "PEEL 2025–27", "")
    assert verification.verify() == []


def test_days_that_are_entered_stand_for_the_words(westmarch):
    one = make_plan(westmarch, expected="early in the year", from_on=datetime.date(2027, 1, 11))
    other = make_plan(westmarch, title="Other", expected="early in the year")
    assert [(row.from_on, row.until_on) for row in map(latest_of, (one, other))] == [
        (datetime.date(2027, 1, 11), datetime.date(2027, 1, 11)),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"title": " "}, ("required", "title")),
        ({"kind": "lunch"}, ("invalid-choice", "kind")),
        ({"expected": " "}, ("required", "expected")),
        ({"source": " "}, ("required", "source")),
        (
            {"said_on": TODAY + DAY},
            ("in-the-future", "said_on"),
        ),
        (
            {"expected": "July 2026"},
            ("before-said", "expected"),
        ),
        (
            {"from_on": datetime.date(2027, 2, 1), "until_on": datetime.date(2027, 1, 1)},
            ("ends-before-start", "until_on"),
        ),
    ],
)
def test_what_is_missing_or_impossible_is_refused(westmarch, facts, says):
    assert refusal_of(make_plan, westmarch, **facts) == says
    assert (PlannedInspection.on_file.count(), PlanAnnouncement.objects.count()) == (0, 0)


def test_the_same_is_planned_once_for_each_force_until_it_is_over(westmarch, eastvale):
    plan = make_plan(westmarch)
    says = ("planned-already", "title")
    assert refusal_of(make_plan, westmarch, title="peel 2025–27") == says
    make_plan(eastvale)
    change(plan, called_off=True)
    make_plan(westmarch)


def test_the_day_is_londons(westmarch):
    """00:30 in summer is the day before in UTC."""
    at = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
    plan = make_plan(westmarch, said_on=None, at=at)
    assert latest_of(plan).effective_on == datetime.date(2026, 7, 1)


# What was said since


def test_what_is_said_since_is_added(westmarch, officer):
    plan = make_plan(westmarch)
    change(plan, expected="May 2027", said_on=SAID + 30 * DAY, by=officer, reason="No inspectors.")
    assert [row.expected for row in plan.announcements.latest_first()] == ["May 2027", "winter 2026/27"]
    assert said() == [("PEEL 2025–27", "May 2027")]
    assert said(SAID + 29 * DAY) == [("PEEL 2025–27", "winter 2026/27")]
    assert said(SAID - DAY) == []
    assert last_verb() == ("change_plan", "PEEL 2025–27", "No inspectors.")
    assert verification.verify() == []


def test_a_title_is_corrected_without_a_source(westmarch):
    plan = make_plan(westmarch)
    change(plan, title="PEEL 2025/27", source="")
    assert (PlannedInspection.objects.get().title, PlanAnnouncement.objects.count()) == ("PEEL 2025/27", 1)
    assert refusal_of(change, plan, source="") == ("unchanged", None)
    assert refusal_of(change, plan, expected="May 2027", source=" ") == ("required", "source")


def test_the_same_words_from_another_source_are_a_confirmation(westmarch):
    plan = make_plan(westmarch)
    change(plan, source="HMICFRS’s site")
    assert [row.source for row in plan.announcements.latest_first()] == ["HMICFRS’s site", LETTER]


def test_what_is_older_than_what_is_on_record_is_refused(westmarch):
    plan = make_plan(westmarch)
    early = {"expected": "May 2027", "said_on": SAID - DAY}
    assert refusal_of(change, plan, naming="1 September 2026", **early) == ("later-on-record", "said_on")
    assert PlannedInspection.objects.get().version == 1


def test_what_is_called_off_is_no_longer_ahead_from_that_day(westmarch):
    plan = make_plan(westmarch)
    change(plan, called_off=True, said_on=SAID + 10 * DAY)
    assert (said(), said(SAID + 9 * DAY)) == ([], [("PEEL 2025–27", "winter 2026/27")])
    assert refusal_of(change, plan, expected="May 2027") == (PlanState.CALLED_OFF, None)
    assert refusal_of(link, plan, make_inspection(westmarch)) == (PlanState.CALLED_OFF, None)


def test_two_people_who_change_one_plan_do_not_overwrite_each_other(westmarch):
    plan = make_plan(westmarch)
    change(plan, expected="May 2027")
    with pytest.raises(Stale):
        change(plan, expected="June 2027", version=1)
    assert latest_of(plan).expected == "May 2027"


# Its report


def report(force, published_on=TODAY, **facts) -> Inspection:
    return make_inspection(force, title="PEEL at last", published_on=published_on, **facts)


def test_from_the_reports_day_on_it_is_no_longer_ahead(westmarch, officer):
    plan, came = make_plan(westmarch), report(westmarch, TODAY - 7 * DAY)
    link(plan, came, by=officer)
    row = latest_of(plan)
    assert (row.state, row.inspection, row.source) == (PlanState.CAME, came, "The report: PEEL at last")
    assert (said(TODAY - 8 * DAY), said(TODAY - 7 * DAY), said()) == ([("PEEL 2025–27", "winter 2026/27")], [], [])
    assert said(TODAY, AT - HOUR) == []  # not even the plan was recorded then
    assert refusal_of(change, plan, expected="May 2027") == (PlanState.CAME, None)
    assert refusal_of(link, plan, came) == (PlanState.CAME, None)
    assert verification.verify() == []


def test_a_report_that_cannot_be_its_own_is_refused(westmarch, eastvale):
    plan = make_plan(westmarch)
    other = report(eastvale)
    assert refusal_of(link, plan, other) == ("not-covered", "inspection")
    early = make_inspection(westmarch)
    assert refusal_of(link, plan, early, naming="15 January 2026") == ("published-earlier", "inspection")
    with pytest.raises(Stale):
        plans.link_plan(plan=plan, version=7, inspection=early, by=None, at=AT)


def test_a_plan_whose_report_is_withdrawn_is_ahead_again(westmarch):
    plan, came = make_plan(westmarch), report(westmarch)
    link(plan, came)
    with verb("undo", by=None, at=LATER) as act:
        came.withdrawn_at, came.withdrawn_why = LATER, "The wrong file."
        act.save(came)
    assert said() == [("PEEL 2025–27", "winter 2026/27")]
    assert said(TODAY, LATER - HOUR) == []
    change(plan, expected="May 2027", at=LATER + HOUR)
    assert said() == [("PEEL 2025–27", "May 2027")]


# Withdrawing


def test_an_entry_that_is_withdrawn_no_longer_speaks_and_stays(westmarch, officer):
    plan = make_plan(westmarch)
    change(plan, expected="May 2027", at=AT + HOUR)
    wrong = latest_of(plan)
    act = plans.withdraw_announcement
    assert refusal_of(act, announcement=wrong, reason=" ", by=officer, at=LATER) == (
        "no-reason",
        "reason",
    )
    act(announcement=wrong, reason="A rumour.", by=officer, at=LATER)
    assert said() == [("PEEL 2025–27", "winter 2026/27")]
    assert said(TODAY, LATER - HOUR) == [("PEEL 2025–27", "May 2027")]
    assert said(TODAY, AT) == [("PEEL 2025–27", "winter 2026/27")]
    assert refusal_of(act, announcement=wrong, reason="Again.", by=officer, at=LATER) == (
        "withdrawn",
        None,
    )
    only = latest_of(plan)
    assert refusal_of(act, announcement=only, reason="Wrong.", by=officer, at=LATER) == (
        "only-entry",
        None,
    )
    assert verification.verify() == []


def test_a_plan_that_is_withdrawn_is_in_no_list_and_on_file(westmarch, officer):
    plan = make_plan(westmarch)
    facts = {"plan": plan, "version": 1, "by": officer, "at": LATER}
    assert refusal_of(plans.withdraw_plan, reason=" ", **facts) == ("no-reason", "reason")
    plans.withdraw_plan(reason="Of another force.", **facts)
    assert (said(), PlannedInspection.objects.count(), PlannedInspection.on_file.count()) == ([], 0, 1)
    assert said(TODAY, LATER - HOUR) == [("PEEL 2025–27", "winter 2026/27")]
    gone = ("withdrawn", None)
    assert refusal_of(plans.withdraw_plan, reason="Again.", **facts) == gone
    row = plan.announcements.get()
    assert refusal_of(plans.withdraw_announcement, announcement=row, reason="x", by=officer, at=LATER) == gone
    make_plan(westmarch, at=LATER)  # the same can be planned again
    assert last_verb() == ("plan_inspection", "PEEL 2025–27", "")


# As lists show them


@pytest.mark.on_postgresql
def test_the_soonest_comes_first_and_what_names_no_day_last(westmarch, eastvale):
    for title, expected in (("Later", "May 2027"), ("Vague", "to be confirmed"), ("Soon", "December 2026")):
        make_plan(eastvale if title == "Soon" else westmarch, title=title, expected=expected)
    assert [title for title, _ in said()] == ["Soon", "Later", "Vague"]


@pytest.mark.on_postgresql
@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_one_query(westmarch, number, django_assert_num_queries):
    for place in range(number):
        make_plan(westmarch, title=f"Plan {place}")
    with django_assert_num_queries(1):
        assert len([row.plan.force.name for row in ahead(PlanAnnouncement.objects.all(), TODAY, AT)]) == number


def test_each_sees_their_own(westmarch, eastvale, officer, force_lead, other_force_lead, member, administrator):
    make_plan(westmarch)
    seen = {
        person.name: speaking(PlanAnnouncement.objects.visible_to(person)).count()
        for person in (officer, force_lead, other_force_lead, member, administrator)
    }
    assert list(seen.values()) == [1, 1, 0, 0, 0]


def test_a_row_in_words(westmarch):
    plan = make_plan(westmarch)
    row = PlanRow(latest_of(plan), TODAY)
    assert (row.days, row.state, row.is_past) == ("1 December 2026 to 28 February 2027", "", False)
    past = PlanRow(latest_of(plan), datetime.date(2027, 3, 1))
    assert (past.state, past.is_past) == ("This time has passed", True)
    vague = PlanRow(latest_of(make_plan(westmarch, title="Vague", expected="soon")), TODAY)
    assert (vague.days, vague.state, vague.is_past) == ("", "No day named", False)
    sharp = PlanRow(latest_of(make_plan(westmarch, title="Sharp", expected="12 January 2027")), TODAY)
    assert sharp.days == ""


def test_a_national_report_ends_the_plan_of_each_force_by_itself(westmarch, eastvale):
    mine, theirs = make_plan(westmarch), make_plan(eastvale)
    both = inspections.add_inspection(
        forces=[westmarch, eastvale],
        title="Both",
        short_name="B",
        kind="peel",
        published_on=TODAY,
        by=None,
        at=AT,
    )
    link(mine, both)
    assert [row.plan for row in ahead(PlanAnnouncement.objects.all())] == [theirs]
