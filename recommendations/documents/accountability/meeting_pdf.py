"""Agenda, minutes and action log as documents: PDF/UA-1, in the style of the office's other documents."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from recommendations.documents.formats.export_cover import MARKING
from recommendations.documents.pdf.render import Document, render
from recommendations.documents.responses.response_pdf import STYLESHEETS
from recommendations.domain.accountability.data import MeetingFacts
from recommendations.periods import say

TEMPLATE = "documents/meeting.html"
SENSITIVE = "OFFICIAL-SENSITIVE"


class MeetingDocumentKind(StrEnum):
    """What is printed of a meeting. The values stand in addresses."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    ACTION_LOG = "action-log"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


def marking_of(facts: MeetingFacts) -> str:
    """The highest marking of what is printed: something restricted is sensitive."""
    return SENSITIVE if facts.has_restricted else MARKING


def title_of(facts: MeetingFacts, kind: MeetingDocumentKind) -> str:
    if kind == MeetingDocumentKind.ACTION_LOG:
        return f"Action log: {facts.force}"
    return f"{kind.label}: {facts.title}"


def about(facts: MeetingFacts, kind: MeetingDocumentKind) -> list[tuple[str, str]]:
    """Labels and values below the title."""
    if kind == MeetingDocumentKind.ACTION_LOG:
        return [("As it stood on", say(facts.as_at)), ("Not shown", facts.left_out_of_log)]
    said = [
        ("Force", facts.force),
        ("When and where", facts.when_and_where),
        ("Held in public", "Yes" if facts.in_public else "No"),
        ("Who was there", facts.present),
        ("Not shown", facts.left_out_words),
    ]
    return [(label, value) for label, value in said if value]


@dataclass(frozen=True, kw_only=True)
class MeetingDocument(Document):
    """Agenda, minutes or action log of a meeting."""

    facts: MeetingFacts
    kind: MeetingDocumentKind

    @property
    def marking(self) -> str:
        return marking_of(self.facts)

    @property
    def about(self) -> list[tuple[str, str]]:
        return [(label, value) for label, value in about(self.facts, self.kind) if value]

    @property
    def is_log(self) -> bool:
        return self.kind == MeetingDocumentKind.ACTION_LOG

    @property
    def has_log(self) -> bool:
        return self.is_log or (self.facts.minuted and bool(self.facts.log))


def meeting_document(facts: MeetingFacts, kind: MeetingDocumentKind, *, at: datetime.datetime) -> MeetingDocument:
    """The document, made at `at` (UTC)."""
    return MeetingDocument(
        template=TEMPLATE,
        stylesheets=(*STYLESHEETS, "meeting.css"),
        title=title_of(facts, kind),
        author=facts.body or facts.force,
        created_at=at,
        facts=facts,
        kind=kind,
    )


def meeting_pdf(facts: MeetingFacts, kind: MeetingDocumentKind, *, at: datetime.datetime) -> bytes:
    """The PDF, made at `at` (UTC). Raises RenderFailed."""
    return render(meeting_document(facts, kind, at=at)).pdf


def released_meeting_pdf(facts: MeetingFacts, *, number: int, at: datetime.datetime) -> bytes:
    """The PDF of a release as the public reads it. Raises RenderFailed."""
    kind = MeetingDocumentKind.MINUTES if facts.minuted else MeetingDocumentKind.AGENDA
    return meeting_pdf(facts, kind, at=at)
