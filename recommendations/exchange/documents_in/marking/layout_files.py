"""Files of layouts, which take them from one office to another: JSON, without the names of documents."""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from recommendations.domain.layouts.layouts import NewLayout
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


def layout_file(layouts: Iterable[DocumentLayout]) -> bytes:
    """Return a file with these layouts. It says of each its kind, whose it is, and of which day its document was."""
    listed = [
        {
            "kind": each.kind,
            "body": each.body.name if each.body else each.body_name,
            "day": each.document_on.isoformat() if each.document_on else "",
            "layout": each.layout,
        }
        for each in layouts
    ]
    return _file(listed)


def read_layout_file(content: bytes) -> list[NewLayout]:
    """Return the layouts in a file, each with its body, if that is on record. One query. Raises WrongLayoutFile."""
    listed = _listed(content)
    bodies = {name.casefold(): body for body in PolicingBody.objects.all() for name in (body.name, body.office_name)}
    return [_layout(place, each, bodies) for place, each in enumerate(listed, start=1)]


def layouts_of_kind(content: bytes, kind: str) -> list[Layout]:
    """Return the layouts in a file that are of documents of this kind. No query. Raises WrongLayoutFile."""
    found = [_layout(place, each, {}) for place, each in enumerate(_listed(content), start=1)]
    return [layout_of_json(each.layout) for each in found if each.kind == kind]


def new_layout_file(new: NewLayout) -> bytes:
    """Return a file with a layout that was learned and is not on record."""
    return _file(
        [
            {
                "kind": str(new.kind),
                "body": new.body.name if new.body else new.body_name,
                "day": new.document_on.isoformat() if new.document_on else "",
                "layout": new.layout,
            }
        ]
    )


def _file(listed: list[dict[str, Any]]) -> bytes:
    data = {"format": FORMAT, "version": VERSION, "layouts": listed}
    return f"{json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def _listed(content: bytes) -> list[Any]:
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


def _parsed(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise WrongLayoutFile(TOO_LARGE)
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise WrongLayoutFile(NOT_LAYOUTS) from None


def _layout(place: int, row: Any, bodies: dict[str, PolicingBody]) -> NewLayout:
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
