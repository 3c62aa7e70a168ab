"""The contents of a scrutiny report: its parts in printing order, each with its anchor."""

from collections.abc import Iterator
from typing import NamedTuple

from recommendations.documents.papers.charts import ChartPages
from recommendations.documents.papers.close_down_dates import DATES_HEADING
from recommendations.documents.papers.count_tables import CountTables
from recommendations.documents.papers.exceptions import ExceptionsPage
from recommendations.domain.panels.attendance_text import present_words

BECAME = "What became of what was overdue"
VOICES = "Where the voices differ"
WHETHER_IT_HELPED = "Whether it helped"
MEETINGS = "What was asked at accountability meetings"
SINCE = "Since the period closed, and what is ahead"


class ContentsHeading(NamedTuple):
    anchor: str
    words: str


class ContentsPage(ExceptionsPage, ChartPages, CountTables):
    """The contents page, which lists exactly the parts that this paper prints."""

    @property
    def contents(self) -> list[ContentsHeading]:
        return [*self._first_parts(), *self._lists(), *self._last_parts()]

    @property
    def commitments_heading(self) -> str:
        """The heading of the list of commitments; it mentions measures if there are any."""
        measured = any(each.measure for each in self.figures.commitments)
        return f"Commitments {'measured, ' * measured}checked and overdue"

    @property
    def attendance_words(self) -> str:
        """The force's attendance at all its Channel panels in the period, as a sentence."""
        panels = len(self.figures.attendance or ())
        over = "1 panel" if panels == 1 else f"{panels} panels"
        return f"{over}: {present_words(self.figures.attendance_in_all)}."

    def _first_parts(self) -> Iterator[ContentsHeading]:
        if self.figures.front:
            yield ContentsHeading("worst", "The worst overdue, and what comes next")
        if self.charts:
            yield ContentsHeading("charts", self.charts_heading)
        if self.lists_overdue:
            yield ContentsHeading("overdue", "All that is overdue")
        if self.by_exception and self.figures.was_overdue:
            yield ContentsHeading("became", BECAME)
        if self.voices:
            yield ContentsHeading("voices", VOICES)

    def _lists(self) -> Iterator[ContentsHeading]:
        if self.asks_in_full:
            yield ContentsHeading("requests", "What the committee asked for")
        if self.figures.legacy_reviews:
            yield ContentsHeading("legacy", "Legacy review")
        if self.figures.sums_by_kind:
            yield ContentsHeading("kinds", "The sum, by kind")
        if self.figures.sums_by_source:
            yield ContentsHeading("sources", "The sum, by source")
        yield ContentsHeading("moved", "Targets moved in the period")
        yield ContentsHeading("new", "New in the period")
        yield ContentsHeading("closed", "Closed in the period, with evidence")
        if self.figures.indicators:
            yield ContentsHeading("indicators", WHETHER_IT_HELPED)
        yield ContentsHeading("reopened", "Reopened in the period")
        if self.since_in_full:
            yield ContentsHeading("since", SINCE)
        if not self.figures.restricted_only:
            yield ContentsHeading("responses", "Responses due and late")

    def _last_parts(self) -> Iterator[ContentsHeading]:
        if self.figures.commitments:
            yield ContentsHeading("commitments", self.commitments_heading)
        if self.figures.meetings:
            yield ContentsHeading("accountability", MEETINGS)
        if self.figures.attendance:
            yield ContentsHeading("attendance", "Attendance at Channel panels")
        if self.figures.said_of_force:
            yield ContentsHeading("grades", "PEEL grades by cycle, and monitoring stage")
        if self.figures.has_dates:
            yield ContentsHeading("dates", DATES_HEADING)
        yield ContentsHeading("register", "The register, by inspection")
        yield ContentsHeading("definitions", "What each count and colour means")
