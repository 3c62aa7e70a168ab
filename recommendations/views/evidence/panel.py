"""The tab of a record's page with evidence: its own, its assurances' and its commitments' measures."""

from typing import NamedTuple

from django.urls import reverse

from recommendations.domain.evidence.choices import can_point
from recommendations.domain.evidence.queries import EvidenceRow, evidence_of_recommendation
from recommendations.domain.register.entries import ASSURANCE, latest
from recommendations.periods import say
from recommendations.views.register.panels import RecordPage, record_tab


class EvidenceTab(NamedTuple):
    """The evidence, and links with which this user can add some (address, words)."""

    rows: list[EvidenceRow]
    actions: list[tuple[str, str]]

    @property
    def number(self) -> int:
        return len(self.rows)


@record_tab(30, "evidence", "Evidence", "evidence/on_record.html")
def evidence(page: RecordPage) -> EvidenceTab | None:
    """The evidence; None if there is none, and this user may not link any. The card of the office's assurance lists
    what is linked to it."""
    rows = evidence_of_recommendation(page.record, page.user, page.day)
    for row in rows:
        if row.evidence.assurance_id:
            page.card_lines[ASSURANCE, row.evidence.assurance_id].append(row.short)
    actions = evidence_actions(page)
    return EvidenceTab(rows, actions) if rows or actions else None


def evidence_actions(page: RecordPage) -> list[tuple[str, str]]:
    """Links with which this user can add evidence: to the recommendation, and to the latest assurance."""
    if not can_point(page.user):
        return []
    found = [(reverse("point_from_recommendation", args=[page.record.pk]), "Link evidence")]
    if assurance := latest(page.entries, ASSURANCE):
        address = reverse("point_from_assurance", args=[assurance.id])
        found.append((address, f"Link evidence to the assurance of {say(assurance.on)}"))
    return found
