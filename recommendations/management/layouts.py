"""Read a document by the layout on record that it is in, for the commands that import documents."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from recommendations.domain.layouts.layouts import NewLayout
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.assembling import assemble
from recommendations.exchange.documents_in.marking.blocks import Block, blocks_of
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.remembering import (
    layout_on_record,
    learned_layout,
    likeliest_layout,
)
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.models import DocumentLayout, PolicingBody

NO_DATABASE = "The database cannot be used ({error}). Is it there, and migrated?"


@dataclass(frozen=True)
class ReadByLayout:
    """What was read, its blocks, and the layout on record by which it was read, or None."""

    kind: str
    read: ReadResponse
    blocks: tuple[Block, ...]
    layout: DocumentLayout | None

    @property
    def words(self) -> list[str]:
        """A line that says by which layout it was read, or none."""
        return [f"Read as {self.layout.document_words}."] if self.layout else []

    def new_layout(self, *, day: datetime.date, body: PolicingBody | None = None) -> NewLayout | None:
        """What it teaches, to be remembered."""
        return learned_layout(self.kind, self.blocks, name=self.read.title, day=day, body=body, known=self.layout)


def read_by_layout(
    kind: str,
    read: ReadResponse,
    lines: Sequence[DocumentLine],
    published_on: datetime.date,
    *,
    is_dry_run: bool,
) -> ReadByLayout:
    """Return a document that was read, now by the layout on record that it is in. A dry run does without a database.

    Raises CommandError if there is none, or it cannot be used.
    """
    blocks = blocks_of(read)
    try:
        row = None if is_dry_run and not _may_have_database() else likeliest_layout(kind, blocks)
    except DatabaseError as error:
        if not is_dry_run:
            raise CommandError(NO_DATABASE.format(error=error)) from error
        row = None
    layout = layout_on_record(row)
    if layout is None:
        return ReadByLayout(kind, read, blocks, None)
    blocks = marked_blocks(blocks, [], layout)
    return ReadByLayout(kind, assemble(read, blocks, lines, published_on), blocks, row)


def _may_have_database() -> bool:
    """Whether there may be one: SQLite would make the file by being asked."""
    is_open = connection.connection is not None
    return is_open or connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()
