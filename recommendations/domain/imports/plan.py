"""What a spreadsheet would do to the register: every line matched, compared and described. Writes nothing."""

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass

from recommendations import trail
from recommendations.domain.imports.closure_cells import plan_closure, plan_targets
from recommendations.domain.imports.conflicts import ImportConflict, settle_conflicts
from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.fact_cells import plan_facts
from recommendations.domain.imports.lines import (
    PUBLISHED,
    ImportLine,
    ImportProblem,
    ImportSource,
    NamedInspection,
    SheetLines,
    normalise,
    report_key,
)
from recommendations.domain.imports.person_names import NamesInRows
from recommendations.domain.imports.register_snapshot import Ambiguous, Elsewhere, RegisterSnapshot, bare, register_of
from recommendations.domain.imports.risk_cells import plan_risk
from recommendations.domain.imports.source_cells import SourceCells
from recommendations.domain.imports.voice_cells import plan_voices
from recommendations.domain.register.sheet_columns import ColumnGroup, keys_of_group
from recommendations.enums import RecommendationKind, RowOutcome
from recommendations.models import Force, TrackedRecommendation
from recommendations.periods import say


@dataclass(frozen=True)
class ImportPlan:
    """What each line does, in the sheet's order, and all problems.

    `read` is the input, `counts` the number of entries by outcome, `head` the audit trail's head before the register
    was read.
    """

    read: SheetLines
    source: ImportSource
    on: datetime.date
    entries: tuple[ImportEntry, ...]
    problems: tuple[ImportProblem, ...]
    counts: Counter
    head: tuple[int, str]

    @property
    def ready(self) -> bool:
        return not self.problems

    def count(self, outcome: str) -> int:
        """Return how many entries have an outcome."""
        return self.counts[outcome]

    @property
    def created(self) -> int:
        return self.count(RowOutcome.CREATED)

    @property
    def changed(self) -> int:
        return self.count(RowOutcome.CHANGED)

    @property
    def unchanged(self) -> int:
        return self.count(RowOutcome.UNCHANGED)

    @property
    def is_about_deaths(self) -> bool:
        """Whether any row belongs to a report about a death."""
        return any(entry.is_about_deaths for entry in self.entries)

    @property
    def inspections(self) -> tuple[NamedInspection, ...]:
        """The inspections that will be created."""
        made = {report_key(each.report): each.report for each in self.entries if each.report}
        return tuple(made.values())

    @property
    def conflicts(self) -> list[ImportConflict]:
        """The conflicts between register and file, in the sheet's order."""
        return [conflict for entry in self.entries for conflict in entry.conflicts]

    @property
    def signatures(self) -> tuple[str, ...]:
        return tuple(entry.signature for entry in self.entries)

    @property
    def fingerprint(self) -> str:
        """A digest, equal for plans that do the same to the same versions of the same records."""
        return hashlib.sha256("".join(self.signatures).encode()).hexdigest()[:32]


def plan_of(read: SheetLines, *, source: ImportSource, on: datetime.date) -> ImportPlan:
    """Return the plan for these lines on a London day. The number of queries does not depend on the number of lines.

    Nothing is written or raised: the plan lists the problems. If a row's cells could not be read, problems that result
    from that are left out.
    """
    head = trail.head()
    with_risk = any(key in line.cells for line in read.lines for key in keys_of_group(ColumnGroup.RISK))
    register = register_of({line.force for line in read.lines}, with_risk=with_risk)
    planning = _Planning(register, source, on, read)
    entries = tuple(planning.entry(line) for line in read.lines)
    unread: dict[tuple, list[ImportProblem]] = {}
    for problem in read.problems:
        unread.setdefault((problem.sheet, problem.number), []).append(problem)
    for entry in entries:
        found = [problem for member in entry.line.members for problem in unread.get((entry.sheet, member.number), ())]
        entry.problems = found or entry.problems
    of_a_sheet = [problem for problem in read.problems if not problem.number]
    if any(entry.is_about_deaths for entry in entries):
        of_a_sheet += planning.names.file_problems(source)
    wrong = [problem for entry in entries for problem in entry.problems]
    counts = Counter(entry.outcome for entry in entries)
    return ImportPlan(read, planning.source, on, entries, (*of_a_sheet, *wrong), counts, head)


