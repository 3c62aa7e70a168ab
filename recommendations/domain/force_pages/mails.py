"""Emails about a force's page, each sent once: to confirm an address, and about each new release. Their ledger is
domain/mails/mail_ledger.py."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from recommendations.domain.force_pages.subscribers import TO_CONFIRM
from recommendations.domain.mails import mail_ledger
from recommendations.domain.mails.mail_ledger import STALE_AFTER
from recommendations.enums import MailState
from recommendations.models import ForceMail, ForceRelease, ForceSubscriber
from recommendations.sections import Section

MOST_ATTEMPTS = 5  # of an email that the mail server refuses


@dataclass(frozen=True)
class SubscriberMail:
    """An email to be sent. Without a release it asks the owner of the address to confirm it."""

    subscriber: ForceSubscriber
    release: ForceRelease | None = None


@dataclass(frozen=True)
class ForceNotice:
    """An email that this run has claimed."""

    mail: ForceMail
    about: SubscriberMail


def waiting(at: datetime.datetime) -> list[SubscriberMail]:
    """Emails to be sent: a confirmation for each new address, the latest release to everyone confirmed before it.

    None while the section is off. Writes nothing.
    """
    if not Section.FORCE_PAGE.is_on:
        return []
    found = [SubscriberMail(each) for each in _subscribers_to_confirm(at)]
    for release in _newest():
        found += [SubscriberMail(each, release) for each in _subscribers_to_tell(release, at)]
    return found


def _subscribers_to_confirm(at: datetime.datetime) -> QuerySet[ForceSubscriber]:
    new = ForceSubscriber.objects.filter(confirmed_at__isnull=True, asked_at__gt=at - TO_CONFIRM)
    return new.filter(~Exists(_finished_mails(at).filter(release__isnull=True))).select_related("force").order_by("pk")


def _subscribers_to_tell(release: ForceRelease, at: datetime.datetime) -> QuerySet[ForceSubscriber]:
    wanted = ForceSubscriber.objects.filter(force=release.force_id, confirmed_at__lt=release.decided_at)
    return wanted.filter(~Exists(_finished_mails(at).filter(release=release))).select_related("force").order_by("pk")


def _finished_mails(at: datetime.datetime) -> QuerySet[ForceMail]:
    """Emails to a subscriber that were sent, are being sent, or were given up."""
    fresh = Q(state=MailState.CLAIMED, claimed_at__gt=at - STALE_AFTER)
    given_up = Q(state=MailState.FAILED, attempts__gte=MOST_ATTEMPTS)
    over = Q(state__in=mail_ledger.GONE) | fresh | given_up
    return ForceMail.objects.filter(over, subscriber=OuterRef("pk"))


def _newest() -> list[ForceRelease]:
    """The latest release of each force, unless it was withdrawn."""
    later = ForceRelease.on_file.released().filter(force=OuterRef("force"), number__gt=OuterRef("number"))
    released = ForceRelease.objects.released().filter(~Exists(later))
    return list(released.select_related("force").order_by(F("force_id")))


def claim(*, about: SubscriberMail, at: datetime.datetime) -> ForceNotice | None:
    """Claim an email. None if another run claimed it first, or it no longer has to be sent."""
    with transaction.atomic():
        rows = ForceSubscriber.objects.select_for_update().filter(pk=about.subscriber.pk)
        rows = rows & (
            _subscribers_to_tell(about.release, at) if about.release else _subscribers_to_confirm(at)
        ).select_related(None)
        found = rows.first()
        if found is None or not found.is_as_sealed:
            return None
        mail = mail_ledger.claim_one(ForceMail, at=at, subscriber=about.subscriber.pk, release=about.release)
    return ForceNotice(mail, about) if mail else None
