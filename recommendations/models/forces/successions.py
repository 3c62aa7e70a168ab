"""Changes of forces and policing bodies entered ahead: done on their day, and seen nowhere else before."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.enums import BodyKind
from recommendations.enums.succession import SuccessionKind, SuccessionState
from recommendations.models.base import Record, RecordQuerySet
from recommendations.periods import say

OPEN = Q(done_at__isnull=True, withdrawn_at__isnull=True)


def _of_kind(kind: SuccessionKind, facts: Q) -> Q:
    return ~Q(kind=kind) | facts


class SuccessionQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for administrators; for officers those that are confirmed or done; none for others."""
        if user.has_perm("administer"):
            return self
        return self.filter(confirmed_at__isnull=False) if user.has_perm("see_changes_ahead") else self.none()

    def open(self):
        """Those that are still to come, confirmed or not."""
        return self.filter(OPEN)

    def due(self, day):
        """Those that are confirmed and whose day has come, in the order in which they are done.

        Of one day, those of bodies are first: a force that is new on that day is then overseen by the body of that day.
        """
        is_of_bodies = models.Case(models.When(kind__in=("new_body", "other_body"), then=0), default=1)
        found = self.open().filter(confirmed_at__isnull=False, day__lte=day)
        return found.alias(place=is_of_bodies).order_by("day", "place", "pk")

    def with_names(self):
        """With what their titles name."""
        names = ("force_rows__force__former_details", "body__former_details", "successor__former_details")
        return self.select_related("body", "successor").prefetch_related(*names)


class Succession(Record):
    """A change with its day. Which columns hold something follows from its kind.

    `body` is the body on record that forces go over to, or whose details change. `successor` is the force on record
    that takes over, else `force_name` names a new one. Of a change of details, what is empty stays as it is.
    """

    kind = models.CharField("what changes", max_length=20, choices=SuccessionKind)
    day = models.DateField("first day")
    reason = models.TextField("order or other source")
    body = models.ForeignKey(
        "PolicingBody", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="policing body"
    )
    successor = models.ForeignKey(
        "Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="force that takes over"
    )
    force_name = models.CharField("name of the force", max_length=120, blank=True)
    short_name = models.CharField("short name", max_length=40, blank=True)
    reference_prefix = models.CharField("reference prefix", max_length=8, blank=True)
    chief_officer_title = models.CharField("title of the chief officer", max_length=60, blank=True)
    chief_officer = models.CharField("chief officer’s name", max_length=120, blank=True)
    force_address = models.TextField("address of the force", blank=True)
    body_name = models.CharField("name of the body", max_length=160, blank=True)
    body_kind = models.CharField("kind of body", max_length=20, choices=BodyKind, blank=True)
    office_name = models.CharField("name of its office", max_length=160, blank=True)
    holder = models.CharField("person who holds the office", max_length=120, blank=True)
    office_address = models.TextField("address of the office", blank=True)
    office_email = models.EmailField("email address of the office", blank=True)
    comment_label = models.CharField("label above the office’s comments", max_length=60, blank=True)
    references = models.TextField("recommendations that go over", blank=True)
    leads_stay = models.BooleanField("inspection leads stay", default=False)
    staff_changes = models.BooleanField("the body’s staff changes", default=False)
    entered_at = models.DateTimeField("entered", editable=False)
    entered_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="entered by"
    )
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        "User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="confirmed by",
    )
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        "User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="withdrawn by",
    )
    withdrawn_why = models.TextField("withdrawn because", blank=True, editable=False)
    done_at = models.DateTimeField("done", null=True, blank=True, editable=False)
    problem = models.TextField("why it could not be done", blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = "change ahead"
        verbose_name_plural = "changes ahead"
        constraints = [
            models.CheckConstraint(name="succession_kind_known", condition=Q(kind__in=SuccessionKind.values)),
            models.CheckConstraint(name="succession_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="succession_names_the_new_body",
                condition=_of_kind(SuccessionKind.NEW_BODY, ~Q(body_name="") & ~Q(body_kind="") & ~Q(office_name="")),
            ),
            models.CheckConstraint(
                name="succession_names_a_body_on_record",
                condition=_of_kind(SuccessionKind.OTHER_BODY, Q(body__isnull=False))
                & _of_kind(SuccessionKind.BODY_DETAILS, Q(body__isnull=False)),
            ),
            models.CheckConstraint(
                name="succession_names_one_successor",
                condition=_of_kind(
                    SuccessionKind.MERGER,
                    Q(successor__isnull=False, force_name="") | (Q(successor__isnull=True) & ~Q(force_name="")),
                ),
            ),
            models.CheckConstraint(
                name="succession_splits_off_something",
                condition=_of_kind(SuccessionKind.SPLIT, ~Q(force_name="") & ~Q(references="")),
            ),
            models.CheckConstraint(
                name="succession_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
            ),
            models.CheckConstraint(
                name="succession_done_was_confirmed",
                condition=Q(done_at__isnull=True) | Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="succession_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
            models.CheckConstraint(name="succession_problem_is_of_an_open_one", condition=Q(problem="") | OPEN),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} on {say(self.day)}"

    def get_absolute_url(self):
        return reverse("succession", args=[self.pk])

    @property
    def kind_of_change(self) -> SuccessionKind:
        return SuccessionKind(self.kind)

    @property
    def state(self) -> SuccessionState:
        if self.done_at:
            return SuccessionState.DONE
        if self.withdrawn_at:
            return SuccessionState.WITHDRAWN
        return SuccessionState.CONFIRMED if self.confirmed_at else SuccessionState.ENTERED

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.withdrawn_at is None

    @property
    def forces(self) -> list:
        """The forces that it is about, by name: those that go over, end, are split or have new details."""
        return sorted((row.force for row in self.force_rows.all() if row.is_included), key=lambda force: force.name)


class SuccessionForce(Record):
    """A force that a change ahead is about; no longer `is_included` if the change was changed since."""

    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="force_rows")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="succession_rows")
    is_included = models.BooleanField("is part of it", default=True)

    class Meta:
        ordering = ["force"]
        verbose_name = "force of a change ahead"
        constraints = [models.UniqueConstraint(fields=["succession", "force"], name="successionforce_once")]

    def __str__(self):
        return str(self.force)
