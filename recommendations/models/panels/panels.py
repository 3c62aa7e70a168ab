"""Boards and committees that the office answers to, panels that it monitors, and their members."""

import re
import unicodedata

from django.db import models
from django.db.models import F, Q

from recommendations.enums import Frequency, PanelKind
from recommendations.models.base import ActiveManager, Record, RecordQuerySet, Withdrawable
from recommendations.models.forces.bodies import in_order
from recommendations.permissions import May
from recommendations.sections import Section

APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
DASHES = str.maketrans("‐‑–—", "----")
NAME_KEY = 200
IN_A_ROW = 3  # panels of which each replaced the one before


def person_key(name: str) -> str:
    """A key that identifies a person by name: case, spaces, apostrophes, dashes and Unicode encoding don't matter.

    Accents do: José and Jose are two people.
    """
    alike = unicodedata.normalize("NFKC", name).translate(APOSTROPHES).translate(DASHES)
    return re.sub(r"\s+", " ", alike).strip().casefold()[:NAME_KEY]


class Person(models.Model):
    """A person at a panel: whom they represent, and whether they decide. Never a person who is discussed."""

    derived_columns = {"name_key": lambda row: person_key(row.name)}

    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=NAME_KEY, editable=False)
    body = models.CharField("body represented", max_length=160)
    role = models.CharField(max_length=120, blank=True)
    rank = models.CharField(max_length=60, blank=True)
    decision_maker = models.BooleanField(default=False)
    of_force = models.BooleanField("of the force", default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_decision_maker_has_a_role",
                condition=Q(decision_maker=False) | ~Q(role=""),
                violation_error_message="A decision maker needs a role.",
            ),
            models.CheckConstraint(
                name="%(class)s_has_name_and_body", condition=~Q(name="") & ~Q(name_key="") & ~Q(body="")
            ),
        ]

    def save(self, *args, **kwargs):
        self.name_key = person_key(self.name)
        super().save(*args, **kwargs)


def replaced_by_one_of(panels, day, field: str = "") -> Q:
    """The condition that a panel ended before a day and one of `panels` replaced it, also by way of others.

    `field` leads to the panel, such as "panel__". Three panels in a row are looked at; one in their place is enough.
    """
    found, ended = Q(), Q()
    for _ in range(IN_A_ROW):
        ended &= Q((f"{field}until__lt", day))
        found |= ended & Q((f"{field}replaced_by__in", panels))
        field += "replaced_by__"
    return found


class PanelQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office and administrators; for a force its own Channel panels; none for others."""
        if user.has_perm(May.RECORD_MEETINGS) or user.has_perm(May.ADMINISTER):
            return self
        if user.force_id and user.has_perm(May.SEE_PANELS):
            return self.filter(kind=PanelKind.CHANNEL, force=user.force_id)
        return self.none()

    def on(self, day):
        """Panels in existence on a day."""
        return self.within(day, day)

    def within(self, first, last):
        """Panels in existence on any day from `first` to `last`."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=last), Q(until__isnull=True) | Q(until__gte=first))

    def channel(self):
        """Channel panels (Counter-Terrorism and Security Act 2015, section 37)."""
        return self.filter(kind=PanelKind.CHANNEL)

    def committees(self, day):
        """Panels that can get papers or make requests, by name: those that have not ended by a day.

        Without Channel panels if that section is off.
        """
        found = self if Section.PANELS.is_on else self.exclude(kind=PanelKind.CHANNEL)
        return found.exclude(until__lt=day).order_by("name")

    def for_the_public(self):
        """Panels marked as public. No public page shows the others."""
        return self.filter(public=True)


class Panel(Record):
    """A board or committee that the office answers to, or a panel that it monitors."""

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20, choices=PanelKind)
    body = models.ForeignKey("PolicingBody", on_delete=models.PROTECT, null=True, blank=True, related_name="panels")
    force = models.ForeignKey(
        "Force",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="panels",
        help_text="Whose attendance is watched. A Channel panel has one.",
    )
    local_authority = models.CharField(max_length=160, blank=True)
    area = models.CharField(max_length=160, blank=True)
    chair = models.CharField(max_length=160, blank=True)
    frequency = models.CharField(
        "expected frequency", max_length=20, choices=Frequency, default=Frequency.AS_NEEDED, blank=True
    )
    terms = models.TextField("terms of reference", blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    public = models.BooleanField(default=False, editable=False)
    public_at = models.DateTimeField(null=True, blank=True, editable=False)
    public_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            in_order("panel_dates_in_order"),
            models.CheckConstraint(name="panel_frequency_known", condition=Q(frequency__in=Frequency.values)),
            models.CheckConstraint(
                name="panel_replaced_has_ended",
                condition=Q(replaced_by__isnull=True) | (Q(until__isnull=False) & ~Q(replaced_by=F("id"))),
                violation_error_message="A panel that is replaced by another one has ended: enter its last day.",
            ),
            models.CheckConstraint(
                name="panel_public_says_when", condition=Q(public=False) | Q(public=True, public_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.name

    def has_ended(self, on) -> bool:
        """Whether the panel no longer exists on a day."""
        return self.until is not None and self.until < on


class MemberQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office and administrators; for a force its own people on its own Channel panels."""
        if user.has_perm(May.RECORD_MEETINGS) or user.has_perm(May.ADMINISTER):
            return self
        return self.filter(of_force=True, panel__in=Panel.objects.visible_to(user))

    def on(self, day):
        """Members whose term includes a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class PanelMember(Person, Withdrawable):
    """A person's term on a panel, for a body.

    Terms of one person do not overlap: domain/panels/panels.py enforces that, and on PostgreSQL so does the constraint
    panelmember_terms_apart.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = ActiveManager.from_queryset(MemberQuerySet)()
    on_file = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["panel", "body", "name", "since"]
        verbose_name = "member of a panel"
        verbose_name_plural = "members of panels"
        constraints = [
            *Person.Meta.constraints,
            *Withdrawable.Meta.constraints,
            in_order("panelmember_dates_in_order"),
        ]

    def __str__(self):
        return f"{self.name}, {self.body}"
