"""List the reports waiting for a response, earliest last day first, for people or for scripts."""

import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.compliance.status import ComplianceRow, compliance, waiting
from recommendations.forms.site.fields import read_day
from recommendations.last_runs import note_run
from recommendations.models import Inspection, Response
from recommendations.periods import say

HEADS = ("Last day", "Time", "Report", "Forces", "Stage", "Waits for", "Who has it")
WIDEST = 44  # characters in a column
GAP = "  "


class Command(BaseCommand):
    help = (
        "List the reports that wait for a response, the soonest last day first: how many days are left, or how late "
        "it is, what it waits for and who has it. Ends with status 0, late or not."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--on", metavar="DATE", help="as it was, or will be, on this London day (default: today in London)"
        )
        parser.add_argument("--json", action="store_true", help="print a list for scripts")

    def handle(self, *args, on, json, **options):
        day = self.day(on)
        rows = waiting(compliance(Inspection.objects.all(), Response.objects.all(), day))
        self.stdout.write(as_json(rows) if json else as_table(rows, day))
        if not on:
            note_run("responses_due", at=timezone.now())

    def day(self, typed: str | None):
        try:
            return read_day(typed) if typed else timezone.localdate()
        except ValidationError as wrong:
            raise CommandError(f"--on: {wrong.message}") from None


def as_json(rows: list[ComplianceRow]) -> str:
    return json.dumps([_json_row(row) for row in rows], ensure_ascii=False, indent=2)


def _json_row(row: ComplianceRow) -> dict:
    """Return a row as JSON. `days_left` is negative if late; days are null if no last day is stated."""
    return {
        "title": row.inspection.title,
        "kind": row.inspection.kind,
        "forces": [cover.force.slug for cover in row.inspection.covers.all()],
        "published": row.inspection.published_on.isoformat(),
        "last_day": row.last_day.isoformat() if row.last_day else None,
        "last_day_is_stated": row.inspection.respond_by is not None,
        "days_left": row.days_left,
        "stage": str(row.stage),
        "waits_for": row.waits_for,
        "who_has_it": list(row.who),
        "inspection": row.inspection.pk,
        "response": row.response.pk if row.response else None,
    }


def as_table(rows: list[ComplianceRow], on) -> str:
    number = {0: "No report waits", 1: "1 report waits"}.get(len(rows), f"{len(rows)} reports wait")
    late = sum(row.is_late for row in rows)
    head = f"{say(on)}: {number} for a response{f', {late} late' if late else ''}."
    cells = [HEADS, *(_cells(row) for row in rows)]
    widths = [min(WIDEST, max(len(line[place]) for line in cells)) for place in range(len(HEADS))]
    return "\n".join([head, *(_line(line, widths) for line in cells)]) if rows else head


def _cells(row: ComplianceRow) -> tuple[str, ...]:
    last = say(row.last_day) if row.last_day else "none stated"
    time = row.clock.short if row.last_day else ""
    names = (row.forces, row.stage.label, row.waits_for, ", ".join(row.who))
    return (last, time, row.inspection.title, *names)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    """Format one line of the table. The last column is not shortened."""
    *short, last = [
        cell if place == len(widths) - 1 or len(cell) <= width else f"{cell[: width - 1]}…"
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    padded = [cell.ljust(width) for cell, width in zip(short, widths, strict=False)]
    return GAP.join([*padded, last]).rstrip()
