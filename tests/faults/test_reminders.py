"""Reminders when things go wrong: the mail server is down or fails midway, two runs at once, a run that is killed.

What holds for a killed run is at most once. An email whose text the mail server has not got is sent by a later run,
exactly once. From the moment that the text goes until the ledger says that it was sent, nobody but the server knows
whether it took it, so it is not sent again; the ledger and the round's page say that nobody knows whether it arrived.
Nobody ever gets the same email twice.
"""

import datetime
import logging
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client

from recommendations.domain.audit.verification import verify
from recommendations.domain.mails import mail_ledger
from recommendations.domain.mails.mail_ledger import STALE_AFTER, STOPPED
from recommendations.domain.register import closures
from recommendations.domain.rounds import reminders
from recommendations.emails.daily import send_reminders
from recommendations.enums import MailState, Role
from recommendations.enums.reminders import ReminderTopic
from recommendations.models import ReminderItem, ReminderMail, User
from tests.conftest import AT, make_person
from tests.faults.mail_runs import killed_at, start, use
from tests.faults.mail_server import HANG_UP, STAGES, MailServer, free_port, only
from tests.makers.reminders import ASKED, DAY, one_of_each, told
from tests.makers.rounds import make_round
from tests.security.door import RESET, link_in

ON, BEFORE, AFTER = (datetime.date(2026, 11, day) for day in (7, 17, 23))
NAMES = ("Ann Abbot", "Ben Bell", "Cat Cole")


@pytest.fixture
def leads(westmarch):
    return [make_person(name, Role.FORCE_INSPECTION_LEAD, westmarch) for name in NAMES]


@pytest.fixture
def asked(leads, westmarch):
    return make_round(westmarch, lines=1)


def run(on: datetime.date = ON) -> tuple[str, list[str]]:
    """What the command prints, and what it says was wrong."""
    out = StringIO()
    try:
        call_command("send_reminders", on=on.isoformat(), stdout=out)
    except CommandError as wrong:
        return out.getvalue().splitlines()[0], str(wrong).splitlines()
    return out.getvalue().splitlines()[0], []


def states() -> list[tuple[str, int]]:
    return list(ReminderMail.objects.order_by("person__name").values_list("state", "attempts"))


def test_while_the_mail_server_is_down_nothing_is_lost(asked, settings):
    use(settings, free_port())
    down = "3 emails not sent; the next run tries again. The mail server cannot be reached: connection refused."
    assert [run(), run()] == [("0 emails sent.", [down])] * 2
    assert states() == [(MailState.FAILED, 2)] * 3
    with MailServer() as back:
        use(settings, back.port)
        assert [run(), run()] == [("3 emails sent.", []), ("0 emails sent.", [])]
    assert sorted(back.times.values()) == [1, 1, 1]
    assert states() == [(MailState.SENT, 3)] * 3


def test_what_waits_while_the_mail_server_is_down_goes_once_and_not_at_all_when_it_is_done(
    body, westmarch, officer, approver, force_lead, settings
):
    """A closure and a response wait for Margaret; the closure is decided before the server is back."""
    made = one_of_each(westmarch, body, officer=officer, asker=officer, preparer=officer, lead=force_lead)
    use(settings, free_port())
    days = [ASKED.date(), ASKED.date() + DAY]
    assert [len(run(day)[1]) for day in days] == [1, 1]
    assert set(states()) == {(MailState.FAILED, 2)}
    closures.approve_closure(tracked=made[ReminderTopic.CLOSURE].tracked, by=None, at=ASKED + DAY)
    with MailServer() as back:
        use(settings, back.port)
        assert [run(days[1])[1], run(days[1])] == [[], ("0 emails sent.", [])]
    assert sorted(back.times.values()) == [1, 1]
    assert (told(person=approver), told(person=force_lead)) == (["28 Nov Margaret 0"] * 2, ["28 Nov Callum 0"])
    assert verify() == []


def test_a_server_that_cannot_be_reached_is_tried_once_a_run(asked, settings, server):
    use(settings, server.port)
    server.does["EHLO"] = lambda _: HANG_UP
    assert run()[1] == [
        "3 emails not sent; the next run tries again. The mail server cannot be reached: it ended the connection."
    ]
    assert server.connections == 1


