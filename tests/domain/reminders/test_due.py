"""What is said on which day to whom, once, until it is done: each topic, day by day."""

import datetime

import pytest
from django.db.models import Count

from recommendations.days import read_day
from recommendations.domain.actions.actions import tick_actions
from recommendations.domain.audit.verification import verify
from recommendations.domain.mails.mail_ledger import mark_failed
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.papers import to_finalise
from recommendations.domain.people import records
from recommendations.domain.register import closures, voices
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.reminders import ledger, rules, switches
from recommendations.domain.reminders.audience import everyone
from recommendations.domain.reminders.due import due_by_person
from recommendations.domain.reminders.matters import SOURCES
from recommendations.domain.reminders.preview import PreviewLine, preview
from recommendations.domain.reminders.steps import WAITING
from recommendations.domain.responses.awaited import to_approve
from recommendations.domain.responses.draft import approval_workflow
from recommendations.emails.daily import send_reminders
from recommendations.enums import MailState, Role
from recommendations.enums.actions import ActionVoice
from recommendations.enums.reminders import ReminderTo, ReminderTopic
from recommendations.models import (
    BankHoliday,
    ReminderItem,
    ReminderMail,
    ReminderPlan,
    ReminderRule,
    ScrutinyReport,
    User,
)
from recommendations.models.reminders.reminders import RULED
from recommendations.periods import Period, day_start
from tests.conftest import AT, make_person, make_tracked
from tests.makers.actions import make_action
from tests.makers.commitments import check
from tests.makers.reminders import ABOUT, ASKED, DAY, ask, assure, decide, moment, one_of_each, told
from tests.makers.responses import make_published
from tests.per_module import per_module
from tests.verb_cases.handing_over import mark as mark_handed_over

HALF_AN_HOUR = datetime.timedelta(minutes=30)
FIRST, LAST = datetime.date(2026, 11, 26), datetime.date(2027, 1, 15)
DECEMBER = Period(datetime.date(2026, 12, 1), datetime.date(2026, 12, 31))


@per_module
def second_officer():
    return make_person("Olwen Price", Role.OPCC_OFFICER)


@per_module
def second_approver():
    return make_person("Sam Reed", Role.APPROVING_OFFICER)


@per_module
def made(body, westmarch, officer, second_officer, approver, second_approver, force_lead, other_force_lead, member):
    """One of each topic. Margaret asked for the closure, Sam prepared the paper."""
    people = {"officer": officer, "asker": approver, "preparer": second_approver, "lead": force_lead}
    return one_of_each(westmarch, body, **people)


def run(*days: datetime.date) -> None:
    for day in days:
        outcomes = list(send_reminders(on=day, clock=lambda day=day: moment(day)))
        assert {each.state for each in outcomes} <= {MailState.SENT}


