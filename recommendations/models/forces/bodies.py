"""Forces, policing bodies, and which body oversees which force in which period. All are data, with dates.

The columns of a force or a body say what holds today. `details_on` says what held on a day: `former_details.py`.
"""

import datetime

from django.db import models
from django.db.models import F, Q

from recommendations.enums import BodyKind
from recommendations.models.base import Record, RecordQuerySet
from recommendations.models.forces.former_details import FormerBodyDetails, FormerForceDetails


def in_order(name: str) -> models.CheckConstraint:
    """A constraint: `until` is not before `since`, if both are set."""
    return models.CheckConstraint(
        name=name,
        condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
        violation_error_message="The end is before the start.",
    )


class ForceQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The forces whose register this person may see: their own for a force inspection lead."""
        if user.force_id:
            return self.filter(pk=user.force_id)
        return self

    def not_ended(self, day: datetime.date):
        """All but those that ended before a day. One whose register was handed over stays among them."""
        return self.exclude(until__lt=day, handed_over_on__isnull=True)


class Force(Record):
    """A police force, led by a chief constable."""

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40, help_text="As in a narrow column, for example Westmarch.")
    slug = models.SlugField(unique=True)
    reference_prefix = models.CharField(
        max_length=8, unique=True, help_text="Begins the office's own references, for example WM gives WM-0001."
    )
    chief_officer_title = models.CharField(max_length=60, default="Chief constable")
    chief_officer = models.CharField(max_length=120, blank=True, help_text="Who leads the force today, for letters.")
    address = models.TextField(blank=True, help_text="As on an envelope: one line of the address per line.")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    handed_over_on = models.DateField(null=True, blank=True, editable=False)
    handed_over_to = models.CharField(max_length=200, blank=True, default="", editable=False)

    objects = ForceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            in_order("force_dates_in_order"),
            models.CheckConstraint(
                name="force_handed_over_to_an_office",
                condition=Q(handed_over_on__isnull=True, handed_over_to="")
                | (Q(handed_over_on__isnull=False) & ~Q(handed_over_to="")),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_police(self) -> bool:
        """Whether it is a police force, and not a fire and rescue service: the title of who leads it says so."""
        return "fire" not in self.chief_officer_title.lower()

    def details_on(self, day: datetime.date) -> "Force | FormerForceDetails":
        """The name, chief officer and address that held on a day. One query, none if `former_details` is prefetched."""
        return next((each for each in self.former_details.all() if each.until >= day), self)


class PolicingBody(Record):
    """A body that holds a force to account: a commissioner, a mayor, an authority or a board."""

    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=BodyKind)
    office_name = models.CharField(max_length=160, help_text="The office that works for it, for example Marches OPCC.")
    holder = models.CharField(max_length=120, blank=True, help_text="The person who holds the office today.")
    office_address = models.TextField(blank=True, help_text="At the top of letters: one line of the address per line.")
    office_email = models.EmailField(blank=True, help_text="Where replies to letters go.")
    comment_label = models.CharField(
        max_length=60, default="OPCC comment", help_text="The label above the office's comment in a response."
    )
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "policing bodies"
        constraints = [in_order("policing_body_dates_in_order")]

    def __str__(self):
        return self.name

    def details_on(self, day: datetime.date) -> "PolicingBody | FormerBodyDetails":
        """The names, holder and address that held on a day. One query, none if `former_details` is prefetched."""
        return next((each for each in self.former_details.all() if each.until >= day), self)


class OversightQuerySet(RecordQuerySet):
    def on(self, day):
        """The oversights in force on a day."""
        return self.within(day, day)

    def within(self, first, last):
        """The oversights in force on any day from `first` to `last`."""
        return self.filter(Q(since__lte=last), Q(until__isnull=True) | Q(until__gte=first))


class Oversight(Record):
    """A period in which one body oversees a force. A force has one body at a time.

    domain/people/records.py enforces that, and on PostgreSQL so does the constraint oversight_terms_apart.
    """

    body = models.ForeignKey(PolicingBody, on_delete=models.PROTECT, related_name="oversights")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="oversights")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = OversightQuerySet.as_manager()

    class Meta:
        ordering = ["force", "-since"]
        verbose_name_plural = "oversights"
        constraints = [in_order("oversight_dates_in_order")]

    def __str__(self):
        return f"{self.body} oversees {self.force}"
