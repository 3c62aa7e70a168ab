"""What people ask to have made outside a request, by whoever runs beside the web server. No records: what comes of it
may be.
"""

from django.db import models
from django.db.models import Q

from recommendations.enums import BuildState

UNFINISHED = (BuildState.WAITING, BuildState.RUNNING)


class BuildQuerySet(models.QuerySet):
    def unfinished(self):
        """What waits or is worked on."""
        return self.filter(state__in=UNFINISHED)


class Build(models.Model):
    """One making of a file, and who asked for it.

    `step` says how far it is. `beat_at` is when whoever works on it last said so. `attempts` is how often it was begun,
    and tells one worker from another. `problem` says why nothing came of it, in words for a person. `content` is what
    was made, where it is kept here.
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
        """What it makes, as the trail names it."""
        raise NotImplementedError

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


def build_constraints(name: str) -> list[models.CheckConstraint]:
    """That each state has its moments, and that a failure says why."""
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