# What the server does to the second of three, and what is then known about it.
FAILS = {
    "refuses the sender": ("MAIL", "451 later", MailState.FAILED),
    "refuses the address": ("RCPT", "550 no such person", MailState.FAILED),
    "refuses the text": ("DATA", "554 no", MailState.FAILED),
    "shuts down": ("DATA", "421 shutting down", MailState.FAILED),
    "hangs up before the text": ("RCPT", HANG_UP, MailState.FAILED),
    "hangs up within the text": ("DATA", HANG_UP, MailState.HANDED),
    "hangs up after taking it": ("TAKEN", HANG_UP, MailState.HANDED),
}
# One for each thing that is known then; the others in the soak.
IN_THE_SUITE = ("refuses the address", "hangs up before the text", "hangs up within the text")
FAILS = [
    pytest.param(*fails, id=name, marks=() if name in IN_THE_SUITE else pytest.mark.soak)
    for name, fails in FAILS.items()
]


@pytest.mark.parametrize(("stage", "answer", "state"), FAILS)
def test_a_server_that_fails_midway_loses_nothing_and_nobody_is_told_twice(
    asked, leads, settings, server, stage, answer, state
):
    use(settings, server.port)
    count = iter(range(3))
    second = (lambda _: answer if next(count) == 1 else None) if stage == "MAIL" else only(leads[1].email, answer)
    server.does[stage] = second
    said, wrong = run()
    assert (said, len(wrong)) == ("2 emails sent.", 1)
    assert states() == [(MailState.SENT, 1), (state, 1), (MailState.SENT, 1)]
    server.does.clear()
    assert run() == ("1 email sent." if state == MailState.FAILED else "0 emails sent.", [])
    arrived = [server.times[lead.email, f"<reminder-{lead.reminders.get().pk}@127.0.0.1>"] for lead in leads]
    assert arrived == [1, 1 if state == MailState.FAILED or stage == "TAKEN" else 0, 1]


def test_a_server_that_keeps_silent_after_taking_a_mail_does_not_get_it_again(asked, leads, settings, server):
    """Slow servers are common: what they took is not sent to them with every run."""
    use(settings, server.port)
    server.does["TAKEN"] = only(leads[0].email, HANG_UP)
    unknown = (
        "1 email not known whether it arrived; it is not sent again. The mail server was given it, and did not answer."
    )
    assert run() == ("2 emails sent.", [unknown])
    assert [run(), run()] == [("0 emails sent.", [])] * 2
    assert sorted(server.times.values()) == [1, 1, 1]
    assert reminders.mails_about(asked)[0].wrong.startswith(
        "Not known whether it arrived. The mail server was given it"
    )


def test_an_address_that_cannot_be_written_to_keeps_nobody_else_from_being_told(asked, leads, settings, server):
    use(settings, server.port)
    models.QuerySet(User).filter(pk=leads[0].pk).update(email="änn@example.org")
    wrong = "1 email not sent; the next run tries again. The email address cannot be written to."
    assert run() == ("2 emails sent.", [wrong])


def test_nothing_of_an_e_mail_is_printed_or_logged(asked, leads, settings, server, caplog, capfd):
    use(settings, server.port)
    caplog.set_level(logging.DEBUG)
    server.does["RCPT"] = only(leads[0].email, "550 Ann Abbot is not here")
    said, wrong = run()
    printed = " ".join([said, *wrong, *capfd.readouterr(), *(record.getMessage() for record in caplog.records)])
    texts = ["@example.org", "Ann", "not here", "You are asked", "http://", asked.name]
    assert [text for text in texts if text in printed] == []


def test_the_link_for_a_new_password_goes_the_same_way(officer, settings, server):
    use(settings, server.port)
    Client().post(RESET, {"email": officer.email})
    (mail,) = server.arrived
    assert mail.to == officer.email
    assert link_in(mail).startswith(settings.ORIGIN)


@pytest.mark.on_postgresql
def test_of_many_runs_at_once_each_person_gets_one_e_mail(at_once, asked, settings, server):
    use(settings, server.port)

    def work(place):
        return len([each for each in send_reminders(on=ON, clock=lambda: AT) if each.state == MailState.SENT])

    assert sum(at_once(6, work)) == 3
    assert sorted(server.times.values()) == [1, 1, 1]
    assert (states(), ReminderItem.objects.count()) == ([(MailState.SENT, 1)] * 3, 3)


