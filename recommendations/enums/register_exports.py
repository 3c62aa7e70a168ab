"""Large files of the register, which are made outside requests."""

from django.db.models import TextChoices


class ExportForm(TextChoices):
    """The files of the register that take long to make, where they have many rows."""

    XLSX = "xlsx", "a spreadsheet (Excel)"
    DOCX = "docx", "a Word document"


class ExportStep(TextChoices):
    """How far a large file of the register has come."""

    ROWS = "rows", "Reading the rows"
    FILE = "file", "Writing the file"
