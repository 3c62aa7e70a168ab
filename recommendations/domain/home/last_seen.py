"""When a person last looked at what changed. It is not a record: only the first page uses it."""

import datetime

from recommendations.models import LastLook, User

DAYS = 7  # what the first page counts from, for a person who has never marked it as seen


def looked_at(person: User) -> datetime.datetime | None:
    """The moment up to which `person` said that they have seen what changed; None where they never did."""
    return LastLook.objects.filter(person=person).values_list("at", flat=True).first()


def mark_seen(*, person: User, until: datetime.datetime, at: datetime.datetime) -> None:
    """Count what changed from `until` on: the moment at which the page was drawn, and never one after `at` (now).

    It never goes back: of two pages that lay open the later one counts.
    """
    until = min(until, at)
    # written at once: when a person last looked is no record
    look, is_new = LastLook.objects.get_or_create(person=person, defaults={"at": until})
    if not is_new:
        # written at once: the same, and never back
        LastLook.objects.filter(pk=look.pk, at__lt=until).update(at=until)