class _Planning:
    """Goes through the lines, remembering what earlier ones are about."""

    def __init__(self, register: RegisterSnapshot, source: ImportSource, on: datetime.date, read: SheetLines) -> None:
        self.register, self.on, self.undated_on, self.choices = register, on, read.undated_on, read.choices
        self.sources, self.names = SourceCells(read.lines, on), NamesInRows(read)
        self.source = self.names.renamed_source(source)
        self.about: dict[tuple, ImportLine] = {}
        self.references: dict[str, ImportLine] = {}
        self.made: dict[tuple, ImportEntry] = {}

    def entry(self, line: ImportLine) -> ImportEntry:
        line, conflicts = settle_conflicts(line, self.register, self.choices)
        entry = ImportEntry(line, self.register, self.source, self.on, self.undated_on)
        entry.force = self.register.forces.get(line.force)
        entry.notes += line.notes
        entry.note_conflicts(conflicts)
        if entry.force is None:
            return entry
        try:
            self._match(entry, entry.force)
        except Ambiguous as error:
            entry.refuse("number" if line.get("number") else "inspection", str(error))
        if not entry.problems:
            self.names.check(entry)
        if not entry.problems:
            self._once(entry, entry.force)
        if not entry.problems:
            plan_facts(entry)
            if entry.is_tracked:
                plan_voices(entry)
                plan_targets(entry)
                plan_risk(entry)
                plan_closure(entry)
        return entry

    def _match(self, entry: ImportEntry, force: Force) -> None:
        """Find the line's record: by reference, or else by inspection and number or text."""
        tracked = self.register.tracked(entry.line)
        if tracked is not None:
            self._match_record(entry, force, tracked)
            return
        if entry.line.mark and entry.line.mark.signed:
            entry.refuse("reference", f"{entry.reference} is no longer in the register. Leave this row out.")
            return
        self._match_report(entry)
        if entry.problems:
            return
        line = entry.line
        if entry.inspection is not None:
            entry.recommendation = self.register.recommendation(line, entry.inspection)
        entry.kind = entry.recommendation.kind if entry.recommendation else _kind(line)
        if entry.recommendation is not None:
            entry.tracked = self.register.by_recommendation.get((entry.recommendation.pk, force.pk))

    def _match_record(self, entry: ImportEntry, force: Force, tracked: TrackedRecommendation | Elsewhere) -> None:
        if isinstance(tracked, Elsewhere) or tracked.force_id != force.pk:
            entry.refuse("reference", f"{tracked.reference} is used for another force. Enter another reference.")
            return
        entry.tracked, entry.recommendation = tracked, tracked.recommendation
        entry.inspection, entry.kind = tracked.recommendation.inspection, tracked.recommendation.kind
        self.sources.check_on_record(entry)
        report, on_record = entry.line.report, entry.inspection
        if report is None or report.is_of_sheet:
            return
        if normalise(report.title) not in (normalise(on_record.title), normalise(on_record.short_name)):
            entry.refuse("inspection", f"{tracked.reference} is on record under {on_record.title}.")
        elif report.published_on and report.published_on != on_record.published_on:
            day = say(on_record.published_on)
            entry.refuse("published_on", f"{on_record.title} was published on {day}. Change it on its page.")

    def _match_report(self, entry: ImportEntry) -> None:
        report = entry.line.report
        if report is None:
            entry.refuse("inspection", "Enter the inspection, or the reference of a recommendation on record.")
            return
        entry.inspection = self.register.report(report)
        if entry.inspection is not None:
            self.sources.check_on_record(entry)
        else:
            entry.report = report
            self.sources.plan_new(entry)
            if report.published_on is None:
                asks = (PUBLISHED, "published_on", normalise(report.title))
                entry.refuse("inspection", f"Enter the day on which {report.title} was published.", asks)
            elif report.published_on > self.on:
                entry.refuse("published_on", f"{say(report.published_on)} is in the future.")

    def _once(self, entry: ImportEntry, force: Force) -> None:
        """Refuse a second line for the same force about the same recommendation or reference. Forces may share one."""
        entry.key = _key(entry)
        before = self.about.setdefault((force.pk, entry.key), entry.line)
        if before is not entry.line:
            entry.refuse(_telling(entry.line), f"{before.place.capitalize()} is about the same recommendation.")
        reference = entry.line.get("reference")
        before = self.references.setdefault(normalise(reference), entry.line) if reference else entry.line
        if before is not entry.line and not entry.problems:
            said = f"{reference} is on {before.place} too. If it is the number in the report, say so of the column."
            entry.refuse("reference", said)
        entry.shares = entry.recommendation is None and self.made.setdefault(entry.key, entry) is not entry


def _kind(line: ImportLine) -> str:
    return line.get("kind") or str(RecommendationKind.RECOMMENDATION)


def _key(entry: ImportEntry) -> tuple:
    if entry.recommendation is not None:
        return ("on record", entry.recommendation.pk)
    line = entry.line
    where = entry.inspection.pk if entry.inspection else entry.report and report_key(entry.report)
    number = line.get("number")
    what = bare(entry.kind, number) if number else normalise(line.get("text", "") or line.get("heading", ""))
    return (where, entry.kind, bool(number), what)


def _telling(line: ImportLine) -> str:
    return next((key for key in ("reference", "number", "text") if line.get(key)), "inspection")
