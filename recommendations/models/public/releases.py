"""Public releases: prepared by one person, released by another; their facts never change."""

from django.db import models
from django.db.models import F, Q

from recommendations.digests import sha256_of
from recommendations.enums.force_pages import ReleaseState
from recommendations.models.base import ActiveManager, Guarded, RecordQuerySet, Withdrawable


class ReleaseQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office. Released ones are public anyway."""
        return self if user.has_perm("draft_paper") else self.none()

    def released(self):
        """Releases that an approving officer has released."""
        return self.filter(state=ReleaseState.RELEASED)


class Release(Withdrawable):
    """A release for one force, numbered when it is released."""

    subject: str  # what it is about, as the trail's verbs and the office's addresses name it

    force = models.ForeignKey("Force", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.WAITING)
    number = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_why = models.TextField("why it was sent back", blank=True, default="")

    objects = ActiveManager.from_queryset(ReleaseQuerySet)()
    on_file = ReleaseQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-prepared_at", "-id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(fields=["force", "number"], name="%(class)s_number_once"),
            models.UniqueConstraint(
                fields=["force"], condition=Q(state=ReleaseState.WAITING), name="%(class)s_one_waits"
            ),
            models.CheckConstraint(name="%(class)s_state_known", condition=Q(state__in=ReleaseState.values)),
            models.CheckConstraint(
                name="%(class)s_is_decided",
                condition=Q(state=ReleaseState.WAITING, decided_at__isnull=True)
                | (~Q(state=ReleaseState.WAITING) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="%(class)s_released_has_number",
                condition=Q(state=ReleaseState.RELEASED, number__isnull=False)
                | (~Q(state=ReleaseState.RELEASED) & Q(number__isnull=True, withdrawn_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="%(class)s_released_by_another",
                condition=~Q(state=ReleaseState.RELEASED)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="%(class)s_returned_says_why",
                condition=(Q(state=ReleaseState.RETURNED) & ~Q(returned_why=""))
                | (~Q(state=ReleaseState.RETURNED) & Q(returned_why="")),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page in the office; each kind of release has its own."""
        raise NotImplementedError


class ReleasedFacts(Guarded):
    """The complete facts of a release as prepared. Never changed: a change is a new release.

    `facts` is JSON; `sha256` is the digest of its canonical text.
    """

    derived_columns = {"sha256": lambda row: sha256_of(row.facts)}

    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("What was prepared for release never changes: prepare it again.")
        super().save(*args, **kwargs)