@pytest.mark.soak
@pytest.mark.on_postgresql
def test_without_the_claim_people_are_told_twice(at_once, asked, settings, server, monkeypatch):
    """The test above has teeth: where two runs may hold the same claim, the mail server gets it twice."""
    use(settings, server.port)
    monkeypatch.setattr(mail_ledger, "STALE_AFTER", datetime.timedelta(0))
    monkeypatch.setattr(mail_ledger, "update_if_unchanged", lambda mail, *states, **values: True)
    at_once(4, lambda place: list(send_reminders(on=ON, clock=lambda: AT)))
    assert max(server.times.values()) > 1


def grow_old() -> None:
    """As if the runs that were stopped had been stopped some time ago."""
    for mail in ReminderMail.objects.all():
        ReminderMail.objects.filter(pk=mail.pk).update(claimed_at=mail.claimed_at - STALE_AFTER)


@pytest.mark.parametrize("stage", ["DATA", pytest.param("TAKEN", marks=pytest.mark.soak)])
def test_a_run_that_is_killed_while_the_server_has_the_text_does_not_send_it_again(
    shared_database, asked, leads, server, stage
):
    assert killed_at(stage, server, ON, nth=2)
    assert states() == [(MailState.SENT, 1), (MailState.HANDED, 1)]
    grow_old()
    code, out, err = start(server, ON).end()
    assert (code, out.splitlines()[0], err) == (1, "1 email sent.", f"CommandError: 1 email: {STOPPED}\n")
    assert start(server, ON).end() == (0, "0 emails sent.\n", "")
    arrived = [sum(mail.to == lead.email for mail in server.arrived) for lead in leads]
    assert arrived == [1, 1, 1]
    assert [told.wrong for told in reminders.mails_about(asked) if told.names == [leads[1].name]] == [
        f"Not known whether it arrived. {STOPPED}"
    ]


@pytest.mark.parametrize("stage", ["RCPT", *(pytest.param(name, marks=pytest.mark.soak) for name in ("EHLO", "MAIL"))])
def test_a_run_that_is_killed_before_the_server_has_the_text_sends_it_exactly_once_later(
    shared_database, asked, leads, server, stage
):
    assert killed_at(stage, server, ON)
    assert (states(), server.arrived) == ([(MailState.CLAIMED, 1)], [])
    assert start(server, ON).end() == (0, f"2 emails sent.\n  round {asked.pk}, asked: 2 people\n", "")
    grow_old()
    assert start(server, ON).end() == (0, f"1 email sent.\n  round {asked.pk}, asked: 1 person\n", "")
    assert [sum(mail.to == lead.email for mail in server.arrived) for lead in leads] == [1, 1, 1]
    assert states() == [(MailState.SENT, 2), (MailState.SENT, 1), (MailState.SENT, 1)]


@pytest.mark.soak
def test_fifty_kills_tell_nobody_twice_and_lose_nothing_that_was_not_handed_over(
    shared_database, westmarch, leads, server
):
    """Kills at any stage of any mail, day after day: each email arrives once, or it is on record as not known."""
    chance, kills, day = random.Random(56), 0, datetime.date(2026, 11, 7)
    while kills < 50:
        make_round(westmarch, lines=1, name=f"Round {day}", title=f"Report {day}", due_on=day + datetime.timedelta(300))
        for _ in range(chance.randint(1, 3)):
            kills += killed_at(chance.choice(STAGES), server, day, nth=chance.randint(1, 3))
            grow_old()
        start(server, day).end()
        day += datetime.timedelta(days=1)
    assert max(server.times.values()) == 1
    numbers = {(mail.person.email, f"<reminder-{mail.pk}@127.0.0.1>"): mail for mail in ReminderMail.objects.all()}
    sent = {key for key, mail in numbers.items() if mail.state == MailState.SENT}
    unknown = {key for key, mail in numbers.items() if mail.state == MailState.HANDED}
    assert sent | unknown == set(numbers)
    assert sent <= set(server.times) <= sent | unknown
    assert 0 < len(unknown) <= kills
    told = ReminderItem.objects.values_list("person", "round").distinct().count()
    assert (told, ReminderItem.objects.count()) == (told, told)
