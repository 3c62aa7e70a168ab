"""Imported spreadsheets: how the office's columns and words are read, each import, and each row as it was."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.enums import RowOutcome
from recommendations.models.base import Guarded, Record, RecordQuerySet


class SheetMappingQuerySet(RecordQuerySet):
    def in_use(self):
        """Those that are used: not retired."""
        return self.filter(retired_at__isnull=True)


class SheetMapping(Record):
    """The layout of a register: how a table with these headings is read for a policing body, until it is retired.

    `headings` are the table's headings, case folded, one on each line; `answers` say what each column and each of its
    words means, as exchange/imports/mapping_answers.py has it. No text of a cell is kept, but words of a list and what
    stands for a day. `body` is None where no one oversees the force, or where it was kept before bodies were told
    apart. `source_name` and `recorded_…` are of the last import in this layout.
    """

    body = models.ForeignKey("PolicingBody", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    headings = models.TextField()
    answers = models.JSONField()
    source_name = models.CharField("file", max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SheetMappingQuerySet.as_manager()

    class Meta:
        verbose_name = "register layout"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="sheetmapping_once_for_a_body",
                fields=["body", "headings"],
                condition=Q(retired_at__isnull=True, body__isnull=False),
            ),
            models.UniqueConstraint(
                name="sheetmapping_once_for_no_body",
                fields=["headings"],
                condition=Q(retired_at__isnull=True, body__isnull=True),
            ),
            models.CheckConstraint(
                name="sheetmapping_retired_by_once_retired",
                condition=Q(retired_at__isnull=False) | Q(retired_by__isnull=True),
            ),
        ]

    def __str__(self):
        return f"Columns: {', '.join(self.headings.splitlines()[:3])} …"


class SheetImport(Record):
    """One imported spreadsheet, and whether the import was undone."""

    source_name = models.CharField("file", max_length=200)
    source_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_why = models.TextField(blank=True, default="")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="sheetimport_undone_says_why",
                condition=Q(undone_at__isnull=True, undone_why="") | (Q(undone_at__isnull=False) & ~Q(undone_why="")),
            ),
        ]

    def __str__(self):
        return self.source_name

    def get_absolute_url(self):
        return reverse("sheet_import", args=[self.pk])


class SheetRow(Guarded):
    """One spreadsheet row as it was, and the tracked recommendation that it became. Never changed.

    `original` has each cell as (heading, text), in the sheet's order (which PostgreSQL would lose in an object); `did`
    records what the row did, so that it can be undone.
    """

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12, choices=RowOutcome)
    tracked = models.ForeignKey(
        "TrackedRecommendation", on_delete=models.PROTECT, related_name="sheet_rows", null=True, blank=True
    )
    original = models.JSONField()
    did = models.JSONField(default=dict)

    class Meta:
        ordering = ["sheet_import", "sheet", "number"]
        indexes = [models.Index(fields=["sheet_import", "outcome"], name="sheetrow_by_outcome")]

    def __str__(self):
        return f"{self.sheet_import}, row {self.number}"


class SheetDraft(models.Model):
    """A spreadsheet that is being imported: what was read, and the answers so far. Not a record.

    `purpose` is where it goes: the register, or an update round (whose id is in `about`).
    """

    token = models.CharField(max_length=40, primary_key=True)
    by = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=20, default="register")
    about = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    table = models.JSONField()
    answers = models.JSONField(default=dict)

    def __str__(self):
        return self.name
