"""Layouts of documents: what was learned from one that a person checked, for the next in the same layout."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.digests import sha256_of
from recommendations.enums.layouts import LayoutKind
from recommendations.models.base import Record, RecordQuerySet
from recommendations.periods import say


def digest_of_layout(kind: str, layout: object) -> str:
    """What a layout is known by: the same kind with the same features and roles has the same digest."""
    return sha256_of([str(kind), layout])


class DocumentLayoutQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for those who bring documents in, and for administrators; else none."""
        may = user.has_perm("import_response") or user.has_perm("administer")
        return self if may else self.none()

    def in_use(self):
        """Those by which documents are read: neither retired nor replaced by a later one."""
        return self.filter(retired_at__isnull=True, replaced_by__isnull=True)


class DocumentLayout(Record):
    """A layout: the features of a document's blocks, and what each was taken for. It has no words but short labels.

    `layout` is in the form of exchange/documents_in/marking/layouts.py. What is learned from a later document in it is
    a new row, by which this one is replaced.
    """

    derived_columns = {"digest": lambda row: digest_of_layout(row.kind, row.layout)}

    kind = models.CharField("kind of document", max_length=10, choices=LayoutKind)
    body = models.ForeignKey("PolicingBody", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body_name = models.CharField(
        "body, by its name", max_length=160, blank=True, help_text="Where it came in a file and is not on record here."
    )
    layout = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)
    document_name = models.CharField("from the document", max_length=300, blank=True)
    document_on = models.DateField("day of the document", null=True, blank=True)
    file_name = models.CharField(
        "from the file", max_length=200, blank=True, help_text="Of layouts; empty where it was learned here."
    )
    kept_at = models.DateTimeField("remembered at")
    kept_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="remembered by"
    )
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="replaced by"
    )
    retired_at = models.DateTimeField("retired", null=True, blank=True)
    retired_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retired by"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DocumentLayoutQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-id"]
        verbose_name = "layout"
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(retired_at__isnull=True, replaced_by__isnull=True),
                name="documentlayout_once_in_use",
            ),
            models.CheckConstraint(name="documentlayout_kind_known", condition=Q(kind__in=LayoutKind.values)),
            models.CheckConstraint(name="documentlayout_one_body", condition=Q(body__isnull=True) | Q(body_name="")),
            models.CheckConstraint(
                name="documentlayout_retired_at_by",
                condition=Q(retired_at__isnull=False) | Q(retired_by__isnull=True),
            ),
            models.CheckConstraint(
                name="documentlayout_replaced_is_not_retired",
                condition=Q(replaced_by__isnull=True) | Q(retired_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"Layout of {self.document_words}"

    def get_absolute_url(self):
        return reverse("layout", args=[self.pk])

    @property
    def whose(self) -> str:
        """The office whose responses are so, or ""."""
        return self.body.office_name if self.body else self.body_name

    @property
    def is_own(self) -> bool:
        """Whether it was learned here, from a response of a body on record."""
        return self.body_id is not None and not self.file_name

    @property
    def document_words(self) -> str:
        """The document that it was learned from: "your response of 2 Oct 2026", "the HMICFRS report of 3 Nov 2026"."""
        name = self.get_kind_display()
        name = name if name.startswith(("HMICFRS", "IOPC")) else name[:1].lower() + name[1:]
        whose = f" by {self.whose}" if self.whose and not self.is_own else ""
        day = f" of {say(self.document_on)}" if self.document_on else ""
        return f"{'your' if self.is_own else 'the'} {name}{whose}{day}"
