"""A spreadsheet of each force that came in; another and a document on their way in are their own person's alone."""

from dataclasses import replace

from django.utils import timezone

from recommendations.domain.imports.drafts import keep_draft
from recommendations.domain.imports.imports import bring_in
from recommendations.domain.imports.lines import context
from recommendations.domain.imports.plan import plan_of
from recommendations.domain.register.export.sheets import UPDATES
from recommendations.domain.responses.document_drafts import keep_document
from recommendations.exchange.documents_in.lines import lines_of_text
from recommendations.exchange.imports.rows import read_rows
from recommendations.exchange.readers.workbook import TableCell, TableRow, Workbook
from recommendations.forms.documents_in.document import UploadedDocument
from recommendations.models import DocumentDraft, SheetDraft, SheetMapping
from tests.conftest import AT
from tests.exchange.imports.sheets_of import FILE, answers, workbook
from tests.security.worlds.round import HOUR

OWN = "zqown"  # with the name of the persona whose it is
COLUMNS = {"reference": "Ref", "opcc_lead": "OPCC lead"}
BRINGS_IN = {"a": "officer", "b": "approver"}
CAME_IN = {"a": AT + 10 * HOUR, "b": AT + 10.5 * HOUR}  # no two records are alike in all that the trail holds


def build_sheet(world, letter: str, say) -> None:
    """`import_a` gave the force's open recommendation another lead; `book_a` would do so again. `document_a` is a
    response.
    """
    book, said = _sheet(world, letter, say("Jo Sheet"))
    plan = plan_of(read_rows(book, said, context(AT.date())), source=FILE, on=AT.date())
    made = bring_in(plan=plan, by=world.people["officer"], at=CAME_IN[letter])
    setattr(world, f"import_{letter}", made)
    world.register_layout = SheetMapping.objects.in_use().latest("pk")
    setattr(world, f"book_{letter}", _draft(world, letter))
    setattr(world, f"document_{letter}", _document(world, letter))


def _sheet(world, letter: str, lead: str) -> tuple:
    """A workbook of one row, and the answers about it."""
    row = {"reference": getattr(world, f"open_{letter}").reference, "opcc_lead": lead}
    return workbook(COLUMNS, row), answers(COLUMNS, force=getattr(world, f"force_{letter}").slug)


def _of_an_export(book: Workbook, reference: str, lead: str) -> Workbook:
    """The workbook with a row of an export whose mark fits no more, and with the sheet of updates that is not read."""
    (sheet,) = book.sheets
    row = TableRow(3, (TableCell(reference), TableCell(lead)), mark="of another row")
    return replace(book, sheets=(replace(sheet, rows=(*sheet.rows, row)),), not_read=(UPDATES,))


def _draft(world, letter: str) -> SheetDraft:
    """What somebody of the office is bringing in, with that person's mark."""
    mark = f"{OWN}{BRINGS_IN[letter]}"
    book, said = _sheet(world, letter, mark)
    book = _of_an_export(book, getattr(world, f"closed_{letter}").reference, mark)
    kept = {"table": book.as_json(), "answers": said.as_json()}
    by = world.people[BRINGS_IN[letter]]
    return keep_draft(by=by, at=timezone.now(), name=f"{mark}.xlsx", sha256="0" * 64, **kept)


def _document(world, letter: str) -> DocumentDraft:
    """A response that somebody of the office is bringing in, with that person's mark."""
    mark = f"{OWN}{BRINGS_IN[letter]}"
    text = f"HMICFRS: {mark} (thematic inspection)\n\nResponse from: The Commissioner\n\nI welcome {mark}."
    return keep_document(
        by=world.people[BRINGS_IN[letter]],
        at=timezone.now(),
        kind="response",
        name=f"{mark}.txt",
        lines=UploadedDocument("", tuple(lines_of_text(text))).rows,
        typed={
            "force": str(getattr(world, f"force_{letter}").pk),
            "published_on": "1 July 2026",
            "responded_on": "1 August 2026",
        },
    )
