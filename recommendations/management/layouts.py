"""Read a document by the layout on record that it is in, for the commands that import documents."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from recommendations.domain.layouts.layouts import NewLayout
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.lines import DocumentLine
from recommendations.exchange.documents_in.marking.assembling import assemble
from recommendations.exchange.documents_in.marking.block import Block
from recommendations.exchange.documents_in.marking.blocks import blocks_of
from recommendations.exchange.documents_in.marking.groups import group_blocks
from recommendations.exchange.documents_in.marking.layout_files import (
    WrongLayoutFile,
    layouts_of_kind,
    new_layout_file,
)
from recommendations.exchange.documents_in.marking.layouts import Layout, layout_of_json, likeliest
from recommendations.exchange.documents_in.marking.marks import Mark, WrongMark, marks_of_json
from recommendations.exchange.documents_in.marking.reading import marked_blocks
from recommendations.exchange.documents_in.marking.remembering import (
    layout_on_record,
    learned_layout,
    likeliest_layout,
    with_what_was_known,
)
from recommendations.exchange.documents_in.marking.second_opinion import doubts
from recommendations.exchange.documents_in.responses.reading import as_json
from recommendations.exchange.documents_in.results import Placed, ReadResponse
from recommendations.management.arguments import content_of
from recommendations.models import DocumentLayout, PolicingBody

NO_DATABASE = "The database cannot be used ({error}). Is it there, and migrated?"


@dataclass(frozen=True)
class ReadByLayout:
    """What was read, its blocks, and the layout by which it was read: that on record, or the name of its file."""

    kind: str
    read: ReadResponse
    blocks: tuple[Block, ...]
    layout: DocumentLayout | None = None
    known: Layout | None = None
    file: str = ""
    remembered: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The lines that say by which layout it was read, and where its own is."""
        named = self.layout.document_words if self.layout else f"the layout in {self.file}" if self.file else ""
        return [*([f"Read as {named}."] if named else []), *self.remembered]

    def as_json(self) -> dict[str, Any]:
        """Return what was read, with each block and the layout that was used."""
        why = doubts(self.blocks, self.kind)
        blocks = [
            _block_as_json(block, placed, why.get(block.id, ""))
            for block, placed in zip(self.blocks, self.read.placed, strict=True)
        ]
        layout = self.layout.document_words if self.layout else self.file
        return as_json(self.read) | {"blocks": blocks, "layout": layout or None}

    def new_layout(self, *, day: datetime.date, body: PolicingBody | None = None) -> NewLayout | None:
        """What it teaches, to be remembered."""
        new = learned_layout(self.kind, self.blocks, name=self.read.title, day=day, body=body, known=self.layout)
        if new is None or self.known is None or self.layout:
            return new
        return replace(new, layout=with_what_was_known(layout_of_json(new.layout), self.known).as_json())


def _block_as_json(block: Block, placed: Placed, doubt: str) -> dict[str, Any]:
    """Return a block: "recommendations" are those that it is about, "by" and "like" who took it for what it is."""
    said: dict[str, Any] = {"id": block.id, "line": block.line.number, "text": block.text, "role": block.role.value}
    more = {"recommendations": list(placed.of), "by": block.by, "like": block.like, "doubt": doubt}
    return said | {name: value for name, value in more.items() if value}


def read_by_layout(
    kind: str, read: ReadResponse, lines: Sequence[DocumentLine], published_on: datetime.date, options: dict[str, Any]
) -> ReadByLayout:
    """Return a document that was read, now by the layout that it is in and by the marks of --marks.

    The layout is one on record, or one of those in --layouts. A dry run does without a database. Raises CommandError
    if there is none, it cannot be used, or a file cannot.
    """
    blocks = blocks_of(read)
    found = ReadByLayout(kind, read, blocks)
    if options["layouts"]:
        found = _by_file(found, options["layouts"])
    elif row := _row(kind, blocks, is_dry_run=options["dry_run"]):
        found = replace(found, layout=row, known=layout_on_record(row))
    marks = _marks(options["marks"], len(blocks)) if options["marks"] else []
    as_read, blocks = group_blocks(blocks), marked_blocks(blocks, marks, found.known)
    read = assemble(read, as_read, group_blocks(blocks), lines, published_on)
    return replace(found, blocks=blocks, read=read)


def _row(kind: str, blocks: Sequence[Block], *, is_dry_run: bool) -> DocumentLayout | None:
    try:
        return None if is_dry_run and not _may_have_database() else likeliest_layout(kind, blocks)
    except DatabaseError as error:
        if not is_dry_run:
            raise CommandError(NO_DATABASE.format(error=error)) from error
        return None


def _by_file(unread: ReadByLayout, folder: str) -> ReadByLayout:
    """Return it with the likeliest layout of those in the folder's files, if one is like enough."""
    if not Path(folder).is_dir():
        raise CommandError(f"There is no folder {folder}.")
    named: list[tuple[str, Layout]] = []
    for path in sorted(Path(folder).glob("*.json")) if unread.kind in LayoutKind.values else ():
        try:
            named += [(path.name, layout) for layout in layouts_of_kind(content_of(str(path)), unread.kind)]
        except WrongLayoutFile as error:
            raise CommandError(f"{path}: {error}") from error
    likest = likeliest(named, unread.blocks)
    return replace(unread, file=likest[0], known=likest[1]) if likest else unread


def _marks(name: str, number_of_blocks: int) -> list[Mark]:
    try:
        return marks_of_json(json.loads(content_of(name).decode("utf-8-sig")), number_of_blocks)
    except WrongMark as error:
        raise CommandError(f"{name}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{name} is not JSON.") from error


def remember_in_folder(new_layout: NewLayout | None, options: dict[str, Any]) -> tuple[str, ...]:
    """Write what was learned into the folder of --layouts, and return a line that says so. None for a coroner's."""
    if new_layout is None:
        return ()
    path = Path(options["layouts"]) / f"{Path(options['file']).stem}.json"
    try:
        path.write_bytes(new_layout_file(new_layout))
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    return (f"Its layout is in {path}.",)


def _may_have_database() -> bool:
    """Whether there may be one: SQLite would make the file by being asked."""
    is_open = connection.connection is not None
    return is_open or connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()
