"""The contents of a scrutiny report: its parts in the order in which they are printed, each with its anchor."""

from collections.abc import Iterator
from typing import NamedTuple

from recommendations.documents.papers.charts import ChartPages
from recommendations.documents.papers.second_page import SecondPage
from recommendations.domain.panels.attendance_text import present_words


class Heading(NamedTuple):
    anchor: str
    words: str


class ContentsPage(SecondPage, ChartPages):
    """What the contents page names: whatever this paper prints, and nothing else."""

    @property
    def contents(self) -> list[Heading]:
        return [*self._first_parts(), *self._lists(), *self._last_parts()]

    @property
    def commitments_heading(self) -> str:
        """What the list of commitments is of: measures are named where there is one."""
        measured = any(each.measure for each in self.figures.commitments)
        return f"Commitments {'measured, ' * measured}checked and overdue"

    @property
    def attendance_words(self) -> str:
        """How the force attended all its Channel panels in the period, in a sentence."""
        panels = len(self.figures.attendance or ())
        over = "1 panel" if panels == 1 else f"{panels} panels"
        return f"{over}: {present_words(self.figures.attendance_in_all)}."

    def _first_parts(self) -> Iterator[Heading]:
        if self.figures.front:
            yield Heading("worst", "The worst overdue, and what comes next")
        if self.charts:
            yield Heading("charts", self.charts_heading)
        if self.others_overdue or not self.figures.front:
            yield Heading("overdue", "All that is overdue")

    def _lists(self) -> Iterator[Heading]:
        if self.figures.sums_by_kind:
            yield Heading("kinds", "The sum, by kind")
        yield Heading("moved", "Targets moved in the period")
        yield Heading("new", "New in the period")
        yield Heading("closed", "Closed in the period, with evidence")
        yield Heading("reopened", "Reopened in the period")
        if not self.figures.restricted_only:
            yield Heading("responses", "Responses due and late")

    def _last_parts(self) -> Iterator[Heading]:
        if self.figures.commitments:
            yield Heading("commitments", self.commitments_heading)
        if self.figures.attendance:
            yield Heading("attendance", "Attendance at Channel panels")
        if self.figures.said_of_force:
            yield Heading("grades", "PEEL grades by cycle, and monitoring stage")
        yield Heading("register", "The register, by inspection")
        yield Heading("definitions", "What each count and colour means")
