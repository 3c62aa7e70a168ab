"""The source column of a sheet: the source of each report, and the rule for answering it."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import ASKS_SENT, ImportLine, NamedInspection, report_key
from recommendations.domain.sources.frozen import KIND_OF
from recommendations.domain.sources.naming import label_of
from recommendations.domain.sources.queries import bases, is_followed, sources
from recommendations.enums.sources import HMICFRS, OF_HMICFRS, REACHING
from recommendations.models import BasisFacts, SourceFacts
from recommendations.periods import say

SWITCH_ON = "is not a source that this office follows. An administrator can tick it, under What you use."


class SourceCells:
    """The sources of a sheet's reports: all rows of a report share the first source given."""

    def __init__(self, lines: Sequence[ImportLine], on: datetime.date) -> None:
        self.on = on
        self.first: dict[tuple, ImportLine] = {}
        for line in lines:
            if line.report and line.report.source:
                self.first.setdefault(report_key(line.report), line)

    @cached_property
    def _sources(self) -> dict[str, SourceFacts]:
        return sources()

    @cached_property
    def _bases(self) -> dict[str, BasisFacts]:
        """The first rule of each source by key, which is the default in its form."""
        return {each.source: each for each in reversed(bases(self.on).values())}

    def check_on_record(self, entry: ImportEntry) -> None:
        """Refuse a source that differs from that of the inspection on record."""
        said, on_record = entry.line.get("source", ""), entry.inspection
        if not said or on_record is None or said == on_record.source or {said, on_record.source} <= set(OF_HMICFRS):
            return
        is_of = label_of(on_record.source, on_record.source_word)
        entry.refuse("source", f"{on_record.title} is on record with the source {is_of}. Leave this cell out.")

    def plan_new(self, entry: ImportEntry) -> None:
        """Set the source and rule of a new report from its rows. Without one it is HMICFRS's."""
        report = entry.report
        first = self.first.get(report_key(report)) if report else None
        if report is None or first is None or first.report is None:
            return
        if report.source and report.source != first.report.source:
            entry.refuse("source", f"{first.place.capitalize()} names another source of {report.title}.")
            return
        starts_on = report.starts_on or first.report.starts_on
        entry.report = self._with_source(entry, replace(report, starts_on=starts_on), first.report.source)

    def _with_source(self, entry: ImportEntry, report: NamedInspection, key: str) -> NamedInspection:
        source = self._sources[key]
        if key in OF_HMICFRS:
            return report if key == HMICFRS else replace(report, kind=KIND_OF[key])
        if not is_followed(source, self.on):
            entry.refuse("source", f"{source.name} {SWITCH_ON}")
        elif (basis := self._bases.get(key)) is None:
            entry.refuse("source", f"{source.name} has no rule in use. An administrator can add one, under Sources.")
        else:
            entry.notes.append(f"{source.name}: brought in under “{basis.name}”.")
            return self._with_start(entry, replace(report, law=(source, basis)), basis)
        return report

    def _with_start(self, entry: ImportEntry, report: NamedInspection, basis: BasisFacts) -> NamedInspection:
        """Note or refuse the day that starts the clock: it is asked for, and may be unknown."""
        if basis.clock_start not in REACHING:
            return report
        if report.is_start_asked:
            entry.refuse("source", f"Say on which day {report.title} was {basis.clock_start.word}.", ASKS_SENT)
        elif report.starts_on is None:
            entry.notes.append(f"Day {basis.clock_start.word} not known: no clock.")
        elif report.starts_on > self.on:
            entry.refuse("source", f"{report.title}: {say(report.starts_on)} is in the future.")
        return report
