"""Undoing an import: everything that it made is withdrawn, what it changed is as it was, and it all stays on file."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from recommendations.domain.audit.wording import verb_words
from recommendations.domain.imports.lines import place_of
from recommendations.domain.register.latest_bulk import refresh_all_latest
from recommendations.domain.writing.records import locked
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import ClosureState, PaperState, RowOutcome
from recommendations.models import (
    Closure,
    Force,
    Inspection,
    Recommendation,
    ScrutinyReport,
    SheetImport,
    SheetRow,
    TrackedRecommendation,
    TrailEntry,
    User,
)
from recommendations.periods import london_day, say
from recommendations.trail import Act, verb

AT_ONCE = 500
NAMED = 5  # rows that a refusal names
DATED = ("forceupdate", "assurance", "inspectoratestatus", "targetdate")
MADE = ("recommendation", "trackedrecommendation", "inspection")
STANDS_ON = (TrackedRecommendation, Recommendation, Inspection)


def undo(*, sheet_import: SheetImport, reason: str, by: User | None, at: datetime.datetime) -> SheetImport:
    """Withdraw what an import made and put back what it changed, as if it had never been brought in. Needs a reason.

    Raises Refusal, and does nothing, where anything was built on it: a record that somebody changed or added to, or
    a paper that was finalised since.
    """
    with verb("undo_sheet_import", by=by, at=at, reason=reason, subject=sheet_import) as act:
        list(Force.objects.select_for_update().order_by("pk"))
        sheet_import = locked(sheet_import)
        if sheet_import.undone_at:
            raise Refusal("This was undone already.")
        if not reason.strip():
            raise Refusal("Say why it is undone.", "reason")
        undoing = _Undoing(act, sheet_import, reason.strip())
        undoing.check()
        undoing.undo()
        sheet_import.undone_at, sheet_import.undone_by, sheet_import.undone_why = at, by, reason.strip()
        act.save(sheet_import)
    return sheet_import


class _Undoing:
    """One import while it is undone. `rows` leads from each record that it touched to the row of the sheet."""

    def __init__(self, act: Act, sheet_import: SheetImport, reason: str) -> None:
        self.act, self.sheet_import, self.reason = act, sheet_import, reason
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

    # What stands in the way

    def check(self) -> None:
        """Raises Refusal where anything was built on the import."""
        list(TrackedRecommendation.objects.select_for_update().filter(pk__in=self.tracked).values_list("pk"))
        self._check_papers()
        built = self._built_on()
        if not built:
            return
        named = "; ".join(f"{_place(row)}: {words}" for row, words in list(built.items())[:NAMED])
        more = f"; and {len(built) - NAMED} more" if len(built) > NAMED else ""
        raise Refusal(f"It cannot be undone, because more has been recorded since. {named}{more}.")

    def _check_papers(self) -> None:
        forces = TrackedRecommendation.objects.filter(pk__in=self.tracked).order_by().values("force")
        papers = ScrutinyReport.objects.filter(
            force__in=forces, state=PaperState.FINALISED, finalised_at__gte=self.sheet_import.recorded_at
        )
        moments = papers.order_by("finalised_at").values_list("finalised_at", flat=True)
        if moment := moments.first():
            raise Refusal(f"It cannot be undone: a scrutiny report was finalised on {say(london_day(moment))}.")

    def _built_on(self) -> dict[SheetRow, str]:
        """Row of the sheet → what was done later to something that it touched."""
        found: dict[SheetRow, str] = {}
        later: dict[type[Model], dict[int, str]] = defaultdict(dict)
        for entry in self._later_entries():
            words = f"{verb_words(entry.verb).lower()} on {say(london_day(entry.at))}"
            for model, pk in self._touched(entry):
                if row := self.rows.get((str(model._meta.model_name), pk)):
                    found.setdefault(row, words)
                later[model].setdefault(pk, words)
        for model, done in later.items():
            for row, pk in self._that_point_to_ours(model, list(done)):
                found.setdefault(row, done[pk])
        return found

    def _later_entries(self) -> Iterator[TrailEntry]:
        own = TrailEntry.objects.filter(verb="bring_in_sheet", subject_id=self.sheet_import.pk).order_by("sequence")
        since = own.values_list("sequence", flat=True).first()
        return TrailEntry.objects.filter(sequence__gt=since).order_by("sequence").iterator(AT_ONCE)

    def _touched(self, entry: TrailEntry) -> list[tuple[type[Model], int]]:
        changes = [(change["model"], change["id"]) for change in json.loads(entry.changes)]
        if entry.subject_model and entry.verb != "refused":
            changes.append((entry.subject_model, entry.subject_id))
        return [(apps.get_model(label), pk) for label, pk in changes]

    def _that_point_to_ours(self, model: type[Model], pks: list[int]) -> Iterator[tuple[SheetRow, int]]:
        """Rows of any model that were saved later and belong to something that this import touched."""
        keys = {
            each.attname: str(each.related_model._meta.model_name)
            for each in model._meta.concrete_fields
            if each.related_model in STANDS_ON
        }
        if not keys:
            return
        rows = model._base_manager.filter(pk__in=pks)
        if model is SheetRow:
            rows = rows.exclude(outcome=RowOutcome.UNCHANGED)
        for pk, *values in rows.values_list("pk", *keys):
            for name, value in zip(keys.values(), values, strict=True):
                if row := self.rows.get((name, value)):
                    yield row, pk

    # The undoing

    def undo(self) -> None:
        """Withdraw, put back, and settle what was on record before."""
        for name in DATED:
            self._withdraw(name)
        self._let_go_of_requests()
        self._put_back()
        for name in MADE:
            self._withdraw(name)
        there = TrackedRecommendation.objects.filter(pk__in=self.tracked | self._with_changed_words())
        rows = list(there.exclude(pk__in=self.added["trackedrecommendation"]).with_record())
        for tracked in rows:
            tracked.deadline_kind = tracked.recommendation.deadline_kind
            tracked.deadline_on = tracked.recommendation.deadline_on
            tracked.version += 1
        refresh_all_latest(self.act, rows)

    def _withdraw(self, name: str) -> None:
        model = apps.get_model("recommendations", name)
        for rows in self._some(model, self.added[name]):
            for row in rows:
                row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = self.act.at, self.act.by, self.reason
            self.act.save_all(rows)

    def _some(self, model: type[Model], pks: list[int]) -> Iterator[list[Any]]:
        for start in range(0, len(pks), AT_ONCE):
            yield list(model._base_manager.filter(pk__in=pks[start : start + AT_ONCE]).order_by("pk"))

    def _let_go_of_requests(self) -> None:
        """A request that it made is declined; the closures of what it made go with that."""
        made = set(self.added["trackedrecommendation"])
        for rows in self._some(Closure, self.added["closure"]):
            waiting = [row for row in rows if row.tracked_id not in made]
            for row in waiting:
                row.state, row.decision_reason = ClosureState.DECLINED, self.reason
                row.decided_on, row.decided_at = london_day(self.act.at), self.act.at
                own = self.act.by is not None and row.requested_by_id == self.act.by.pk
                row.decided_by = None if own else self.act.by
            self.act.save_all(waiting)

    def _put_back(self) -> None:
        """Each field as it was; where two rows changed one record, the first of them knows."""
        first: dict[tuple[str, int], dict] = {}
        for name, pk, was in reversed(self.was):
            first.setdefault((name, pk), {}).update(was)
        for name in ("recommendation", "trackedrecommendation"):
            model = apps.get_model("recommendations", name)
            for rows in self._some(model, [pk for each, pk in first if each == name]):
                for row in rows:
                    for key, value in first[name, row.pk].items():
                        setattr(row, key, model._meta.get_field(key).to_python(value))
                    row.version += 1
                self.act.save_all(rows)

    def _with_changed_words(self) -> set[int]:
        """The tracked recommendations, of any force, whose recommendation is put back."""
        changed = {pk for name, pk, was in self.was if name == "recommendation" and was}
        found = TrackedRecommendation.objects.filter(recommendation__in=changed)
        return set(found.values_list("pk", flat=True)) if changed else set()


def _place(row: SheetRow) -> str:
    return place_of(row.sheet, row.number).capitalize() if not row.sheet else place_of(row.sheet, row.number)
