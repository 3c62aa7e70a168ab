"""Undo an import: withdraw everything it created and restore what it changed, all of it staying on record."""

import datetime
from collections import defaultdict

from django.apps import apps

from recommendations.domain.imports.lines import place_of
from recommendations.domain.ownership.people import LEAD, link_accounts
from recommendations.domain.register.undoing import (
    DATED,
    decline_requests,
    in_batches,
    later_changes,
    paper_since,
    withdraw_all,
)
from recommendations.domain.writing.records import lock_row, raise_versions
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import RowOutcome
from recommendations.models import (
    Force,
    SheetImport,
    SheetRow,
    TrackedRecommendation,
    TrailEntry,
    User,
)
from recommendations.periods import say
from recommendations.trail import VerbContext, verb

NAMED = 5  # rows listed in a refusal
MADE = ("recommendation", "trackedrecommendation", "inspection")


def undo(*, sheet_import: SheetImport, reason: str, by: User | None, at: datetime.datetime) -> SheetImport:
    """Withdraw what an import created and restore what it changed, with a reason.

    Raises Refusal, with nothing done, if anything was built on it: a record changed or added to since, or a paper
    finalised since.
    """
    with verb("undo_sheet_import", by=by, at=at, reason=reason.strip(), subject=sheet_import) as act:
        list(Force.objects.select_for_update().order_by("pk"))
        sheet_import = lock_row(sheet_import)
        if sheet_import.undone_at:
            raise Refusal("This was undone already.")
        if not reason.strip():
            raise Refusal("Say why it is undone.", "reason")
        undoing = _Undoing(act, sheet_import)
        undoing.check()
        undoing.undo()
        sheet_import.undone_at, sheet_import.undone_by, sheet_import.undone_why = at, by, reason.strip()
        act.save(sheet_import)
    return sheet_import


class _Undoing:
    """An import being undone. `rows` maps each record that it touched to its row in the sheet."""

    def __init__(self, act: VerbContext, sheet_import: SheetImport) -> None:
        self.act, self.sheet_import = act, sheet_import
        self.added: dict[str, list[int]] = defaultdict(list)
        self.was: list[tuple[str, int, dict]] = []
        self.rows: dict[tuple[str, int], SheetRow] = {}
        self.tracked: set[int] = set()
        for row in sheet_import.rows.exclude(outcome=RowOutcome.UNCHANGED).order_by("pk"):
            self._note(row)

    def _note(self, row: SheetRow) -> None:
        if row.tracked_id:
            self.tracked.add(row.tracked_id)
            self.rows.setdefault(("trackedrecommendation", row.tracked_id), row)
        for name, pk in row.did.get("added", ()):
            self.added[name].append(pk)
            self.rows.setdefault((name, pk), row)
        for name, pk, was in row.did.get("was", ()):
            self.was.append((name, pk, was))
            self.rows.setdefault((name, pk), row)

    # Checks

    def check(self) -> None:
        """Raise Refusal if anything was built on the import."""
        list(TrackedRecommendation.objects.select_for_update().filter(pk__in=self.tracked).values_list("pk"))
        if day := paper_since(self.tracked, self.sheet_import.recorded_at):
            raise Refusal(f"It cannot be undone: a scrutiny report was finalised on {say(day)}.")
        built = self._later_changes()
        if not built:
            return
        named = "; ".join(f"{_place(row)}: {words}" for row, words in list(built.items())[:NAMED])
        more = f"; and {len(built) - NAMED} more" if len(built) > NAMED else ""
        raise Refusal(f"It cannot be undone, because more has been recorded since. {named}{more}.")

    def _later_changes(self) -> dict[SheetRow, str]:
        """Return what was done later to records the import touched: row of the sheet → words."""
        own = TrailEntry.objects.filter(verb="bring_in_sheet", subject_id=self.sheet_import.pk).order_by("sequence")
        found: dict[SheetRow, str] = {}
        for record, words in later_changes(self.rows, own.values_list("sequence", flat=True)[0]).items():
            found.setdefault(self.rows[record], words)
        return found

    # Undoing

    def undo(self) -> None:
        """Withdraw, restore, and recompute what was on record before."""
        for name in DATED:
            withdraw_all(self.act, name, self.added[name])
        decline_requests(self.act, self.added["closure"], but=set(self.added["trackedrecommendation"]))
        self._restore_fields()
        for name in MADE:
            withdraw_all(self.act, name, self.added[name])
        there = TrackedRecommendation.objects.filter(pk__in=self.tracked | self._restored_recommendations())
        rows = list(there.exclude(pk__in=self.added["trackedrecommendation"]).with_record())
        for tracked in rows:
            tracked.deadline_kind = tracked.recommendation.deadline_kind
            tracked.deadline_on = tracked.recommendation.deadline_on
        link_accounts(rows, *LEAD)
        raise_versions(self.act, rows)
        self.act.save_all(rows)

    def _restore_fields(self) -> None:
        """Restore each changed field. If two rows changed one record, the first has the original value."""
        first: dict[tuple[str, int], dict] = {}
        for name, pk, was in reversed(self.was):
            first.setdefault((name, pk), {}).update(was)
        for name in ("recommendation", "trackedrecommendation"):
            model = apps.get_model("recommendations", name)
            for rows in in_batches(model, [pk for each, pk in first if each == name]):
                for row in rows:
                    for key, value in first[name, row.pk].items():
                        setattr(row, key, model._meta.get_field(key).to_python(value))
                    row.version += 1
                self.act.save_all(rows)

    def _restored_recommendations(self) -> set[int]:
        """Return the tracked recommendations, of any force, whose recommendation is restored."""
        changed = {pk for name, pk, was in self.was if name == "recommendation" and was}
        found = TrackedRecommendation.objects.filter(recommendation__in=changed)
        return set(found.values_list("pk", flat=True)) if changed else set()


def _place(row: SheetRow) -> str:
    return place_of(row.sheet, row.number).capitalize() if not row.sheet else place_of(row.sheet, row.number)
