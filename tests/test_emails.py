"""What the emails of update rounds say, and what they never say; how the mailer is set."""

import datetime
import os
import secrets
import smtplib
import ssl
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest
from django.core.mail import mailers

from oversight.mail_settings import NO_ADDRESS
from recommendations.domain.reminders import ledger
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.progress import RoundFigures
from recommendations.domain.rounds.reminders import DueReminder
from recommendations.emails.accounts import send_account_changed
from recommendations.emails.backend import Unanswered, say_wrong
from recommendations.emails.daily import send_reminders
from recommendations.emails.reminders import words_of, write_reminder
from recommendations.enums import ReminderKind
from recommendations.models import PaperMail, User
from tests.conftest import AT
from tests.makers.factual_checks import issue_to, make_filed
from tests.makers.rounds import answered, make_round
from tests.per_module import per_module

ROOT = Path(__file__).resolve().parent.parent
ASKED, BEFORE, AFTER = ReminderKind


@per_module
def asked(westmarch, officer, force_lead):
    return make_round(westmarch, by=officer)


def send(on: datetime.date) -> None:
    assert [each.problem for each in send_reminders(on=on, clock=lambda: AT)] != []


def test_the_whole_e_mail(asked, force_lead, officer, mailoutbox, settings):
    settings.ORIGIN, settings.DEFAULT_FROM_EMAIL = "https://oversight.example.org", "office@example.org"
    answer = answered(asked.lines.first(), force_lead)
    rounds.return_answer(answer=answer, question="How many?", by=officer, at=AT)
    send(datetime.date(2026, 11, 17))
    (mail,) = mailoutbox
    assert (mail.subject, mail.from_email, mail.to, mail.cc, mail.bcc, mail.attachments) == (
        "Oversight: The last day for updates is near",
        "office@example.org",
        ["callum.tranter@example.org"],
        [],
        [],
        [],
    )
    assert mail.body.rstrip().splitlines() == [
        "The last day is Friday 20 November 2026, and 3 updates have not come. 1 of them was returned with a question.",
        "",
        f"https://oversight.example.org/rounds/{asked.pk}/",
        "",
        "Sign in to see what it is about. You get one email a day at most, and none about what is done.",
        "",
        "Choose which reminders you get: https://oversight.example.org/reminders/",
        "",
        "Oversight",
    ]
    (row,) = force_lead.reminders.all()
    assert mail.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Message-ID": f"<reminder-{row.pk}@oversight.example.org>",
    }
    assert mail.message().get_content_type() == "text/plain"


def test_the_whole_e_mail_of_an_issued_paper(westmarch, body, approver, member, mailoutbox, settings):
    """A day and a link, and nothing of the paper: not its force, not its committee."""
    settings.ORIGIN = "https://oversight.example.org"
    paper = issue_to(make_filed(westmarch, approver), member).paper
    send(datetime.date(2026, 11, 17))
    (mail,) = mailoutbox
    assert (mail.subject, mail.to, mail.attachments) == (
        "Oversight: A paper is issued to your committee",
        ["ravi.menon@example.org"],
        [],
    )
    assert mail.body.rstrip().splitlines() == [
        "A paper is issued to your committee for its meeting on Thursday 3 December 2026.",
        "",
        f"https://oversight.example.org/papers/{paper.pk}/",
        "",
        "Sign in to read it. You get one email for each paper that is issued to you.",
        "",
        "Oversight",
    ]
    (row,) = PaperMail.objects.all()
    assert mail.extra_headers["Message-ID"] == f"<paper-{row.pk}@oversight.example.org>"


@pytest.mark.parametrize(
    ("kind", "not_answered", "returned", "said"),
    [
        (ASKED, 60, 0, "You are asked for 60 updates. The last day is Friday 20 November 2026."),
        (ASKED, 1, 0, "You are asked for 1 update. The last day is Friday 20 November 2026."),
        (BEFORE, 1, 0, "The last day is Friday 20 November 2026, and 1 update has not come."),
        (AFTER, 1200, 0, "The last day was Friday 20 November 2026, and 1,200 updates have not come."),
        (
            AFTER,
            2,
            3,
            "The last day was Friday 20 November 2026, and 5 updates have not come. 3 of them were returned with a "
            "question.",
        ),
        (
            AFTER,
            0,
            1,
            "The last day was Friday 20 November 2026, and 1 update has not come. It was returned with a question.",
        ),
        (
            BEFORE,
            0,
            2,
            "The last day is Friday 20 November 2026, and 2 updates have not come. They were returned with a question.",
        ),
    ],
)
def test_what_is_said_to_the_force(asked, force_lead, kind, not_answered, returned, said):
    assert (
        words_of(DueReminder(asked, kind, RoundFigures(not_answered=not_answered, returned=returned)), force_lead)
        == said
    )


