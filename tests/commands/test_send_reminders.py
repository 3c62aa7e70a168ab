"""`send_reminders` from the command line: what it prints, how it ends, what it leaves alone."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from recommendations.domain.mails import mail_ledger
from recommendations.domain.mails.mail_ledger import STALE_AFTER, STOPPED
from recommendations.domain.reminders import ledger
from recommendations.enums import Role
from recommendations.models import ReminderMail
from recommendations.periods import london_day
from tests.conftest import AT, make_person
from tests.makers.factual_checks import issue_to, make_filed
from tests.makers.rounds import make_round
from tests.per_module import per_module
from tests.snapshots import contents


@per_module
def asked(westmarch, officer, force_lead):
    return make_round(westmarch, by=officer)


@per_module
def paper_issued(westmarch, approver, member):
    return issue_to(make_filed(westmarch, approver), member)


def run(**options) -> list[str]:
    out = StringIO()
    call_command("send_reminders", stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_says_how_many_e_mails_went_and_about_which_rounds(asked, westmarch, officer):
    make_person("Priya Nand", Role.FORCE_INSPECTION_LEAD, westmarch)
    other = make_round(westmarch, by=officer, name="Custody", title="Vetting", due_on=datetime.date(2026, 12, 18))
    assert run(on="23/11/2026") == [
        "3 emails sent.",
        f"  round {asked.pk}, the last day has passed: 3 people",
        f"  round {other.pk}, asked: 2 people",
    ]


def test_who_is_told_of_a_paper_is_counted_by_its_number(asked, paper_issued):
    assert run(on="2026-11-07", dry_run=True) == [
        "2 emails would be sent.",
        f"  paper {paper_issued.paper_id}, issued: 1 person",
        f"  round {asked.pk}, asked: 1 person",
    ]
    sent = [f"  paper {paper_issued.paper_id}, issued: 1 person", f"  round {asked.pk}, asked: 1 person"]
    assert run(on="2026-11-07") == ["2 emails sent.", *sent]
    assert run(on="2026-11-07") == ["0 emails sent."]


def test_twice_sends_no_more_than_once(asked, mailoutbox):
    assert [run(on="7 November 2026")[0] for _ in range(3)] == ["1 email sent.", "0 emails sent.", "0 emails sent."]
    assert len(mailoutbox) == 1


def test_without_a_day_it_is_today_in_london(westmarch, force_lead):
    at = timezone.now()
    make_round(westmarch, at=at, due_on=london_day(at) + datetime.timedelta(days=14))
    assert run()[0] == "1 email sent."
    assert ReminderMail.objects.get().day in (london_day(at), london_day(timezone.now()))


def test_a_dry_run_says_what_would_be_sent_and_does_nothing(asked, mailoutbox):
    before = contents()
    assert run(on="2026-11-07", dry_run=True) == ["1 email would be sent.", f"  round {asked.pk}, asked: 1 person"]
    assert (contents(), mailoutbox) == (before, [])
    run(on="2026-11-07")
    assert run(on="2026-11-07", dry_run=True) == ["0 emails would be sent."]


def test_it_writes_the_ledgers_and_the_trail_and_nothing_else(asked, paper_issued):
    ledger = ("_remindermail", "_reminderitem", "_papermail", "_trailentry", "_trailhead")
    before = contents(leave_out=ledger)
    run(on="2026-11-07")
    assert contents(leave_out=ledger) == before


@pytest.mark.parametrize(
    ("typed", "message"), [("someday", "“someday” is not a day"), ("31/11/2026", "does not exist")]
)
def test_a_day_that_cannot_be_is_said(db, typed, message):
    with pytest.raises(CommandError, match=f"--on: .*{message}"):
        run(on=typed)


def test_what_a_stopped_run_left_is_said_once(asked):
    ((person, _),) = ledger.waiting(datetime.date(2026, 11, 7), AT)
    mail_ledger.hand_over(ledger.claim(person=person, on=datetime.date(2026, 11, 7), at=AT - STALE_AFTER))
    with pytest.raises(CommandError, match=f"^1 email: {STOPPED}$"):
        run(on="2026-11-07")
    assert run(on="2026-11-07") == ["0 emails sent."]
