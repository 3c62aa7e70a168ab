"""The secret addresses at which people's own calendars ask for what is ahead."""

from django.db import models
from django.db.models import Q

from recommendations.models.base import Record, RecordQuerySet


class AddressQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """A person's own, and nobody else's: administrators see none."""
        return self.filter(person=user.pk)

    def standing(self):
        """Those that answer: not ended."""
        return self.filter(ended_at__isnull=True)


class CalendarAddress(Record):
    """A person's calendar can be asked for. `key` is one half of the address; the other one is not kept anywhere.

    The second half is made from the key with the installation's SECRET_KEY (domain/calendar/feed_tokens.py), so that
    who reads the database or a backup of it cannot ask for anybody's calendar.
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
