"""Files of layouts, of documents and of registers, which take them from one office to another."""

import datetime
from collections.abc import Iterable
from typing import Any

from recommendations.domain.imports.layouts import OF_WORDS, joined_headings
from recommendations.domain.imports.lines import SheetContext, context
from recommendations.domain.layouts.layouts import REGISTER, NewLayout
from recommendations.domain.register.sheet_columns import BY_KEY, Holds, coming_in
from recommendations.exchange.documents_in.marking.layout_files import (
    WrongLayoutFile,
    document_layout,
    document_layout_as_json,
    file_of_layouts,
    is_of_register,
    layouts_in,
)
from recommendations.exchange.imports.mapping_answers import IN_COLUMN, NOT_KNOWN, PUBLISHED_DAY
from recommendations.exchange.imports.vocabulary import choices_for
from recommendations.models import DocumentLayout, PolicingBody, SheetMapping

NO_REGISTER = "Layout {place} is of a register and has no headings and answers that can be read."
LONGEST_PLACE = 4  # digits of a column's position


def layout_file(layouts: Iterable[DocumentLayout | SheetMapping]) -> bytes:
    """Return a file with these layouts: of each its kind and whose it is, and never the names of files."""
    rows = [
        _register_layout_as_json(each) if isinstance(each, SheetMapping) else document_layout_as_json(each)
        for each in layouts
    ]
    return file_of_layouts(rows)


def read_layout_file(content: bytes, today: datetime.date) -> list[NewLayout]:
    """Return the layouts in a file, each with its body, if that is on record. Raises WrongLayoutFile.

    One query, and with layouts of registers three more. Fields, forces and meanings that there are not here are left
    out of those: the next register asks about them.
    """
    rows = layouts_in(content)
    bodies = {name.casefold(): body for body in PolicingBody.objects.all() for name in (body.name, body.office_name)}
    known = context(today) if any(map(is_of_register, rows)) else None
    return [
        _register_layout(place, row, bodies, known)
        if known and is_of_register(row)
        else document_layout(place, row, bodies)
        for place, row in enumerate(rows, start=1)
    ]


def _register_layout_as_json(layout: SheetMapping) -> dict[str, Any]:
    return {
        "kind": REGISTER,
        "body": layout.body.name if layout.body else "",
        "layout": {"headings": layout.headings.split("\n"), "answers": layout.answers},
    }


def _register_layout(place: int, row: Any, bodies: dict[str, PolicingBody], known: SheetContext) -> NewLayout:
    body, layout = row.get("body", ""), row.get("layout")
    if not isinstance(body, str) or not _is_whole(layout):
        raise WrongLayoutFile(NO_REGISTER.format(place=place))
    found = bodies.get(body.strip().casefold())
    headings, answers = layout["headings"], layout["answers"]
    kept = {"headings": joined_headings(headings), "answers": _answers(answers, len(headings), known)}
    return NewLayout(kind=REGISTER, layout=kept, body=found)


def _is_whole(layout: Any) -> bool:
    """Whether it has headings, and answers of the form in which they are kept."""
    if not isinstance(layout, dict) or not isinstance(answers := layout.get("answers"), dict):
        return False
    headings = layout.get("headings")
    by_field: list[Any] = [answers.get(name) for name in ("meanings", "corrections")]
    if not headings or not isinstance(headings, list) or not all(isinstance(each, dict) for each in by_field):
        return False
    words = [answers.get("columns"), *(words for each in by_field for words in each.values())]
    if not all(isinstance(each, dict) for each in words):
        return False
    texts = [
        *headings,
        answers.get("force"),
        answers.get("sent_on"),
        *(text for each in words for text in each.values()),
    ]
    return all(isinstance(text, str) for text in texts)


def _answers(answers: dict[str, Any], number_of_columns: int, known: SheetContext) -> dict[str, Any]:
    """Return the answers that can be used here."""
    places = {place for place in answers["columns"] if place.isdecimal() and len(place) <= LONGEST_PLACE}
    fields, sent_on = {"", *coming_in()}, answers["sent_on"]
    return {
        "columns": {
            place: key
            for place, key in answers["columns"].items()
            if place in places and int(place) < number_of_columns and key in fields
        },
        "force": answers["force"] if answers["force"] in {"*", *known.forces} else "",
        "meanings": {
            key: _meanings(key, words, known) for key, words in answers["meanings"].items() if _holds(key, Holds.WORD)
        },
        "corrections": {key: words for key, words in answers["corrections"].items() if _holds(key, *OF_WORDS)},
        "sent_on": sent_on if sent_on in (PUBLISHED_DAY, NOT_KNOWN) or sent_on.startswith(IN_COLUMN) else "",
    }


def _holds(key: str, *what: Holds) -> bool:
    return key in BY_KEY and BY_KEY[key].holds in what


def _meanings(key: str, words: dict[str, str], known: SheetContext) -> dict[str, str]:
    choices = {choice.value for choice in choices_for(key, known)}
    return {word: meaning for word, meaning in words.items() if meaning in choices}
