"""The office's page of a round says who was emailed when, what did not go, and who is told next."""

import datetime

import pytest
from django.utils.timezone import localdate
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.mails import mail_ledger
from recommendations.domain.reminders import ledger, switches
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.office_rows import near
from recommendations.domain.rounds.progress import reminder_days
from recommendations.emails.daily import send_reminders
from tests.conftest import AT
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
NEXT = "details:has(> summary:lexbor-contains('Dates, emails'))"


@pytest.fixture(scope="session")
def today():
    return localdate()


@per_module
def asked(body, westmarch, officer, force_lead, today):
    at = datetime.datetime.combine(today, datetime.time(9), tzinfo=datetime.UTC)
    return make_round(westmarch, by=officer, at=at, due_on=today + 14 * DAY)


def panel(client, asked) -> list[str]:
    """The lines of the panel, as they are read."""
    page = LexborHTMLParser(client.get(asked.get_absolute_url()).content.decode())
    shown = page.css(f"{NEXT} > h2, {NEXT} > ul > li, {NEXT} > p")
    return [" ".join(each.text(separator=" ").split()) for each in shown]


def is_open(client, asked) -> bool:
    """Whether the panel is unfolded as the page opens."""
    page = LexborHTMLParser(client.get(asked.get_absolute_url()).content.decode())
    return "open" in page.css_first(NEXT).attributes


def ahead(asked, today, name="Callum Tranter") -> list[str]:
    days = reminder_days(asked, {})
    steps = [(f"Reminder to {name}", days.before), ("Last day", days.last), ("Reminder if any are left", days.after)]
    return ["What happens next", *(f"{words} {day:%a} {near(day, today)}" for words, day in steps)]


def test_before_the_first_run_nobody_was_e_mailed(sign_in, officer, asked, today):
    lines = panel(sign_in(officer), asked)
    _, who, when = lines[len(ahead(asked, today)) :]  # after that nobody was
    assert lines[:-3] == ahead(asked, today)
    assert ["Callum Tranter" in who, "Hannah Whitlock" in when, near(today, today) in when] == [True] * 3
    assert not is_open(sign_in(officer), asked)


def test_then_it_says_who_was_e_mailed_and_what_did_not_go(sign_in, officer, asked, force_lead, today):
    list(send_reminders(on=today, clock=lambda: AT))
    reminder = ledger.claim(person=force_lead, on=reminder_days(asked, {}).before, at=AT)
    mail_ledger.mark_failed(reminder, "The mail server cannot be reached: connection refused.", at=AT)
    near_day = near(reminder_days(asked, {}).before, today)
    lines = panel(sign_in(officer), asked)[:-2]
    *before, failed, sent = lines
    assert before == [*ahead(asked, today), "Emailed"]
    assert ["connection refused" in failed, failed.endswith(near_day)] == [True, True]
    assert is_open(sign_in(officer), asked)
    assert sent == f"Callum Tranter: asked {near(today, today)}"


def test_nobody_is_reminded_of_what_is_answered_or_was_said(sign_in, officer, asked, force_lead, today):
    list(send_reminders(on=reminder_days(asked, {}).before, clock=lambda: AT))
    first, last, after = ahead(asked, today)[:1], *ahead(asked, today)[2:]
    assert panel(sign_in(officer), asked)[:3] == [*first, last, after]
    for line in asked.lines.all():
        answered(line, force_lead)
    assert panel(sign_in(officer), asked)[:3] == [*first, last, "Emailed"]


def test_a_closed_round_keeps_what_was_sent(sign_in, officer, asked, today):
    list(send_reminders(on=today, clock=lambda: AT))
    rounds.close_round(round=asked, by=officer, at=AT)
    assert panel(sign_in(officer), asked)[:-1] == ["Emailed", f"Callum Tranter: asked {near(today, today)}"]


def test_the_force_does_not_see_whom_the_office_wrote_to(sign_in, force_lead, asked, today):
    list(send_reminders(on=today, clock=lambda: AT))
    assert "Emailed" not in sign_in(force_lead).get(asked.get_absolute_url()).content.decode()


def test_who_switched_these_e_mails_off_gets_none_and_is_not_named_ahead(sign_in, officer, asked, force_lead, today):
    switches.choose(person=force_lead, wanted=[])
    assert list(send_reminders(on=today, clock=lambda: AT)) == []
    assert panel(sign_in(officer), asked)[:2] == [ahead(asked, today)[0], ahead(asked, today)[2]]
