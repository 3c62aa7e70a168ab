"""The secret addresses of personal calendar feeds."""

from django.db import models
from django.db.models import Q

from recommendations.models.base import Record, RecordQuerySet


class AddressQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The user's own only: not even administrators see others."""
        return self.filter(person=user.pk)

    def standing(self):
        """Addresses that still work."""
        return self.filter(ended_at__isnull=True)


class CalendarAddress(Record):
    """The address of a person's calendar feed. `key` is one half of it; the other half is not stored.

    The second half is derived from the key with SECRET_KEY (domain/calendar/feed_tokens.py), so that reading the
    database or a backup is not enough to fetch anybody's calendar.
    """

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="calendar_addresses")
    key = models.CharField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-made_at", "-id"]
        verbose_name_plural = "calendar addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="calendaraddress_one_a_person"
            ),
            models.CheckConstraint(name="calendaraddress_has_a_key", condition=~Q(key="")),
            models.CheckConstraint(
                name="calendaraddress_ends_after_it_began",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("made_at")),
            ),
        ]

    def __str__(self):
        return f"Calendar address of {self.person}"
