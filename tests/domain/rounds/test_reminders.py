"""Who is told on which day, one email a person a day at most, and a ledger that never tells anybody the same twice."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from recommendations.domain.mails import mail_ledger
from recommendations.domain.mails.mail_ledger import STALE_AFTER, STOPPED
from recommendations.domain.people import records
from recommendations.domain.register import closures
from recommendations.domain.reminders import ledger
from recommendations.domain.reminders.ledger import claim
from recommendations.domain.rounds import reminders, rounds
from recommendations.domain.rounds.reminders import kind_on
from recommendations.emails.daily import send_reminders
from recommendations.enums import MailState, ReminderKind, Role
from recommendations.models import ReminderItem, ReminderMail, UpdateRound
from tests.conftest import AT, make_person
from tests.makers.rounds import DUE, answered, make_round
from tests.per_module import per_module

ASKED, BEFORE, AFTER = ReminderKind
DAY, SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)


def november(day: int) -> datetime.date:
    return datetime.date(2026, 11, day)


def moment(on: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(on, datetime.time(9), tzinfo=datetime.UTC)


def run(*days: int) -> list[tuple[int, str]]:
    """Run on these days of November; who was told, by the first part of their address."""
    found = []
    for day in days:
        for outcome in send_reminders(on=november(day), clock=lambda day=day: moment(november(day))):
            assert (outcome.state, outcome.problem) == (MailState.SENT, "")
        sent = ReminderMail.objects.filter(day=november(day), state=MailState.SENT)
        found += [(day, mail.person.name.split()[0], kinds_of(mail)) for mail in sent.order_by("person__name")]
    return found


def kinds_of(mail) -> str:
    return ", ".join(mail.items.values_list("kind", flat=True))


@per_module
def asked(body, westmarch, officer, force_lead, approver, other_force_lead, member, administrator):
    """A round from Saturday 7 to Friday 20 November, with everybody there who must not be told."""
    return make_round(westmarch, by=officer)


def test_a_day_has_one_thing_to_say(asked):
    said = {day: kind_on(asked, november(day), {}) for day in range(7, 31)}
    assert [day for day, kind in said.items() if kind == ASKED] == list(range(7, 17))
    assert [day for day, kind in said.items() if kind == BEFORE] == [17, 18, 19, 20]
    assert [day for day, kind in said.items() if kind is None] == [21, 22]  # the weekend after the last day
    assert [day for day, kind in said.items() if kind == AFTER] == list(range(23, 31))
    assert kind_on(asked, DUE + 400 * DAY, {}) == AFTER


def test_a_short_round_has_no_reminder_before_its_last_day(westmarch):
    short = make_round(westmarch, due_on=november(9))
    assert [kind_on(short, november(day), {}) for day in (7, 8, 9, 10)] == [ASKED, ASKED, ASKED, AFTER]


def test_a_run_each_day_tells_at_the_start_before_and_after_and_nobody_else(asked):
    assert run(*range(7, 31)) == [
        (7, "Callum", "asked"),
        (17, "Callum", "before"),
        (23, "Callum", "after"),
        (23, "Hannah", "after"),  # who asked
    ]


def test_runs_that_were_missed_are_caught_up_with_while_it_is_true(asked):
    assert run(10, 20, 30) == [
        (10, "Callum", "asked"),
        (20, "Callum", "before"),
        (30, "Callum", "after"),
        (30, "Hannah", "after"),
    ]


@pytest.mark.soak
def test_what_is_past_is_not_said_any_more(asked):
    assert run(21, 22, 23) == [(23, "Callum", "after"), (23, "Hannah", "after")]


@pytest.mark.soak
def test_who_hears_of_a_round_first_when_its_last_day_is_near_is_told_that(asked):
    assert run(18, 19, 20) == [(18, "Callum", "before")]


def test_a_day_before_the_asking_says_nothing(asked):
    assert run(6) == []


def test_it_is_quiet_once_everything_is_answered_and_speaks_again_of_a_question(asked, force_lead, officer):
    answers = [answered(line, force_lead) for line in asked.lines.all()]
    assert run(7, 17, 23) == []
    rounds.return_answer(answer=answers[0], question="How many?", by=officer, at=AT)
    assert run(24, 25) == [(24, "Callum", "after"), (24, "Hannah", "after")]


def test_what_is_accepted_or_closed_meanwhile_counts_as_answered(asked, force_lead, officer, approver):
    first, *rest = asked.lines.all()
    rounds.accept_answer(answer=answered(first, force_lead), by=officer, at=AT)
    for line in rest:
        closures.request_closure(tracked=line.tracked, outcome="implemented", reason="Done.", by=officer, at=AT)
        closures.approve_closure(tracked=line.tracked, by=approver, at=AT)
    assert run(7, 17, 23) == []


def test_a_closed_round_is_quiet(asked, officer):
    rounds.close_round(round=asked, by=officer, at=AT)
    assert run(7, 17, 23) == []


def test_one_e_mail_a_day_gathers_all_rounds(asked, westmarch, officer, mailoutbox):
    other = make_round(westmarch, by=officer, name="Custody", title="Vetting", due_on=november(18))
    assert run(7) == [(7, "Callum", "asked, asked")]
    (mail,) = mailoutbox
    assert [line for line in mail.body.splitlines() if line.startswith("http")] == [
        f"http://127.0.0.1:8000/rounds/{other.pk}/",  # its last day comes first
        f"http://127.0.0.1:8000/rounds/{asked.pk}/",
    ]
    assert run(*range(8, 31)) == [
        (13, "Callum", "before"),
        (17, "Callum", "before"),
        (19, "Callum", "after"),
        (19, "Hannah", "after"),
        (23, "Callum", "after"),
        (23, "Hannah", "after"),
    ]


@pytest.mark.soak
def test_what_is_asked_after_the_e_mail_of_a_day_waits_for_the_next(asked, westmarch, officer):
    assert run(7) == [(7, "Callum", "asked")]
    make_round(westmarch, by=officer, name="Custody", title="Vetting")
    assert run(7, 8) == [(7, "Callum", "asked"), (8, "Callum", "asked")]
    assert ReminderMail.objects.count() == 2


def change(person, **values):
    for name, value in values.items():
        setattr(person, name, value)
    records.keep(record=person, by=None, at=AT)


def test_who_left_moved_or_may_no_longer_ask_is_not_told(asked, force_lead, officer, eastvale):
    change(force_lead, force=eastvale)
    change(officer, role=Role.COMMITTEE_MEMBER)
    assert run(7, 17, 23) == []
    change(force_lead, is_active=False, force=asked.force)
    change(officer, is_active=False, role=Role.OPCC_OFFICER)
    assert run(7, 17, 23) == []


def test_who_leaves_or_moves_between_the_look_and_the_claim_is_not_told(asked, force_lead, eastvale):
    ((person, _),) = ledger.waiting(november(7), AT)
    change(force_lead, force=eastvale)
    assert claim(person=person, on=november(7), at=AT) is None
    assert ReminderMail.objects.count() == 0


@pytest.mark.soak
def test_a_new_lead_is_told_what_the_others_were_told(asked, westmarch):
    assert run(7) == [(7, "Callum", "asked")]
    make_person("Priya Nand", Role.FORCE_INSPECTION_LEAD, westmarch)
    assert run(8, 17) == [(8, "Priya", "asked"), (17, "Callum", "before"), (17, "Priya", "before")]


def test_a_round_that_the_command_line_asked_for_has_nobody_to_tell_afterwards(westmarch, force_lead):
    make_round(westmarch)
    assert run(23) == [(23, "Callum", "after")]


def lead_claims(day: int = 7, at=None):
    ((person, _),) = ledger.waiting(november(day), at or moment(november(day)))
    return claim(person=person, on=november(day), at=at or moment(november(day)))


def test_a_claim_is_one_persons_until_it_is_stale(asked, force_lead):
    first = lead_claims(at=AT)
    assert claim(person=force_lead, on=november(7), at=AT + STALE_AFTER - SECOND) is None
    second = claim(person=force_lead, on=november(7), at=AT + STALE_AFTER)
    assert (second.mail.pk, second.mail.attempts) == (first.mail.pk, 2)
    assert (mail_ledger.hand_over(first), mail_ledger.hand_over(second)) == (False, True)
    mail_ledger.mark_failed(first, "Late.", at=AT)
    mail_ledger.mark_sent(second, at=AT)
    assert ReminderMail.objects.get().state == MailState.SENT


def test_a_mail_that_failed_goes_on_a_later_day_with_what_is_due_then(asked, westmarch, officer):
    mail_ledger.mark_failed(lead_claims(7), "No way.", at=AT)
    make_round(westmarch, by=officer, name="Custody", title="Vetting", due_on=november(30))
    assert run(18) == [(18, "Callum", "asked, before")]
    mail = ReminderMail.objects.get()
    assert (mail.day, mail.attempts, mail.problem) == (november(18), 2, "")
    assert ReminderItem.objects.count() == 2


def test_a_mail_that_failed_and_is_not_due_any_more_stays_where_it_is(asked, officer):
    mail_ledger.mark_failed(lead_claims(7), "No way.", at=AT)
    rounds.close_round(round=asked, by=officer, at=AT)
    assert run(8, 17, 23) == []
    assert ReminderMail.objects.get().state == MailState.FAILED


def test_what_was_handed_over_is_never_sent_again_and_said_once(asked):
    reminder = lead_claims(7)
    assert mail_ledger.hand_over(reminder)
    late = reminder.mail.claimed_at + STALE_AFTER
    assert (mail_ledger.note_stopped(late - SECOND), mail_ledger.note_stopped(late)) == (0, 1)
    assert mail_ledger.note_stopped(late + DAY) == 0
    assert ReminderMail.objects.get().problem == STOPPED
    assert run(7, 8, 16) == []
    assert run(17) == [(17, "Callum", "before")]


@pytest.mark.on_postgresql
def test_the_database_allows_one_e_mail_a_day_and_one_telling_of_a_thing(asked, force_lead):
    mail = lead_claims(7).mail
    same = {"person": force_lead, "claimed_at": AT}
    wrong = [
        ("remindermail_one_a_day|person_id, recommendations_remindermail.day", {"day": november(7)}),
        ("remindermail_state_known", {"day": november(8), "state": "lost"}),
        ("remindermail_sent_at", {"day": november(8), "state": MailState.SENT}),
    ]
    for name, values in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ReminderMail.objects.create(**same, **values)
    other = ReminderMail.objects.create(day=november(8), **same)
    twice = {"person": force_lead, "round": asked, "kind": ASKED}
    with pytest.raises(IntegrityError, match=r"reminderitem_once|reminderitem\.person_id"), transaction.atomic():
        ReminderItem.objects.create(mail=other, **twice)
    assert mail.items.count() == 1


def test_the_page_is_told_to_whom_what_went_and_what_did_not(asked, westmarch):
    make_person("Priya Nand", Role.FORCE_INSPECTION_LEAD, westmarch)
    run(7)
    reminder = claim(person=asked.force.people.get(name="Priya Nand"), on=november(17), at=AT)
    mail_ledger.mark_failed(reminder, "It is down.", at=AT)
    told = reminders.mails_about(UpdateRound.objects.get())
    assert [(each.day.day, each.kind, each.names, each.wrong, each.is_gone) for each in told] == [
        (17, "before", ["Priya Nand"], "Not sent. It is down.", False),
        (7, "asked", ["Callum Tranter", "Priya Nand"], "", True),
    ]
    reminder = claim(person=reminder.person, on=november(18), at=AT)
    mail_ledger.hand_over(reminder)
    mail_ledger.mark_not_known(reminder, "It did not answer.", at=AT)
    assert reminders.mails_about(asked)[0].wrong == "Not known whether it arrived. It did not answer."
