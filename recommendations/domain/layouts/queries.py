"""Layouts as pages list them, with the documents that were read by them; and those by which a document is read."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from recommendations.models import DocumentLayout, InspectionDocument, ResponseVersion
from recommendations.periods import london_day

READ_BY = (ResponseVersion, InspectionDocument)


@dataclass
class LayoutRow:
    """A layout, and how many documents were read by it or by those that it replaced. `last_on` is when the last was
    brought in.
    """

    layout: DocumentLayout
    uses: int = 0
    last_on: datetime.date | None = None


@dataclass(frozen=True)
class ReadDocument:
    """A document that was read by a layout: its title, its day, and when it was brought in."""

    title: str
    document_on: datetime.date | None
    read_on: datetime.date


@dataclass
class _Uses:
    number: int = 0
    last_at: datetime.datetime | None = None


def layouts_in_use(kind: str) -> list[DocumentLayout]:
    """Return the layouts by which documents of this kind are read, newest first. One query."""
    return list(DocumentLayout.objects.in_use().filter(kind=kind).select_related("body"))


def layout_rows(layouts: Iterable[DocumentLayout]) -> list[LayoutRow]:
    """Return a row for each layout, in order. Three queries for all."""
    later = _replacements()
    uses: dict[int, _Uses] = {}
    for model in READ_BY:
        counted: Any = model.objects.filter(layout__isnull=False).order_by().values("layout")
        for each in counted.annotate(number=Count("pk"), last_at=Max("recorded_at")):
            found = uses.setdefault(_latest(each["layout"], later), _Uses())
            found.number += each["number"]
            found.last_at = max(filter(None, (found.last_at, each["last_at"])))
    rows = []
    for layout in layouts:
        found = uses.get(layout.pk, _Uses())
        rows.append(LayoutRow(layout, found.number, london_day(found.last_at) if found.last_at else None))
    return rows


def documents_read_by(layout: DocumentLayout, most: int) -> list[ReadDocument]:
    """Return the last documents that were read by a layout or by those that it replaced, at most `most`. Three
    queries.
    """
    later = _replacements()
    pks = [layout.pk, *(pk for pk in later if _latest(pk, later) == layout.pk)]
    versions = ResponseVersion.objects.filter(layout__in=pks).select_related("response").order_by("-recorded_at")
    documents = InspectionDocument.objects.filter(layout__in=pks).select_related("inspection").order_by("-recorded_at")
    found = [(each.recorded_at, each.response.title, each.published_on) for each in versions[:most]]
    found += [(each.recorded_at, each.inspection.title, each.inspection.published_on) for each in documents[:most]]
    newest = sorted(found, key=lambda each: each[0], reverse=True)[:most]
    return [ReadDocument(title, document_on, london_day(at)) for at, title, document_on in newest]


def _replacements() -> dict[int, int]:
    """Return what each replaced layout was replaced by."""
    replaced = DocumentLayout.objects.filter(replaced_by__isnull=False).order_by().values_list("pk", "replaced_by")
    return {pk: later for pk, later in replaced if later}


def _latest(pk: int, later: dict[int, int]) -> int:
    while pk in later:
        pk = later[pk]
    return pk
