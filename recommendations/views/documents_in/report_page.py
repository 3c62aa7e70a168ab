"""What the check of a report adds: the report's own text in runs of lines, and the last day to respond."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from django.urls import reverse_lazy

from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.results import ReadResponse
from recommendations.exchange.documents_in.sources.withheld import lines_instead_of
from recommendations.exchange.documents_in.summary import counts_by_kind
from recommendations.forms.documents_in.check_steps import day_of
from recommendations.forms.documents_in.placement import OWN
from recommendations.forms.documents_in.sources import SourceReportForm
from recommendations.models import Inspection
from recommendations.periods import say
from recommendations.views.documents_in.check_page import CheckPage, LineOf

CONCERN = re.compile(r"^Rec\b")


@dataclass(frozen=True)
class LineRun:
    """Consecutive lines, either of the report's own text, which is folded away, or placed in its parts."""

    own: bool
    lines: list[LineOf]

    @property
    def first(self) -> str:
        return self.lines[0].short


class ReportPage(CheckPage):
    """The check of a report. It has no comments; runs of the report's own text are folded, with their length."""

    save_words, has_narrative = "Save report", False
    of_other_source = False
    choose_url, check_url = reverse_lazy("import_report"), reverse_lazy("check_report")

    @cached_property
    def runs(self) -> list[LineRun]:
        grouped = groupby(self.lines, key=lambda line: self.places.of(line.index) == OWN)
        return [LineRun(own, list(lines)) for own, lines in grouped]

    @cached_property
    def counts(self) -> list[str]:
        return counts_by_kind([row.kind for row in self.draft.recommendations])

    def to_write(self, key: str) -> list:
        return []

    @property
    def last_day(self) -> str:
        """The last lawful day, counted from the typed publication date; "" if none is counted."""
        facts = self.draft.facts
        published_on, outside = day_of(facts["published_on"]), facts["section_55"] == "no"
        if published_on is None or facts["kind"] not in InspectionKind.values:
            return ""
        report = Inspection(kind=facts["kind"], published_on=published_on, section_55=False if outside else None)
        return say(report.last_day) if report.last_day else ""


class OfADeath:
    """Mixin for documents that may name persons."""

    read: ReadResponse

    @cached_property
    def withheld(self) -> int:
        """The number of lines that are not read because they may name a person."""
        found = (placed.line.text for placed in self.read.placed if placed.kind == "withheld")
        return sum(lines_instead_of(text) for text in found)


class SourceReportPage(OfADeath, ReportPage):
    """The check of a document of another source: who must answer by when, and what is not read."""

    of_other_source = True

    def _anchor(self, index: int, code: str) -> str:
        return "" if code == "chief" else super()._anchor(index, code)

    @cached_property
    def answers(self) -> int:
        """How many recommendations have an answer in the document; the answers are not recorded as updates."""
        return sum(bool(rec.chief_officer_comments) for rec in self.read.recommendations)

    @property
    def printed_last_day(self) -> str:
        """The last day printed in the document, if it differs from the one that the rule gives."""
        assert isinstance(self.form, SourceReportForm)
        printed, who = self.read.source.answer_by, self.form.who_by_when
        return say(printed) if printed and (who is None or who.last_day != printed) else ""

    @property
    def last_day(self) -> str:
        return ""


class AnswerCheckPage(OfADeath, CheckPage):
    """The check of an answer to a coroner's report. Text repeated from the report is shown but not recorded."""

    save_words, has_narrative = "Save answer", False
    choose_url, check_url = reverse_lazy("import_report"), reverse_lazy("check_report")

    @cached_property
    def counts(self) -> list[str]:
        found = sum(bool(rec.chief_officer_comments) for rec in self.read.recommendations)
        return [f"{found} concern answered" if found == 1 else f"{found} concerns answered"] if found else ["An answer"]

    def _line(self, index: int) -> LineOf:
        """The line, labelled as in an answer: its numbered items are concerns, and its day is that of the letter."""
        line = super()._line(index)
        tag = CONCERN.sub("Concern", line.tag) if line.tag != "Published" else "Day"
        return replace(line, tag=tag)

    @property
    def first_correction(self) -> str:
        return "id_chief_officer_comments"

    @cached_property
    def answered(self) -> None:
        return None
