"""What the page of a report's check shows besides: the report's own text in runs, and how long is left to respond."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.urls import reverse_lazy

from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.summary import counted_by_kind
from recommendations.forms.documents_in.check_steps import day_of
from recommendations.forms.documents_in.placement import OWN
from recommendations.models import Inspection
from recommendations.periods import say
from recommendations.views.documents_in.check_page import CheckPage, LineOf


@dataclass(frozen=True)
class LineRun:
    """Lines that stand together: of the report's own text, folded, or those that went into its parts."""

    own: bool
    lines: list[LineOf]

    @property
    def first(self) -> str:
        return self.lines[0].short


class ReportPage(CheckPage):
    """The check of a report. It has no comments, and says of each run of its own text how long it is."""

    save_words, has_narrative = "Save report", False
    choose_url, check_url = reverse_lazy("import_report"), reverse_lazy("check_report")

    @cached_property
    def runs(self) -> list[LineRun]:
        grouped = groupby(self.lines, key=lambda line: self.places.of(line.index) == OWN)
        return [LineRun(own, list(lines)) for own, lines in grouped]

    @cached_property
    def counts(self) -> list[str]:
        return counted_by_kind([row.kind for row in self.draft.recommendations])

    def to_write(self, key: str) -> list:
        return []

    @property
    def last_day(self) -> str:
        """The last lawful day, counted from the report's day as it is typed; empty where none is counted."""
        facts = self.draft.facts
        published_on, outside = day_of(facts["published_on"]), facts["section_55"] == "no"
        if published_on is None or facts["kind"] not in InspectionKind.values:
            return ""
        report = Inspection(kind=facts["kind"], published_on=published_on, section_55=False if outside else None)
        return say(report.last_day) if report.last_day else ""
