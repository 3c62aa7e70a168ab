"""Builds of files in the background."""

from django.db.models import TextChoices


class BuildKind(TextChoices):
    """The purpose of a build of a paper's file."""

    FINALISE = "finalise", "Finalise the paper"
    PREVIEW = "preview", "PDF of the draft"


class BuildState(TextChoices):
    """The states of a background build of a file."""

    WAITING = "waiting", "Waiting for its turn"
    RUNNING = "running", "Being made"
    DONE = "done", "Made"
    FAILED = "failed", "Not made"


class BuildStep(TextChoices):
    """The progress of a build of a paper."""

    FIGURES = "figures", "Working out the figures"
    PDF = "pdf", "Making the PDF"
    KEEPING = "keeping", "Keeping figures and file"
