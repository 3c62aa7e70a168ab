"""A file of the register as it is taken out, edited by another program, and planned as it comes back."""

import dataclasses
import datetime
import io
from functools import partial

from openpyxl import load_workbook

from recommendations.documents.formats.export_cover import ExportCover
from recommendations.documents.register.spreadsheet import Aids, Plain, as_csv, as_xlsx
from recommendations.domain.actions.export import actions_out
from recommendations.domain.imports.lines import ImportSource, context
from recommendations.domain.imports.plan import plan_of
from recommendations.domain.register.export.lines import choices_of, lines_out
from recommendations.domain.register.export.marks import row_signature
from recommendations.domain.register.export.sheets import (
    ACTION_FIELDS,
    ACTIONS,
    ACTIONS_NOT_READ,
    NOT_READ,
    UPDATE_FIELDS,
    UPDATES,
)
from recommendations.domain.register.export.updates import updates_out
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.register.sheet_columns import FIELDS
from recommendations.enums import Rag
from recommendations.exchange.imports.column_guessing import guess_columns
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.questions import questions_of
from recommendations.exchange.imports.rows import read_rows
from recommendations.exchange.imports.spreadsheet import read_workbook
from recommendations.models import Label, Thresholds
from tests.conftest import AT, TODAY

MINUTE = datetime.timedelta(minutes=1)


def taken_out(user, form: str, **asked) -> bytes:
    query = RegisterQuery(day=TODAY, **{"show": CountedRows.ALL} | asked)
    ids = Listing(query, user, Thresholds()).ids
    lines = lines_out(query, ids, user, Thresholds(), Label.objects.words())
    facts = {"office": "", "title": "Register", "asked": ("all",), "order": "Overdue first", "rows": len(ids)}
    about = ExportCover(**facts, as_at=TODAY, at=AT, by="Hannah Whitlock", trail_count=1, trail_head="ab")
    aids = Aids({"Red": Rag.RED}, choices_of(Label.objects.words()), partial(row_signature, at=AT + MINUTE))
    updates = updates_out(query, ids, user, Label.objects.words())
    also = [
        Plain(UPDATES, UPDATE_FIELDS, updates, NOT_READ),
        Plain(ACTIONS, ACTION_FIELDS, actions_out(query, ids, user), ACTIONS_NOT_READ),
    ]
    return as_csv(lines) if form == "csv" else as_xlsx(lines, about, also=also, aids=aids)


def plan(content: bytes, form: str = "xlsx", choices: dict | None = None):
    """The plan for a file whose columns and words are ours: what is asked has one answer, and it is suggested."""
    book, words = read_workbook(content, f"register.{form}"), context(TODAY)
    (sheet,) = book.sheets
    columns = guess_columns(sheet.headings, sheet.rows, sheet.hidden_columns)
    answers = Answers(
        forces={sheet.name: "*"},
        columns={sheet.name: {str(place): key for place, key in columns.items()}},
        conflicts=choices or {},
    )
    for question in questions_of(book, answers, words):
        question.answered(answers, question.suggested)
    return plan_of(read_rows(book, answers, words), source=ImportSource("register"), on=TODAY)


def edited(content: bytes, change) -> bytes:
    """The workbook opened, changed and saved by another program."""
    book, out = load_workbook(io.BytesIO(content)), io.BytesIO()
    change(book["Register"])
    book.save(out)
    return out.getvalue()


def cell(sheet, reference: str, key: str):
    """The cell of a row, by its reference, in the column of a field."""
    column = [field.key for field in FIELDS].index(key) + 1
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == reference)
    return sheet.cell(row, column)


def changes(found) -> dict[str, list]:
    """reference → what changes, of the rows that are not as they were."""
    return {
        entry.reference: [dataclasses.astuple(change) for change in entry.changes]
        for entry in found.entries
        if entry.outcome != "unchanged"
    }
