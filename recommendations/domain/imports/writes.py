"""Write the rows that a plan creates and changes, a few hundred lines at a time inside its verb."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import NamedInspection, normalise, report_key
from recommendations.domain.imports.person_names import NamesInRows
from recommendations.domain.imports.plan import ImportPlan
from recommendations.domain.imports.register_snapshot import RegisterSnapshot
from recommendations.domain.ownership.people import LEAD, link_accounts
from recommendations.domain.register.entries import Voice
from recommendations.domain.sources.frozen import facts_of_kind, facts_under_rule
from recommendations.domain.writing.records import raise_versions
from recommendations.enums import ClosureState
from recommendations.models import (
    Addressee,
    Assurance,
    Closure,
    Delay,
    Force,
    ForceUpdate,
    Inspection,
    InspectionForce,
    InspectorateStatus,
    Recommendation,
    SheetImport,
    SheetRow,
    SubRecommendation,
    TargetDate,
    TrackedRecommendation,
    Weight,
)
from recommendations.periods import london_day
from recommendations.trail import VerbContext

AT_ONCE = 500
A_YEAR = datetime.timedelta(days=365)
VOICES: dict[str, Voice] = {
    "updates": ForceUpdate,
    "assurances": Assurance,
    "statuses": InspectorateStatus,
    "targets": TargetDate,
    "weights": Weight,
    "delays": Delay,
}


class ImportWriter:
    """An import being written. `did` records what each entry's row did, so that it can be undone."""

    def __init__(
        self, act: VerbContext, plan: ImportPlan, sheet_import: SheetImport, progress: Callable[[int, int], None]
    ) -> None:
        self.act, self.plan, self.sheet_import, self.progress = act, plan, sheet_import, progress
        self.register = plan.entries[0].register
        self.register.used = True
        self.today = london_day(act.at)
        self.reports: dict[tuple, Inspection] = {}
        self.shared = {entry.key for entry in plan.entries if entry.shares}
        self.made: dict[tuple, Recommendation] = {}  # shared by lines of several forces
        self.own: set[int] = set()  # ids of the recommendations that this import created
        self.covered = set(self.register.covers)
        self.places = Counter({pk: len(asked) for pk, asked in self.register.asked.items()})
        self.names = NamesInRows(plan.read)
        self.numbers = _References(plan, self.register)
        self.outcomes = {id(entry): entry.outcome for entry in plan.entries}
        self.did: dict[int, dict] = defaultdict(lambda: {"added": [], "was": []})

    def write(self) -> None:
        """Write everything, reporting how many rows are done."""
        entries, total = self.plan.entries, len(self.plan.entries)
        self._inspections(entries)
        for start in range(0, total, AT_ONCE):
            some = entries[start : start + AT_ONCE]
            self._covers(some)
            self._recommendations(some)
            self._add_tracked(some)
            self._voices(some)
            self._settle(some)
            self._rows(some)
            self._release_memory(some)
            self.progress(min(start + AT_ONCE, total), total)

    def _add(self, pairs: list[tuple]) -> None:
        """Save new (entry, row) pairs of one model, and note that the entry created them."""
        self.act.add_all([row for _, row in pairs])
        for entry, row in pairs:
            self.did[id(entry)]["added"].append([row._meta.model_name, row.pk])

    def _change(self, entry: ImportEntry, record: Recommendation | TrackedRecommendation, values: dict) -> None:
        """Set fields of a record, and note the old values."""
        was = {name: _plain(getattr(record, name)) for name in values}
        self.did[id(entry)]["was"].append([record._meta.model_name, record.pk, was])
        for name, value in values.items():
            setattr(record, name, value)

    def _inspections(self, entries: Sequence[ImportEntry]) -> None:
        new = []
        for entry in entries:
            if entry.report and report_key(entry.report) not in self.reports:
                made = self.reports[report_key(entry.report)] = self._inspection(entry.report)
                new.append((entry, made))
        self._add(new)
        for entry in entries:
            if entry.report:
                entry.inspection = self.reports[report_key(entry.report)]

    def _inspection(self, report: NamedInspection) -> Inspection:
        """Return a new inspection. If its response was due before today it needs none, so that it raises no alarm."""
        assert report.published_on is not None  # a ready plan has the publication day of each new report
        facts = {name: getattr(report, name) for name in ("title", "short_name", "kind", "published_on")}
        if report.law:
            facts |= {"starts_on": report.starts_on}
            facts = facts_under_rule(facts, *report.law, self.today, may_lack_start=True)
        else:
            facts = facts_of_kind(facts)
        made = Inspection(**facts)
        if made.needs_response and (why := _why_no_response(made, self.today)):
            made.needs_response, made.no_response_reason = False, f"Brought in from {self.plan.source.name}: {why}"
        return made

    def _covers(self, entries: Sequence[ImportEntry]) -> None:
        new = []
        for entry in entries:
            key = (_inspection_of(entry).pk, _force_of(entry).pk)
            if key not in self.covered:
                self.covered.add(key)
                new.append(InspectionForce(inspection=entry.inspection, force=entry.force))
        self.act.add_all(new)

    def _recommendations(self, entries: Sequence[ImportEntry]) -> None:
        new = [(entry, self._recommendation(entry)) for entry in entries if self._makes(entry)]
        self._add(new)
        self.own |= {asked.pk for _, asked in new}
        for entry, asked in new:
            entry.recommendation = asked
            if entry.key in self.shared:
                self.made[entry.key] = asked
        for entry in entries:
            entry.recommendation = entry.recommendation or self.made[entry.key]
        self.act.add_all(
            [part for entry, asked in new for part in _lines(SubRecommendation, "text", asked, entry.writes.parts)]
        )
        named = [_lines(Addressee, "name", asked, entry.writes.addressees) for entry, asked in new]
        self.act.add_all([each for some in named for each in some])

    def _makes(self, entry: ImportEntry) -> bool:
        return entry.recommendation is None and not entry.shares

    def _recommendation(self, entry: ImportEntry) -> Recommendation:
        inspection = _inspection_of(entry)
        self.places[inspection.pk] += 1
        return Recommendation(inspection=inspection, position=self.places[inspection.pk], **entry.writes.asked)

    def _add_tracked(self, entries: Sequence[ImportEntry]) -> None:
        new = [(entry, self._new_tracked(entry)) for entry in entries if entry.is_tracked and entry.tracked is None]
        link_accounts([tracked for _, tracked in new], *LEAD)
        self._add(new)
        for entry, tracked in new:
            entry.tracked = tracked
        self.new = {tracked.pk for _, tracked in new}

    def _new_tracked(self, entry: ImportEntry) -> TrackedRecommendation:
        facts, asked, force = dict(entry.writes.facts), _recommendation_of(entry), _force_of(entry)
        return TrackedRecommendation(
            recommendation=asked,
            force=force,
            reference=facts.pop("reference", "") or self.numbers.next(force),
            tracked_on=_inspection_of(entry).published_on,
            recorded_at=self.act.at,
            recorded_by=self.act.by,
            deadline_kind=asked.deadline_kind,
            deadline_on=asked.deadline_on,
            **facts,
        )

    def _voices(self, entries: Sequence[ImportEntry]) -> None:
        stamps: dict[str, Any] = {"recorded_at": self.act.at, "recorded_by": self.act.by}
        for voice, model in VOICES.items():
            self._add(
                [
                    (entry, model(tracked=entry.tracked, **stamps, **row))
                    for entry in entries
                    for row in getattr(entry.writes, voice)
                ]
            )
        self._add([(entry, self._earlier_closure(entry, said)) for entry in entries if (said := entry.writes.closed)])
        self._add(
            [(entry, self._closure_request(entry, said)) for entry in entries if (said := entry.writes.requested)]
        )

    def _earlier_closure(self, entry: ImportEntry, facts: dict) -> Closure:
        """Return a closure from before the register, which nobody here requested or decided."""
        days = {"requested_on": facts["closed_on"], "decided_on": facts["closed_on"]}
        at = {"requested_at": self.act.at, "decided_at": self.act.at}
        return Closure(tracked=entry.tracked, state=ClosureState.CLOSED, **days, **at, **facts)

    def _closure_request(self, entry: ImportEntry, facts: dict) -> Closure:
        asked = {"requested_on": self.today, "requested_at": self.act.at, "requested_by": self.act.by}
        return Closure(tracked=entry.tracked, **asked, **facts)

    def _settle(self, entries: Sequence[ImportEntry]) -> None:
        """Save changes to records that existed before, and what follows from a changed recommendation."""
        changed = [entry for entry in entries if entry.changes and _recommendation_of(entry).pk not in self.own]
        asked = [entry for entry in changed if entry.writes.asked]
        for entry in asked:
            self._change(entry, _recommendation_of(entry), entry.writes.asked)
        changed_words = {found.pk: found for found in map(_recommendation_of, asked)}
        for recommendation in changed_words.values():
            recommendation.version += 1
        self.act.save_all(list(changed_words.values()))
        there = {
            entry.tracked.pk: entry.tracked for entry in changed if entry.tracked and entry.tracked.pk not in self.new
        }
        for entry in changed:
            if entry.tracked and entry.tracked.pk in there:
                self._change(entry, entry.tracked, entry.writes.facts)
        raise_versions(self.act, list(there.values()))
        there |= self._others(asked, there)
        for tracked in there.values():
            tracked.deadline_kind = tracked.recommendation.deadline_kind
            tracked.deadline_on = tracked.recommendation.deadline_on
        link_accounts(there.values(), *LEAD)
        self.act.save_all(list(there.values()))

    def _others(self, entries: list[ImportEntry], there: dict) -> dict:
        """Return other forces' tracked recommendations for the same recommendations."""
        changed = {found.pk: found for found in map(_recommendation_of, entries)}
        if not changed:
            return {}
        rows = TrackedRecommendation.objects.select_for_update(of=("self",)).filter(recommendation__in=changed)
        found = {row.pk: row for row in rows if row.pk not in there}
        for row in found.values():
            row.recommendation = changed[row.recommendation_id]
        return found

    def _rows(self, entries: Sequence[ImportEntry]) -> None:
        rows = [
            SheetRow(
                sheet_import=self.sheet_import,
                sheet=self.names.name_of_sheet(entry),
                number=member.number,
                outcome=self.outcomes[id(entry)],
                tracked=entry.tracked,
                original=self.names.cells_to_keep(entry, member),
                did=self.did[id(entry)] if member is entry.line.members[0] else {},
            )
            for entry in entries
            for member in entry.line.members
        ]
        self.act.add_all(rows)

    def _release_memory(self, entries: Sequence[ImportEntry]) -> None:
        """Free what is written, so that an import of thousands of rows uses little memory."""
        for entry in entries:
            entry.let_go()
            self.did.pop(id(entry), None)


