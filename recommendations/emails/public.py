"""Emails that anybody can subscribe to: about new releases of a force's public page. Links and days only.

Each has a link to unsubscribe, in its text and its headers (List-Unsubscribe, RFC 8058).
"""

import datetime
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from recommendations.domain.force_pages import mails
from recommendations.domain.force_pages.mails import ForceNotice, SubscriberMail
from recommendations.domain.forces.in_force import body_name
from recommendations.emails.delivery import MailOutcome, MailTopic, Post, deliver
from recommendations.emails.messages import message_from
from recommendations.periods import london_day


def send_public_mails(clock: Callable[[], datetime.datetime]) -> Iterator[MailOutcome]:
    """Send what is due, and yield each outcome. What fails is due again in the next run."""
    with Post() as post:
        for each in mails.waiting(clock()):
            yield from send_one(each, post, clock)


def send_one(about: SubscriberMail, post: Post, clock: Callable[[], datetime.datetime]) -> Iterator[MailOutcome]:
    """Send one email unless another run has claimed it; yield the outcome."""
    notice = mails.claim(about=about, at=clock())
    if notice and deliver(notice, write_to_subscriber, post, clock):
        yield MailOutcome(topics_of(about), notice.mail.state, notice.mail.problem)


def topics_of(about: SubscriberMail) -> tuple[MailTopic, ...]:
    """The topics of an email, without an address."""
    force = about.subscriber.force_id
    return (MailTopic("page of force", force, "released" if about.release else "to confirm an address"),)


def write_to_subscriber(notice: ForceNotice) -> EmailMessage:
    """The message about a release, or the one that asks the owner of an address to confirm it."""
    subscriber, release = notice.about.subscriber, notice.about.release
    end = link_to_end(subscriber)
    words: dict[str, object] = {
        "force": subscriber.force.name,
        "office": body_name(london_day(notice.mail.claimed_at)),
        "end": end,
    }
    if release is None:
        words["link"] = _whole("confirm_emails", subscriber.force.slug, subscriber.token)
        template = "emails/force_confirm.txt"
    else:
        assert release.decided_at is not None  # it is released (forcerelease_is_decided)
        words |= {"link": _whole("public_force", subscriber.force.slug), "on": london_day(release.decided_at)}
        template = "emails/force_released.txt"
    message = message_from(template, words, to=subscriber.email, number=f"force-page-{notice.mail.pk}")
    message.extra_headers |= {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return message


def link_to_end(subscriber) -> str:
    """The link to unsubscribe, valid as long as the subscription."""
    return _whole("end_emails", subscriber.force.slug, subscriber.token)


def _whole(name: str, *address: str) -> str:
    return f"{settings.ORIGIN}{reverse(name, args=address)}"
