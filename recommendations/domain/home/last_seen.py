"""When a user last looked at the changes on the first page. Not a record."""

import datetime

from recommendations.models import LastLook, User

DAYS = 7  # counted on the first page for a user who never marked changes as seen


def last_looked_at(person: User) -> datetime.datetime | None:
    """The moment up to which `person` has marked changes as seen, or None."""
    return LastLook.objects.filter(person=person).values_list("at", flat=True).first()


def mark_seen(*, person: User, until: datetime.datetime, at: datetime.datetime) -> None:
    """Mark changes up to `until` as seen: the moment when the page was rendered, but at most `at` (now).

    It never moves back: of two open pages the later one counts.
    """
    until = min(until, at)
    # written at once: when a person last looked is no record
    look, is_new = LastLook.objects.get_or_create(person=person, defaults={"at": until})
    if not is_new:
        # written at once: the same, and never back
        LastLook.objects.filter(pk=look.pk, at__lt=until).update(at=until)