def weekdays(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The days on which the timer runs, bank holidays too."""
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5]


@per_module
def told_daily(made):
    """A run on each weekday of seven weeks."""
    run(*weekdays(FIRST, LAST))
    return made


SAID = {
    ReminderTopic.RESPONSE: [
        *("30 Nov Hannah 28", "30 Nov Olwen 28", "14 Dec Hannah 14", "14 Dec Olwen 14"),
        *("21 Dec Hannah 7", "21 Dec Olwen 7", "24 Dec Hannah 1", "24 Dec Olwen 1"),
        *("29 Dec Hannah after", "29 Dec Margaret late", "29 Dec Olwen after", "29 Dec Sam late"),
    ],
    ReminderTopic.CLOSURE: ["27 Nov Sam 0", "2 Dec Sam late"],
    ReminderTopic.APPROVAL: ["27 Nov Margaret 0", "27 Nov Sam 0", "2 Dec Margaret late", "2 Dec Sam late"],
    ReminderTopic.PAPER: ["27 Nov Margaret 0", "11 Dec Margaret late"],
    ReminderTopic.RETURNED: ["27 Nov Callum 0"],
    ReminderTopic.TARGET: ["21 Dec Hannah 7", "24 Dec Hannah 0", "11 Jan Margaret late", "11 Jan Sam late"],
    ReminderTopic.ACTION: ["21 Dec Callum 7", "24 Dec Callum 0", "29 Dec Callum after"],
    ReminderTopic.COMMITMENT: ["24 Dec Hannah 0", "11 Jan Margaret late", "11 Jan Sam late"],
    ReminderTopic.ASSURANCE: ["24 Dec Hannah 0", "24 Dec Olwen 0", "11 Jan Margaret late", "11 Jan Sam late"],
    ReminderTopic.DISPUTE: ["24 Dec Hannah 0", "24 Dec Olwen 0", "11 Jan Margaret late", "11 Jan Sam late"],
    ReminderTopic.RECHECK: [
        *("14 Dec Hannah 14", "14 Dec Olwen 14", "24 Dec Hannah 0", "24 Dec Olwen 0"),
        *("11 Jan Margaret late", "11 Jan Sam late"),
    ],
}


@pytest.mark.on_postgresql
@pytest.mark.parametrize("topic", RULED)
def test_each_topic_is_said_on_its_days_to_whom_it_concerns(told_daily, topic):
    assert told(topic=topic) == SAID[topic]


@pytest.mark.sqlite_alone
def test_the_e_mails_of_seven_weeks_are_one_a_person_a_day_and_proven(told_daily):
    days = list(ReminderMail.objects.values_list("person", "day"))
    assert (len(days), verify()) == (len(set(days)), [])


def test_an_item_that_is_changed_or_taken_away_is_found(told_daily):
    item = ReminderItem.objects.filter(topic=ReminderTopic.CLOSURE).first()
    for change in ({"step": "9"}, {"subject": item.subject + 1}, {"about_on": ABOUT}):
        ReminderItem.objects.filter(pk=item.pk).update(**change)
        assert verify() == [f"The reminder mail {item.mail_id} was changed: items."]
    item.delete()
    assert verify() == [f"The reminder mail {item.mail_id} was changed: items."]


def close(tracked, at):
    ask(tracked, None, at)
    closures.approve_closure(tracked=tracked, by=None, at=at)


def finalise(paper, at):
    figures = compile_figures(paper=paper, known_at=at)
    papers.finalise(paper=paper, figures=figures, content=b"%PDF", by=None, at=at)


# What ends each of them, at a moment.
ENDS = {
    ReminderTopic.RESPONSE: lambda report, at: record_answer(report, at),
    ReminderTopic.CLOSURE: lambda closure, at: closures.approve_closure(tracked=closure.tracked, by=None, at=at),
    ReminderTopic.APPROVAL: lambda response, at: approval_workflow.approve(response=response, by=None, at=at),
    ReminderTopic.PAPER: finalise,
    ReminderTopic.RETURNED: lambda closure, at: ask(closure.tracked, None, at),
    ReminderTopic.TARGET: close,
    ReminderTopic.ACTION: lambda action, at: tick_actions(actions=[action], by=None, at=at),
    ReminderTopic.COMMITMENT: lambda commitment, at: check(commitment, at=at),
    ReminderTopic.ASSURANCE: assure,
    ReminderTopic.DISPUTE: decide,
    ReminderTopic.RECHECK: lambda tracked, at: rechecks.record_held(tracked=tracked, saw="Nothing.", by=None, at=at),
}


def record_answer(report, at):
    make_published([report], report.covers.get().force.oversights.get().body, by=None, approver=None, at=at)


def days_of(topic) -> list[datetime.date]:
    """The days on which it would be said."""
    said = dict.fromkeys(" ".join(each.split()[:2]) for each in SAID[topic])
    return [read_day(f"{day} {2027 if 'Jan' in day else 2026}") for day in said]


# A closure that was returned ends by being asked for again, so that somebody is told of the closure.
TOGETHER = [topic for topic in RULED if topic != ReminderTopic.RETURNED]


@pytest.mark.sqlite_alone
@pytest.mark.parametrize(
    "topics",
    [
        TOGETHER,
        [ReminderTopic.RETURNED],
        *(pytest.param([topic], marks=pytest.mark.soak) for topic in TOGETHER),
    ],
    ids=" ".join,
)
def test_each_topic_ends_when_it_is_done(made, topics):
    for topic in topics:
        ENDS[topic](made[topic], ASKED + HALF_AN_HOUR)
    run(*sorted({day for topic in topics for day in (days_of(topic)[0], days_of(topic)[-1])}))
    assert {topic: told(topic=topic) for topic in topics} == {topic: [] for topic in topics}


@pytest.mark.sqlite_alone
def test_a_run_that_was_missed_says_the_latest_step_once_and_none_that_is_too_old(made):
    run(datetime.date(2026, 12, 23), datetime.date(2027, 1, 4))
    assert told(topic=ReminderTopic.RESPONSE)[:3] == ["23 Dec Hannah 7", "23 Dec Olwen 7", "4 Jan Hannah after"]
    assert told(topic=ReminderTopic.CLOSURE) == ["23 Dec Sam late"]
    assert told(topic=ReminderTopic.RETURNED) == ["23 Dec Callum 0"]


@pytest.mark.on_postgresql
def test_a_reminder_on_a_bank_holiday_that_was_proclaimed_goes_the_working_day_before(made):
    """And what has passed, the working day after."""
    for day, name in ((datetime.date(2026, 12, 21), "Jubilee"), (datetime.date(2026, 12, 29), "Jubilee again")):
        records.keep(record=BankHoliday(on=day, name=name, source="The London Gazette"), by=None, at=ASKED)
    run(datetime.date(2026, 12, 17), datetime.date(2026, 12, 18), datetime.date(2026, 12, 24))
    assert told(topic=ReminderTopic.RESPONSE) == [
        *("17 Dec Hannah 14", "17 Dec Olwen 14", "18 Dec Hannah 7", "18 Dec Olwen 7"),
        *("24 Dec Hannah 1", "24 Dec Olwen 1"),
    ]
    run(datetime.date(2026, 12, 29), datetime.date(2026, 12, 30))
    assert told(topic=ReminderTopic.RESPONSE)[6:] == [
        *("30 Dec Hannah after", "30 Dec Margaret late", "30 Dec Olwen after", "30 Dec Sam late")
    ]
    month = preview(DECEMBER, ReminderRule.objects.on(DECEMBER.end))
    assert not {line.day for line in month.lines} & {*BankHoliday.objects.by_day()}


@pytest.mark.sqlite_alone
def test_after_ten_weeks_without_a_run_only_what_still_waits_is_said(made):
    run(datetime.date(2027, 3, 1))
    assert {item.topic for item in ReminderItem.objects.all()} == {*WAITING}


def test_an_e_mail_that_failed_goes_the_next_day_with_what_is_due_then(made, officer):
    claimed = ledger.claim(person=officer, on=datetime.date(2026, 12, 21), at=moment(datetime.date(2026, 12, 21)))
    mark_failed(claimed, "No way.", at=ASKED)
    close(made[ReminderTopic.TARGET], moment(datetime.date(2026, 12, 22)))
    run(datetime.date(2026, 12, 22))
    mail = officer.reminders.get()
    assert ([item.trail_facts[:4] for item in mail.items.all()], mail.attempts) == (
        [
            ["response", made[ReminderTopic.RESPONSE].pk, "2026-12-28", "7"],
            ["recheck", made[ReminderTopic.RECHECK].pk, "2026-12-28", "14"],
        ],
        2,
    )
    assert verify() == []


@pytest.mark.sqlite_alone
def test_what_a_person_switched_off_stays_off(made, officer):
    switches.choose(person=officer, wanted=[ReminderTopic.TARGET, ReminderTopic.ROUND])
    assert switches.switched_off_topics(officer) == {*switches.topics_for(officer)} - {"target", "round"}
    run(*days_of(ReminderTopic.RESPONSE)[:3])
    assert {item.topic for item in ReminderItem.objects.filter(person=officer)} == {"target"}
    assert "30 Nov Olwen 28" in told(topic=ReminderTopic.RESPONSE)


@pytest.mark.sqlite_alone
def test_no_one_is_asked_who_may_not_decide_as_the_pages_have_it(made):
    on = datetime.date(2026, 11, 27)
    due = due_by_person(on, ReminderRule.objects.on(on), everyone(), {})
    for topic, may in (
        (ReminderTopic.APPROVAL, lambda each: to_approve(each).exists()),
        (ReminderTopic.PAPER, lambda each: may_finalise(each, on)),
    ):
        asked = {pk for pk, found in due.items() if topic in {each.matter.topic for each in found}}
        assert asked == {each.pk for each in User.objects.all() if may(each)}


@pytest.mark.on_postgresql
def test_nothing_is_due_on_a_register_that_was_handed_over(made, westmarch, eastvale):
    on = datetime.date(2026, 11, 27)

    def due() -> set[str]:
        found = due_by_person(on, ReminderRule.objects.on(on), everyone(), {})
        return {each.matter.topic for matters in found.values() for each in matters}

    before = due()
    mark_handed_over(westmarch)
    assert due() == before & {ReminderTopic.RESPONSE, ReminderTopic.APPROVAL, ReminderTopic.COMMITMENT}
    assert due()
    mark_handed_over(eastvale)
    assert due() == set()


def may_finalise(person, on) -> bool:
    return person.has_perm("finalise_paper") and to_finalise(ScrutinyReport.objects.all(), person, on).exists()


@pytest.mark.sqlite_alone
def test_a_lead_who_moved_hears_nothing_of_the_force_they_left(made, force_lead, eastvale):
    force_lead.force = eastvale
    records.keep(record=force_lead, by=None, at=ASKED)
    run(datetime.date(2026, 11, 27))
    assert told(topic=ReminderTopic.RETURNED) == []


# Each change of the rule for targets, and who is told on the days of the built-in rule and on 23 December.
RULES = {
    "off": (ReminderPlan(is_on=False), []),
    "the force too": (
        ReminderPlan(days_before=(7,), tell_force=True),
        ["21 Dec Callum 7", "21 Dec Hannah 7"],
    ),
    "officers": (ReminderPlan(days_before=(7,), to=ReminderTo.OFFICERS), ["21 Dec Hannah 7", "21 Dec Olwen 7"]),
    "the office": (
        ReminderPlan(days_before=(5,), to=ReminderTo.OFFICE),
        [f"23 Dec {name} 5" for name in ("Hannah", "Margaret", "Olwen", "Sam")],
    ),
    "after and late": (
        ReminderPlan(days_before=(), day_after=True, late_days=1, to=ReminderTo.OFFICE),
        ["29 Dec Hannah after", "29 Dec Margaret late", "29 Dec Olwen after", "29 Dec Sam late"],
    ),
}


def test_an_action_is_told_its_owner_and_the_forces_leads_or_the_office_that_does_it(
    made, administrator, force_lead, officer
):
    tracked = made[ReminderTopic.TARGET]
    second = make_person("Ffion Rees", Role.FORCE_INSPECTION_LEAD, force=tracked.force)
    for owner, voice in ((force_lead.name, ActionVoice.FORCE), (officer.name, ActionVoice.OFFICE)):
        make_action(tracked, due_on=ABOUT, owner=owner, voice=voice)
    run(datetime.date(2026, 12, 21))
    assert told(topic=ReminderTopic.ACTION) == ["21 Dec Callum 7"] * 2 + ["21 Dec Ffion 7"] * 2 + ["21 Dec Hannah 7"]
    plan = ReminderPlan(days_before=(0,), tell_force=False, late_days=1)
    rules.set_reminder_rule(topic=ReminderTopic.ACTION, plan=plan, by=administrator, at=AT)
    ReminderItem.objects.all().delete()
    run(datetime.date(2026, 12, 24), datetime.date(2026, 12, 29))
    assert told(topic=ReminderTopic.ACTION, person__in=[force_lead, second, officer]) == [
        *("24 Dec Callum 0", "24 Dec Hannah 0"),
    ]


IN_THE_SOAK = ("the force too", "officers")


@pytest.mark.sqlite_alone
@pytest.mark.parametrize(
    ("plan", "said"),
    [
        pytest.param(*rule, id=name, marks=[pytest.mark.soak] if name in IN_THE_SOAK else [])
        for name, rule in RULES.items()
    ],
)
def test_the_office_says_when_and_who(made, administrator, plan, said):
    rules.set_reminder_rule(topic=ReminderTopic.TARGET, plan=plan, by=administrator, at=AT)
    run(*(datetime.date(2026, 12, day) for day in (21, 23, 29)))
    assert told(topic=ReminderTopic.TARGET) == said


def test_a_preview_says_what_was_sent_also_when_all_is_done_since(told_daily):
    for topic, end in ENDS.items():
        end(told_daily[topic], moment(LAST))
    plans = ReminderRule.objects.on(LAST)
    found = preview(DECEMBER, plans)
    lines = [(each.day, each.name, each.topic, each.step, each.number) for each in found.lines]
    items = ReminderItem.objects.filter(mail__day__range=(DECEMBER.start, DECEMBER.end))
    sent = items.values_list("mail__day", "person__name", "topic", "step").annotate(number=Count("pk"))
    assert sorted(lines) == sorted(sent)
    assert (found.mails, found.people) == (len({each[:2] for each in lines}), 5)
    assert preview(DECEMBER, plans, [ReminderTopic.PAPER]).lines == (
        PreviewLine(datetime.date(2026, 12, 11), "Margaret Osei", ReminderTopic.PAPER, "late", 1),
    )


@pytest.mark.sqlite_alone
@pytest.mark.parametrize("sunday", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)])
def test_where_the_clocks_change_a_day_is_londons(made, approver, sunday):
    """What is asked for half an hour into the Sunday or the Monday waits from that day on, and no earlier."""
    for day in (sunday, sunday + DAY):
        ask(make_tracked(made[ReminderTopic.RESPONSE], number=f"{day.day}"), approver, day_start(day) + HALF_AN_HOUR)
    found = [
        [each.about_on for each in closures_on(day) if each.about_on >= sunday]
        for day in (sunday - DAY, sunday, sunday + DAY)
    ]
    assert found == [[], [sunday], [sunday, sunday + DAY]]


def closures_on(day):
    return SOURCES[ReminderTopic.CLOSURE].find(day, Period(day, day))


@pytest.mark.on_postgresql
def test_a_run_asks_as_much_for_many_as_for_one(made, django_assert_num_queries):
    report = made[ReminderTopic.RESPONSE]
    for number in range(2):
        with django_assert_num_queries(36):
            ledger.waiting(datetime.date(2026, 12, 24), AT)
        row = make_tracked(report, number=str(number + 1))
        voices.set_target(tracked=row, target_on=ABOUT, by=None, at=AT)
        assure(row, revisit_on=ABOUT)
