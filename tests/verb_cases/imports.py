"""How a spreadsheet is brought in and undone once, and what only keeps a draft of it."""

import datetime

from recommendations.domain.imports import drafts, imports, layouts, undo
from recommendations.domain.imports.plan import ImportPlan
from recommendations.domain.responses.document_drafts import keep_document
from recommendations.models import SheetMapping
from tests.conftest import AT, PUBLISHED
from tests.exchange.imports.sheets_of import SIMPLE, planned

LATER = AT + datetime.timedelta(hours=10)
COLUMNS = SIMPLE | {"business_lead": "Lead", "update": "Update", "update_on": "Said on", "outcome": "Outcome"}
UNDONE = "Vetting in Westmarch"  # the report that comes in before the cases, for the import that is undone


def build(world) -> None:
    """An import that can be undone: one recommendation is new, another changed."""
    plan = _plan(world, UNDONE)
    world.import_a = imports.bring_in(plan=plan, by=world.people["officer"], at=LATER)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    return {
        "imports.bring_in": lambda: imports.bring_in(plan=_plan(world, "Missing people"), **by),
        "imports.retire_layout": lambda: layouts.retire_layout(
            layout=SheetMapping.objects.in_use().earliest("pk"), by=world.people["administrator"], at=LATER
        ),
        "imports.undo": lambda: undo.undo(sheet_import=world.import_a, reason="Wrong file.", **by),
    }


def drafting(world) -> dict:
    """What takes who and when too, and writes no record."""
    by = {"by": world.people["officer"], "at": LATER}
    kept = {"name": "register.xlsx", "sha256": "0" * 64, "table": {"name": "", "sheets": []}, "answers": {}}
    document = {"kind": "response", "name": "response.txt", "lines": [], "typed": {}}
    return {
        "imports.keep_draft": lambda: drafts.keep_draft(**kept, **by),
        "responses.keep_document": lambda: keep_document(**document, **by),
    }


def _plan(world, title: str) -> ImportPlan:
    """A new report with a closed and an open recommendation, and one on record that has another lead and news."""
    report = {"inspection": title, "published_on": PUBLISHED, "update": "Seen to.", "update_on": PUBLISHED}
    return planned(
        COLUMNS,
        report | {"number": "1", "text": "The force should look."},
        report | {"number": "2", "text": "The force should see.", "outcome": "Implemented"},
        {"reference": world.open_a.reference, "business_lead": title, "update": title, "update_on": PUBLISHED},
        force=world.force_a.slug,
    )
