"""Evidence as pages show it: each source with its latest figure. Three queries, however much there is."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from recommendations.domain.indicators.queries import facts_of, values_of
from recommendations.domain.panels.attendance_rates import AttendanceFigure, MeetingRow, attendance_of, sum_figures
from recommendations.domain.panels.attendance_text import words_to
from recommendations.domain.panels.queries import meeting_rows
from recommendations.domain.text.quotations import without_marks
from recommendations.enums import PanelKind
from recommendations.models import (
    CommentAnswer,
    Commitment,
    CustodyVisit,
    Evidence,
    Meeting,
    Panel,
    TrackedRecommendation,
    User,
)
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import Period, say

ABOUT = ("commitment__of", "assurance__tracked__recommendation__inspection", "tracked__recommendation__inspection")
SOURCES = ("meeting__panel", "visit__suite", "panel", "channel_of", "indicator")


@dataclass(frozen=True, kw_only=True)
class EvidenceRow:
    """One source in words: "Attendance at Aldford Channel panel", its figure, and what it is evidence of."""

    evidence: Evidence
    title: str
    figure: str
    of: str = ""

    @property
    def short(self) -> str:
        """The text shown beside an assurance."""
        return f"{self.title}: {self.figure}"


def evidence_of_commitment(commitment: Commitment, user: User, today: datetime.date) -> list[EvidenceRow]:
    """Return a commitment's evidence that the user can see: the measure first, then the rest in order of linking."""
    found = Evidence.objects.visible_to(user).in_sections_on().filter(commitment=commitment).order_by("-measure", "id")
    return [replace(row, of="its measure" if row.evidence.measure else "") for row in rows_of(found, today)]


def evidence_of_recommendation(tracked: TrackedRecommendation, user: User, today: datetime.date) -> list[EvidenceRow]:
    """Return evidence for a recommendation, its assurances, and measures of commitments in comments on it."""
    answering = CommentAnswer.objects.filter(recommendation=tracked.recommendation_id)
    measures = Q(measure=True, commitment__comment__in=answering.values("comment"))
    ours = Q(channel_of=tracked.force_id) | Q(panel__force=tracked.force_id)
    about = Q(tracked=tracked) | Q(assurance__tracked=tracked, assurance__withdrawn_at__isnull=True) | measures & ours
    ids = list(Evidence.objects.visible_to(user).in_sections_on().filter(about).values_list("pk", flat=True))
    return rows_of(Evidence.objects.filter(pk__in=ids).order_by("-measure", "id"), today) if ids else []


def rows_of(queryset: QuerySet, today: datetime.date) -> list[EvidenceRow]:
    """Return each piece of evidence with its figure, counted from its subject's publication up to `today`."""
    evidence = list(queryset.select_related(*ABOUT, *SOURCES))
    panels = _panels(evidence)
    meetings = meeting_rows(panels) if panels else {}
    indicators = [each.indicator for each in evidence if each.indicator]
    values = values_of(indicators) if indicators else {}
    return [_row(each, panels, meetings, values, today) for each in evidence]


def _panels(evidence: list[Evidence]) -> list[Panel]:
    """Return the panels whose meetings are needed: linked, of a linked meeting, or all Channel panels of a force."""
    named = {each.panel_id for each in evidence if each.panel_id}
    named |= {each.meeting.panel_id for each in evidence if each.meeting}
    forces = {each.channel_of_id for each in evidence if each.channel_of_id}
    if not named and not forces:
        return []
    return list(Panel.objects.filter(Q(pk__in=named) | Q(pk__in=Panel.objects.channel().filter(force__in=forces))))


def _row(each: Evidence, panels: list[Panel], meetings: dict, values: dict, today: datetime.date) -> EvidenceRow:
    title, of = each.source_words, _subject_words(each)
    if each.visit:
        return EvidenceRow(evidence=each, title=title, figure=_visit_words(each.visit), of=of)
    if each.meeting:
        rows = meetings.get(each.meeting.panel_id, ())
        return EvidenceRow(evidence=each, title=title, figure=_met(each.meeting, rows), of=of)
    if each.indicator:
        facts = facts_of(each.indicator, values.get(each.indicator.pk, {}), today)
        return EvidenceRow(evidence=each, title=title, figure=facts.latest_words, of=of)
    figure = series_figure(each, panels, meetings, Period(min(_since(each), today), today))
    return EvidenceRow(evidence=each, title=title, figure=words_to(figure, today), of=of)


def series_figure(
    each: Evidence, panels: list[Panel], meetings: dict[int, list[MeetingRow]], period: Period
) -> AttendanceFigure:
    """Return the force's attendance at a series' panels in a period, as one figure."""
    return sum_figures(attendance_of(meetings.get(panel.pk, []), period) for panel in counted_panels(each, panels))


def counted_panels(each: Evidence, panels: list[Panel]) -> list[Panel]:
    """Return those of these panels that a series counts."""
    return [panel for panel in panels if panel.pk == each.panel_id or _is_channel_of(panel, each.channel_of_id)]


def _is_channel_of(panel: Panel, force: int | None) -> bool:
    return force is not None and panel.kind == PanelKind.CHANNEL and panel.force_id == force


def _met(meeting: Meeting, rows: Iterable[MeetingRow]) -> str:
    """Return a meeting's day and whether the force was represented, or that the meeting was withdrawn since."""
    row = next((row for row in rows if row.pk == meeting.pk), None)
    return f"{say(meeting.on)}: {row.answer if row else 'the meeting is withdrawn'}"


def _visit_words(visit: CustodyVisit) -> str:
    """Return a visit's day and counts, or that it was withdrawn since."""
    return f"{say(visit.on)}: {'the visit is withdrawn' if visit.withdrawn_at else visit.counts_words}"


def _since(each: Evidence) -> datetime.date:
    """Return the publication day of the response with the commitment, or of the report."""
    if each.commitment:
        return each.commitment.of.published_on
    tracked = each.assurance.tracked if each.assurance else each.tracked
    assert tracked is not None  # evidence_has_one_subject
    return tracked.recommendation.inspection.published_on


def _subject_words(each: Evidence) -> str:
    """Return what it is evidence of, if that is not the page itself: an assurance, or a commitment's measure."""
    if each.assurance:
        return f"for the assurance of {say(each.assurance.effective_on)}"
    if each.measure and each.commitment:
        return f"measure of the commitment “{shorten(without_marks(each.commitment.quote), 120)}”"
    return ""
