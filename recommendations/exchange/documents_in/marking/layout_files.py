"""The form of files of layouts, JSON without the names of documents, and the layouts of documents in them."""

import datetime
import json
from typing import Any

from recommendations.domain.layouts.layouts import REGISTER, NewLayout
from recommendations.enums.layouts import LayoutKind
from recommendations.exchange.documents_in.marking.layouts import Layout, WrongLayout, layout_of_json
from recommendations.models import DocumentLayout, PolicingBody

FORMAT, VERSION = "Oversight layouts", 1
MOST_BYTES = 2 * 1024 * 1024
MOST_LAYOUTS = 500
LONGEST_NAME = 160
TOO_LARGE = "This file is larger than 2 MB. Export fewer layouts at once."
TOO_MANY = f"This file has more than {MOST_LAYOUTS} layouts. Export fewer at once."
NOT_LAYOUTS = "This is not a file of layouts. Choose one that was exported on the page “Layouts”."
OTHER_VERSION = (
    "This file is of version {other} of the format, and version {own} is read here. Export it again where it comes "
    "from, with the same version of Oversight as here."
)
NONE = "There is no layout in this file."


class WrongLayoutFile(ValueError):
    """A file that can't be imported: says why, in words for the person who chose it."""


def document_layout_as_json(layout: DocumentLayout) -> dict[str, Any]:
    """Return a layout as a file has it: its kind, whose it is, of which day its document was, and what it knows."""
    body = layout.body.name if layout.body else layout.body_name
    return _as_json(layout.kind, body, layout.document_on, layout.layout)


def layouts_of_kind(content: bytes, kind: str) -> list[Layout]:
    """Return the layouts in a file that are of documents of this kind. No query. Raises WrongLayoutFile."""
    rows = [(place, row) for place, row in enumerate(layouts_in(content), start=1) if not is_of_register(row)]
    found = [document_layout(place, row, {}) for place, row in rows]
    return [layout_of_json(each.layout) for each in found if each.kind == kind]


def new_layout_file(new: NewLayout) -> bytes:
    """Return a file with a layout that was learned and is not on record."""
    body = new.body.name if new.body else new.body_name
    return file_of_layouts([_as_json(new.kind, body, new.document_on, new.layout)])


def file_of_layouts(rows: list[dict[str, Any]]) -> bytes:
    """Return a file of these rows."""
    data = {"format": FORMAT, "version": VERSION, "layouts": rows}
    return f"{json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def layouts_in(content: bytes) -> list[Any]:
    """Return the rows of a file, as they are. Raises WrongLayoutFile."""
    data = _parsed(content)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise WrongLayoutFile(NOT_LAYOUTS)
    if data.get("version") != VERSION:
        raise WrongLayoutFile(OTHER_VERSION.format(other=str(data.get("version"))[:20], own=VERSION))
    listed = data.get("layouts")
    if not isinstance(listed, list):
        raise WrongLayoutFile(NOT_LAYOUTS)
    if not listed:
        raise WrongLayoutFile(NONE)
    if len(listed) > MOST_LAYOUTS:
        raise WrongLayoutFile(TOO_MANY)
    return listed


def is_of_register(row: Any) -> bool:
    """Whether a row of a file is the layout of a register."""
    return isinstance(row, dict) and row.get("kind") == REGISTER


def _parsed(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise WrongLayoutFile(TOO_LARGE)
    try:
        data = json.loads(content.decode("utf-8-sig"))
        if r"\u0000" not in json.dumps(data, ensure_ascii=False).encode().decode():  # half of a pair does not encode
            return data
    except (ValueError, RecursionError):
        pass
    raise WrongLayoutFile(NOT_LAYOUTS)


def _as_json(kind: str, body: str, day: datetime.date | None, layout: Any) -> dict[str, Any]:
    return {"kind": str(kind), "body": body, "day": day.isoformat() if day else "", "layout": layout}


def document_layout(place: int, row: Any, bodies: dict[str, PolicingBody]) -> NewLayout:
    """Return the layout in a row, with its body if `bodies` has its name. Raises WrongLayoutFile, with its place."""
    if not isinstance(row, dict):
        raise WrongLayoutFile(f"Layout {place} is not one. {NOT_LAYOUTS}")
    kind, body, day = (row.get(name, "") for name in ("kind", "body", "day"))
    if kind not in LayoutKind.values:
        raise WrongLayoutFile(f"Layout {place} is of a kind of document that is not remembered: “{str(kind)[:40]}”.")
    if not isinstance(body, str) or len(body) > LONGEST_NAME:
        raise WrongLayoutFile(f"Layout {place}: the name of its body is not a text of up to {LONGEST_NAME} characters.")
    try:
        layout = layout_of_json(row.get("layout"))
    except WrongLayout as error:
        raise WrongLayoutFile(f"Layout {place}: {error}") from None
    found = bodies.get(body.strip().casefold())
    return NewLayout(
        kind=kind, layout=layout.as_json(), document_on=_day(place, day), body=found, body_name="" if found else body
    )


def _day(place: int, typed: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(typed) if typed else None
    except (TypeError, ValueError):
        raise WrongLayoutFile(f"Layout {place}: its day is not one, such as 2026-10-02.") from None
