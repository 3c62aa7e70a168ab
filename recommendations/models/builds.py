"""Files that people request and a background process makes. Builds are not records, though their results may be."""

from django.db import models
from django.db.models import Q

from recommendations.enums import BuildState

UNFINISHED = (BuildState.WAITING, BuildState.RUNNING)


class BuildQuerySet(models.QuerySet):
    def unfinished(self):
        """Builds that wait or run."""
        return self.filter(state__in=UNFINISHED)


class Build(models.Model):
    """One build of a file, and who requested it.

    `step` is its progress. `beat_at` is the worker's last heartbeat. `attempts` counts the starts, and tells one worker
    from another. `problem` is why it failed, in words for a user. `content` is the file, if stored here.
    """

    step: str
    state = models.CharField(max_length=10, choices=BuildState, default=BuildState.WAITING)
    asked_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    content = models.BinaryField(null=True, blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-id"]

    @property
    def says_what(self) -> str:
        """What it makes, in the words of the trail."""
        raise NotImplementedError

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


def build_constraints(name: str) -> list[models.CheckConstraint]:
    """The constraints: each state has its timestamps, and a failure has its reason."""
    return [
        models.CheckConstraint(
            name=f"{name}_state_has_its_moments",
            condition=Q(state=BuildState.WAITING, ended_at__isnull=True)
            | Q(state=BuildState.RUNNING, started_at__isnull=False, beat_at__isnull=False, ended_at__isnull=True)
            | Q(state__in=(BuildState.DONE, BuildState.FAILED), ended_at__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{name}_failed_says_why",
            condition=(Q(state=BuildState.FAILED) & ~Q(problem="")) | (~Q(state=BuildState.FAILED) & Q(problem="")),
        ),
    ]
