"""A spreadsheet of each force that came in, and one on its way in that is its own person's alone."""

from dataclasses import replace

from django.utils import timezone

from recommendations.domain.imports.drafts import keep_draft
from recommendations.domain.imports.imports import bring_in
from recommendations.domain.imports.lines import context
from recommendations.domain.imports.plan import plan_of
from recommendations.domain.register.export.sheets import UPDATES
from recommendations.exchange.imports.rows import read_rows
from recommendations.exchange.readers.workbook import TableCell, TableRow, Workbook
from recommendations.models import SheetDraft, SheetMapping
from tests.conftest import AT
from tests.exchange.imports.sheets_of import FILE, answers, workbook
from tests.security.worlds.round import HOUR

OWN = "zqown"  # with the name of the persona whose it is
COLUMNS = {"reference": "Ref", "opcc_lead": "OPCC lead"}
BRINGS_IN = {"a": "officer", "b": "approver"}
CAME_IN = {"a": AT + 10 * HOUR, "b": AT + 10.5 * HOUR}  # no two records are alike in all that the trail holds


def build_sheet(world, letter: str, say) -> None:
    """`import_a` gave the force's open recommendation another lead; `book_a` would do so again."""
    book, said = _sheet(world, letter, say("Jo Sheet"))
    plan = plan_of(read_rows(book, said, context(AT.date())), source=FILE, on=AT.date())
    made = bring_in(plan=plan, by=world.people["officer"], at=CAME_IN[letter])
    setattr(world, f"import_{letter}", made)
    world.layout = SheetMapping.objects.in_use().latest("pk")
    setattr(world, f"book_{letter}", _draft(world, letter))


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