def test_who_asked_is_told_what_has_not_come(asked, officer):
    assert words_of(DueReminder(asked, AFTER, RoundFigures(not_answered=2)), officer) == (
        "The last day was Friday 20 November 2026, and 2 updates that you asked for have not come."
    )


def test_the_subject_is_of_what_is_most_pressing(asked, westmarch, officer, force_lead):
    make_round(westmarch, by=officer, name="Custody", title="Vetting", due_on=datetime.date(2026, 12, 18))
    reminder = ledger.claim(person=force_lead, on=datetime.date(2026, 11, 23), at=AT)
    assert [each.kind for each in reminder.due.rounds] == [AFTER, ASKED]
    assert write_reminder(reminder).subject == "Oversight: The last day for updates has passed"


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "connection refused"),
        (TimeoutError("timed out"), "timed out"),
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "certificate verify failed"),
        (smtplib.SMTPAuthenticationError(535, b"secret words"), "it refuses the name or password (535)"),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"secret words")}), "it refuses the address (550)"),
        (smtplib.SMTPSenderRefused(451, b"secret words", "a@b.example"), "it answered 451"),
        (smtplib.SMTPDataError(554, b"secret words"), "it answered 554"),
        (smtplib.SMTPServerDisconnected("secret words"), "it ended the connection"),
        (Unanswered("secret words"), "it ended the connection"),
        (OSError(), "oserror"),
    ],
)
def test_what_is_wrong_is_said_without_what_the_server_wrote(failed, said):
    assert say_wrong(failed) == said


def configured(**environment) -> subprocess.CompletedProcess:
    """How the mailer is set under such an environment: as the settings say it in a process of their own."""
    code = "from django.conf import settings; print(settings.MAILERS['default'])"
    plain = {name: value for name, value in os.environ.items() if name not in ("EMAIL_URL", "OVERSIGHT_DEMO")}
    given = {"DJANGO_SETTINGS_MODULE": "oversight.settings", "SECRET_KEY": secrets.token_urlsafe(60)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=plain | given | environment, capture_output=True, text=True)


def test_the_mail_server_is_named_by_one_address():
    said = configured(EMAIL_URL="submission://me:pass%2Fword@mail.example.org").stdout
    assert literal_eval(said) == {
        "BACKEND": "recommendations.emails.backend.Courier",
        "OPTIONS": {
            "host": "mail.example.org",
            "port": 587,
            "username": "me",
            "password": "pass/word",
            "use_tls": True,
            "use_ssl": False,
            "timeout": 20,
        },
    }
    plain = literal_eval(configured().stdout)["OPTIONS"]
    assert (plain["host"], plain["port"], plain["use_tls"], plain["use_ssl"]) == ("localhost", 25, False, False)
    secure = literal_eval(configured(EMAIL_URL="smtp://mail.example.org:465/?ssl=1").stdout)["OPTIONS"]
    assert (secure["port"], secure["use_tls"], secure["use_ssl"]) == (465, False, True)


def test_another_way_of_naming_it_is_refused_in_words():
    refused = configured(EMAIL_URL="smtp+tls://me:canary@mail.example.org:587")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith(NO_ADDRESS)
    assert "canary" not in refused.stderr


def test_the_demonstrations_mails_go_to_files_and_never_into_the_log():
    """They hold links that let somebody in."""
    assert literal_eval(configured(OVERSIGHT_DEMO="1").stdout) == {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(ROOT / "var" / "mail")},
    }


@pytest.mark.parametrize(("use_ssl", "kind"), [(False, smtplib.SMTP), (True, smtplib.SMTP_SSL)])
def test_the_courier_speaks_as_the_standard_library_does(settings, use_ssl, kind):
    options = {"host": "mail.example.org", "use_ssl": use_ssl}
    settings.MAILERS = {"default": {"BACKEND": "recommendations.emails.backend.Courier", "OPTIONS": options}}
    assert issubclass(mailers.default.connection_class, kind)


def test_the_whole_e_mail_of_a_changed_account(officer, mailoutbox, settings):
    settings.ORIGIN = "https://oversight.example.org"
    before = User.objects.get(pk=officer.pk)
    officer.email, officer.entra_id = "new@example.org", "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab"
    assert send_account_changed(before, officer, is_factor_reset=True)
    assert [mail.to for mail in mailoutbox] == [["hannah.whitlock@example.org"], ["new@example.org"]]
    assert {mail.subject for mail in mailoutbox} == {"Oversight: Your account was changed"}
    assert [mail.body.strip().splitlines() for mail in mailoutbox] == 2 * [
        [
            "An administrator has changed your account at https://oversight.example.org:",
            "",
            "Its email address was changed.",
            "The Microsoft account that signs in to it was changed.",
            "Its second factor was reset: you set up a new one when you next sign in.",
            "",
            "If you did not expect this, tell the administrators of your office at once. Do not answer this email.",
        ]
    ]
