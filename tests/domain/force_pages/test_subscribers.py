"""Asking for emails, confirming, ending; which emails go, once each, and what is left of an address."""

import datetime

import pytest
from django.core import mail

from recommendations.domain.force_pages import mails, subscribers
from recommendations.domain.mails import mail_ledger
from recommendations.domain.public.releases import withdraw_release
from recommendations.domain.retention.tidying import tidy
from recommendations.emails.public import send_public_mails
from recommendations.enums import MailState
from recommendations.models import ForceMail, ForceSubscriber, TrailEntry
from tests.conftest import AT
from tests.makers.force_pages import HOUR, released
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
ADDRESS = "reader@example.org"


@per_module
def asked(westmarch):
    return subscribers.sign_up(force=westmarch, email=" Reader@Example.org", at=AT - 5 * HOUR)


@per_module
def confirmed(asked):
    subscribers.confirm(subscriber=asked, at=AT - 4 * HOUR)
    return asked


@per_module
def page(westmarch, officer, approver):
    return released(westmarch, by=officer, approver=approver)


def send(at=AT + 2 * HOUR) -> list[str]:
    return [each.state for each in send_public_mails(lambda: at)]


def test_an_address_is_confirmed_first_and_asked_once_a_day(asked, westmarch, page):
    # wording: the email goes out with this subject
    assert asked.email == ADDRESS
    assert subscribers.sign_up(force=westmarch, email=ADDRESS, at=AT) is None
    assert send() == [MailState.SENT]
    assert send() == []
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([ADDRESS], "Confirm your email address: Westmarch Police")
    assert f"/page-emails/westmarch/{asked.token}/confirm/" in message.body
    again = subscribers.sign_up(force=westmarch, email=ADDRESS, at=AT + 2 * DAY)
    assert (again.token != asked.token, ForceSubscriber.objects.count()) == (True, 1)


def test_each_release_is_told_once_to_who_confirmed_before_it(confirmed, page, westmarch, officer, approver):
    # wording: the email goes out with this subject
    late = subscribers.sign_up(force=westmarch, email="late@example.org", at=AT + 2 * HOUR)
    subscribers.confirm(subscriber=late, at=AT + 3 * HOUR)
    assert send(AT + 4 * HOUR) == [MailState.SENT]
    (message,) = mail.outbox
    end = f"/page-emails/westmarch/{confirmed.token}/end/"
    assert (message.to, message.subject) == ([ADDRESS], "Westmarch Police: the page has changed")
    assert message.extra_headers["List-Unsubscribe"].endswith(f"{end}>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert end in message.body
    assert "/published/forces/westmarch/" in message.body
    assert send(AT + 5 * HOUR) == []
    released(westmarch, by=officer, approver=approver, at=AT + DAY)
    assert send(AT + 2 * DAY) == [MailState.SENT, MailState.SENT]


def test_nothing_is_told_of_what_was_withdrawn_or_while_the_section_is_off(confirmed, page, approver, settings):
    settings.SECTIONS_OFF = ("force-page",)
    assert send() == []
    settings.SECTIONS_OFF = ()
    withdraw_release(release=page, reason="It names a person.", by=approver, at=AT + HOUR)
    assert send() == []


def test_of_two_runs_one_sends_and_what_fails_is_given_up(confirmed, page):
    (about,) = mails.waiting(AT + 2 * HOUR)
    first = mails.claim(about=about, at=AT + 2 * HOUR)
    assert mails.claim(about=about, at=AT + 2 * HOUR) is None
    for number in range(mails.MOST_ATTEMPTS):
        at = AT + (3 + number) * HOUR
        notice = first if number == 0 else mails.claim(about=about, at=at)
        mail_ledger.hand_over(notice)
        mail_ledger.mark_failed(notice, "Refused (550).", at=at)
    assert mails.waiting(AT + DAY) == []


def test_ending_deletes_the_address_and_leaves_a_number(confirmed, page):
    send()
    subscribers.end(subscriber=confirmed)
    assert (ForceSubscriber.objects.count(), ForceMail.objects.get().subscriber) == (0, confirmed.pk)
    assert subscribers.find("westmarch", confirmed.token) is None
    assert send() == []


@pytest.mark.parametrize(("after", "left"), [(2 * DAY, 1), (4 * DAY, 0)])
def test_an_address_that_was_not_confirmed_goes_after_some_days(asked, after, left):
    tidy(at=AT + after, drafts_days=30)
    assert ForceSubscriber.objects.count() == left


def test_the_office_deletes_an_address_for_its_owner(confirmed, westmarch, officer):
    for _ in range(2):
        subscribers.remove_address(force=westmarch, email=f" {ADDRESS.upper()} ", by=officer, at=AT)
    assert ADDRESS not in "".join(map(str, TrailEntry.objects.values_list("about", "changes")))
    assert ForceSubscriber.objects.count() == 0
