"""The statutory response as a document: what the office publishes under section 55, made from its text alone."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import NamedTuple

from recommendations.documents.formats.markdown_html import Written, WrittenNote, render_comment, render_markdown
from recommendations.documents.pdf.render import Document, Rendered, render
from recommendations.documents.responses import form_text
from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from recommendations.exchange.documents_in.recommendation_starts import read_limb
from recommendations.models.inspections.inspections import shorten

TEMPLATE = "documents/response.html"
STYLESHEETS = ("print.css", "response.css")
DRAFT_STYLESHEETS = (*STYLESHEETS, "draft.css")
RUNNING = 40  # letters of a title in the page header


class PrintedRecommendation(NamedTuple):
    """A recommendation as printed. `first` is on the label's line; `rest` are further paragraphs."""

    item: ResponseItem
    hung: str
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    action: str
    first: str
    rest: str
    pointer: str
    also: str
    silent: bool

    @property
    def marked(self) -> bool:
        """Whether its parts carry printed marks of their own: "(a)"."""
        return any(map(read_limb, self.item.parts))

    @property
    def heading(self) -> str:
        """The text after the number; it includes the label if there is no number in the margin."""
        return ": ".join(filter(None, ("" if self.hung else self.item.label, form_text.heading(self.item))))

    @property
    def bookmark(self) -> str:
        return ": ".join(filter(None, (self.item.label, form_text.heading(self.item))))


class PrintedComments(NamedTuple):
    """A chief officer's comments as submitted, or the statement that there are none."""

    heading: str
    said: ChiefOfficer
    paragraphs: list[str]
    signature: str


@dataclass(frozen=True, kw_only=True)
class ResponseDocument(Document):
    """A response. A draft says so on every page."""

    text: ResponseText

    @property
    def draft(self) -> bool:
        return self.text.published_on is None

    @property
    def short(self) -> str:
        """The page header: the title up to its first full stop, shortened."""
        return shorten(self.text.title.split(". ")[0], RUNNING)

    @property
    def marking(self) -> str:
        return self.text.marking

    @property
    def words(self) -> ModuleType:
        """The fixed wording (documents/responses/form_text.py)."""
        return form_text

    @property
    def issue(self) -> str:
        return form_text.issue(self.text)

    @property
    def facts(self) -> list[tuple[str, str]]:
        return form_text.facts(self.text)

    @property
    def label(self) -> str:
        return form_text.label(self.text)

    @cached_property
    def narrative(self) -> Written:
        return render_markdown(form_text.markdown_of(self.text))

    @property
    def notes(self) -> tuple[WrittenNote, ...]:
        return self.narrative.notes

    @cached_property
    def officers(self) -> list[PrintedComments]:
        return [
            PrintedComments(
                form_text.chief_heading(self.text, said), said, paragraphs(said.text), form_text.signature(said)
            )
            for said in self.text.chief_officers
        ]

    @property
    def reply(self) -> str:
        return render_comment(form_text.comment_of(self.text, self.text.reply)).html if self.text.reply.strip() else ""

    @property
    def reply_heading(self) -> str:
        return form_text.reply_heading(self.text)

    @property
    def general(self) -> list[Written]:
        return [render_comment(form_text.comment_of(self.text, comment)) for comment in self.text.general]

    @cached_property
    def items(self) -> list[PrintedRecommendation]:
        return [self._printed_recommendation(item) for item in self.text.items]

    @property
    def about(self) -> str:
        return form_text.about_document(self.text)

    def _printed_recommendation(self, item: ResponseItem) -> PrintedRecommendation:
        comment = render_comment(form_text.comment_of(self.text, item.comment)) if item.comment else None
        reason = " ".join(item.reason.split())
        first = reason or (comment.first if comment else "")
        rest = (comment.html if reason else comment.rest) if comment else ""
        pointer, silent = form_text.pointer(item), form_text.says_nothing(item)
        told = (form_text.action(item), first, rest, pointer, form_text.also(item), silent and self.draft)
        return PrintedRecommendation(
            item, form_text.hung(item), paragraphs(item.text), form_text.deadline_and_addressees(item), *told
        )


def response_document(text: ResponseText, *, created_at: datetime.datetime) -> ResponseDocument:
    """The document of a response. `created_at` (UTC) is when it was published, or when the draft was viewed."""
    return ResponseDocument(
        template=TEMPLATE,
        stylesheets=DRAFT_STYLESHEETS if text.published_on is None else STYLESHEETS,
        title=f"Response to {text.heading}",
        author=text.body_name,
        created_at=created_at,
        text=text,
    )


def render_response(text: ResponseText, *, created_at: datetime.datetime) -> Rendered:
    """The HTML and the PDF of a response. Raises RenderFailed."""
    return render(response_document(text, created_at=created_at))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text; single line breaks are kept."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip("\n") for part in parts if part.strip()]
