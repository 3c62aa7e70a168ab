"""Builds of files in the background: of papers, and of large files of the register."""

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


class ExportForm(TextChoices):
    """The forms of register file that are slow to build if there are many rows."""

    XLSX = "xlsx", "a spreadsheet (Excel)"
    DOCX = "docx", "a Word document"


class ExportStep(TextChoices):
    """The progress of building a large file."""

    ROWS = "rows", "Reading the rows"
    FILE = "file", "Writing the file"