def _why_no_response(made: Inspection, today: datetime.date) -> str:
    """Return the reason why an imported inspection needs no response, or "" if one can still be due."""
    if made.last_day is None:
        old = made.published_on < today - A_YEAR
        return "it was published more than a year before this register began, and no last day is stated." if old else ""
    return "its response was due before this register began." if made.last_day < today else ""


# Values that each entry has by the time it is written: a plan is written only if no line has a problem.


def _force_of(entry: ImportEntry) -> Force:
    assert entry.force is not None
    return entry.force


def _inspection_of(entry: ImportEntry) -> Inspection:
    assert entry.inspection is not None
    return entry.inspection


def _recommendation_of(entry: ImportEntry) -> Recommendation:
    assert entry.recommendation is not None
    return entry.recommendation


def _lines(
    model: type[SubRecommendation] | type[Addressee], column: str, recommendation: Recommendation, texts: Iterable[str]
) -> list:
    return [
        model(recommendation=recommendation, position=place, **{column: text})
        for place, text in enumerate(texts, start=1)
    ]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


class _References:
    """Each force's next free reference: WM-0164 after WM-0163, skipping those that the sheet gives."""

    def __init__(self, plan: ImportPlan, register: RegisterSnapshot) -> None:
        given = {normalise(entry.writes.facts.get("reference", "")) for entry in plan.entries}
        self.taken = given | set(register.by_reference)
        self.last: dict[int, int] = {}

    def next(self, force: Force) -> str:
        prefix = f"{force.reference_prefix}-"
        if force.pk not in self.last:
            ends = (each[len(prefix) :] for each in self.taken if each.startswith(normalise(prefix)))
            self.last[force.pk] = max((int(end) for end in ends if end.isdecimal()), default=0)
        self.last[force.pk] += 1
        return f"{prefix}{self.last[force.pk]:04d}"
