"""Large files of the register, which are built outside requests."""

from django.db.models import TextChoices


class ExportForm(TextChoices):
    """The forms of register file that are slow to build if there are many rows."""

    XLSX = "xlsx", "a spreadsheet (Excel)"
    DOCX = "docx", "a Word document"


class ExportStep(TextChoices):
    """The progress of building a large file."""

    ROWS = "rows", "Reading the rows"
    FILE = "file", "Writing the file"
