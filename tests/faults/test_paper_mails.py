"""Telling people of an issued paper when things go wrong: as with reminders, at most once, and nothing is lost.

The mail server is down or fails midway, two runs at once, and a run that is killed at each stage of a mail.
"""

import datetime

import pytest
from django.core.management import CommandError, call_command

from recommendations.domain.mails import mail_ledger
from recommendations.domain.mails.mail_ledger import STALE_AFTER, STOPPED
from recommendations.domain.papers.notifications import mails_of_issues
from recommendations.emails.daily import send_reminders
from recommendations.enums import MailState, Role
from recommendations.models import PaperMail
from tests.conftest import AT, make_person
from tests.faults.mail_runs import killed_at, start, use
from tests.faults.mail_server import HANG_UP, MailServer, free_port, only
from tests.makers.factual_checks import issue_to, make_filed

ON = datetime.date(2026, 11, 7)
NAMES = ("Ann Abbot", "Ben Bell", "Cat Cole")


@pytest.fixture
def members(db):
    return [make_person(name, Role.COMMITTEE_MEMBER) for name in NAMES]


@pytest.fixture
def issued(members, westmarch, approver):
    return issue_to(make_filed(westmarch, approver), *members)


def states() -> list[tuple[str, int]]:
    return list(PaperMail.objects.order_by("reader__person__name").values_list("state", "attempts"))


def run() -> list[str]:
    """What the command says was wrong."""
    try:
        call_command("send_reminders", on=ON.isoformat())
    except CommandError as wrong:
        return str(wrong).splitlines()
    return []


def grow_old() -> None:
    """As if the runs that were stopped had been stopped some time ago."""
    for mail in PaperMail.objects.all():
        PaperMail.objects.filter(pk=mail.pk).update(claimed_at=mail.claimed_at - STALE_AFTER)


def arrived(server, members) -> list[int]:
    return [sum(mail.to == member.email for mail in server.arrived) for member in members]


def test_while_the_mail_server_is_down_nothing_is_lost(issued, members, settings):
    use(settings, free_port())
    down = "3 emails not sent; the next run tries again. The mail server cannot be reached: connection refused."
    assert [run(), run()] == [[down]] * 2
    (told,) = mails_of_issues([issued])[issued.pk]
    assert (told.words, told.names) == ("not sent. The mail server cannot be reached: connection refused.", NAMES)
    with MailServer() as back:
        use(settings, back.port)
        assert [run(), run()] == [[], []]
        assert arrived(back, members) == [1, 1, 1]
    assert states() == [(MailState.SENT, 3)] * 3


@pytest.mark.parametrize(
    ("stage", "answer", "state"),
    [
        ("RCPT", "550 no such person", MailState.FAILED),
        pytest.param("DATA", "554 no", MailState.FAILED, marks=pytest.mark.soak),
        pytest.param("RCPT", HANG_UP, MailState.FAILED, marks=pytest.mark.soak),
        ("DATA", HANG_UP, MailState.HANDED),
        pytest.param("TAKEN", HANG_UP, MailState.HANDED, marks=pytest.mark.soak),
    ],
)
def test_a_server_that_fails_midway_loses_nothing_and_nobody_is_told_twice(
    issued, members, settings, server, stage, answer, state
):
    use(settings, server.port)
    server.does[stage] = only(members[1].email, answer)
    assert len(run()) == 1
    assert states() == [(MailState.SENT, 1), (state, 1), (MailState.SENT, 1)]
    server.does.clear()
    assert run() == []
    assert arrived(server, members) == [1, 1 if state == MailState.FAILED or stage == "TAKEN" else 0, 1]


@pytest.mark.on_postgresql
def test_of_many_runs_at_once_each_person_gets_one_e_mail(at_once, issued, members, settings, server):
    use(settings, server.port)

    def work(place):
        return len([each for each in send_reminders(on=ON, clock=lambda: AT) if each.state == MailState.SENT])

    assert sum(at_once(6, work)) == 3
    assert (arrived(server, members), states()) == ([1, 1, 1], [(MailState.SENT, 1)] * 3)


@pytest.mark.soak
@pytest.mark.on_postgresql
def test_without_the_claim_people_are_told_twice(at_once, issued, members, settings, server, monkeypatch):
    """The test above has teeth: where two runs may hold the same claim, the mail server gets it twice."""
    use(settings, server.port)
    monkeypatch.setattr(mail_ledger, "STALE_AFTER", datetime.timedelta(0))
    monkeypatch.setattr(mail_ledger, "update_if_unchanged", lambda mail, *states, **values: True)
    at_once(4, lambda place: list(send_reminders(on=ON, clock=lambda: AT)))
    assert max(server.times.values()) > 1


@pytest.mark.soak
@pytest.mark.parametrize("stage", ["DATA", "TAKEN"])
def test_a_run_that_is_killed_while_the_server_has_the_text_does_not_send_it_again(
    shared_database, issued, members, server, stage
):
    assert killed_at(stage, server, ON, nth=2)
    assert states() == [(MailState.SENT, 1), (MailState.HANDED, 1)]
    grow_old()
    code, out, err = start(server, ON).end()
    assert (code, out.splitlines()[0], err) == (1, "1 email sent.", f"CommandError: 1 email: {STOPPED}\n")
    assert start(server, ON).end() == (0, "0 emails sent.\n", "")
    assert arrived(server, members) == [1, 1, 1]
    wrong = [told for told in mails_of_issues([issued])[issued.pk] if told.is_wrong]
    assert [(told.words, told.names) for told in wrong] == [(f"not known whether it arrived. {STOPPED}", NAMES[1:2])]


@pytest.mark.soak
@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT"])
def test_a_run_that_is_killed_before_the_server_has_the_text_sends_it_exactly_once_later(
    shared_database, issued, members, server, stage
):
    assert killed_at(stage, server, ON)
    assert (states(), server.arrived) == ([(MailState.CLAIMED, 1)], [])
    told = f"  paper {issued.paper_id}, issued"
    assert start(server, ON).end() == (0, f"2 emails sent.\n{told}: 2 people\n", "")
    grow_old()
    assert start(server, ON).end() == (0, f"1 email sent.\n{told}: 1 person\n", "")
    assert arrived(server, members) == [1, 1, 1]
    assert states() == [(MailState.SENT, 2), (MailState.SENT, 1), (MailState.SENT, 1)]
