"""A response or report while it is being checked: the raw values of the form, before validation.
A draft is made from what was read, or from the submitted form; it depends on neither requests nor widgets.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self

from django.http import QueryDict

from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.responses.reports import NewReport
from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.parts import DocumentParts, Rec
from recommendations.models import Force, Inspection
from recommendations.periods import say

PARAGRAPHS = "\n\n"
SECTION_55 = re.compile(r"(?<!outside )(?<!not under )(?<!not subject to )\bsection 55\b", re.IGNORECASE)


def paragraphs(typed: str) -> tuple[str, ...]:
    """The paragraphs of a text, separated by empty lines."""
    found = re.split(r"\n[ \t]*\n", typed.replace("\r\n", "\n"))
    return tuple(each.strip() for each in found if each.strip())


def says_section_55(text: str) -> bool:
    """Whether a document says itself that section 55 applies to it: "I write under section 55"."""
    return SECTION_55.search(text) is not None


@dataclass
class DraftRow:
    """One row of the form; its fields are named like "recommendation-r0-text"."""

    NAME: ClassVar[str] = ""

    key: str

    @classmethod
    def from_post(cls, data: Mapping[str, Any], key: str) -> Self:
        given = {each.name: data.get(f"{cls.NAME}-{key}-{each.name}", "") for each in fields(cls) if each.name != "key"}
        return cls(key=key, **{name: value.replace("\r\n", "\n") for name, value in given.items()})

    def as_post(self) -> dict[str, str]:
        return {
            f"{self.NAME}-{self.key}-{each.name}": getattr(self, each.name)
            for each in fields(self)
            if each.name != "key"
        }


@dataclass
class RecommendationRow(DraftRow):
    """key: r0, r1 … for recommendations that were read, l7 for one made from line 7, n1 … for those added by hand."""

    NAME = "recommendation"

    kind: str = "recommendation"
    number: str = ""
    heading: str = ""
    text: str = ""
    parts: str = ""
    addressees: str = ""
    directed: str = ""
    cause: str = ""
    deadline_words: str = ""
    deadline_kind: str = "none"
    deadline_on: str = ""
    words_read: str = ""


@dataclass
class CommentRow(DraftRow):
    """`host` is the recommendation that it is shown below; `also` the labels of others that it answers, as typed."""

    NAME = "comment"

    host: str = ""
    text: str = ""
    also: str = ""
    also_read: str = ""
    also_keys: str = ""

    @property
    def answers(self) -> list[str]:
        """The keys of all recommendations that it answers, as of when the form was rendered."""
        return [key for key in (self.host, *self.also_keys.split()) if key]


@dataclass
class NoteRow(DraftRow):
    NAME = "note"

    mark: str = ""
    text: str = ""


FACTS = (
    "title",
    "kind",
    "section_55",
    "inspectorate",
    "short_name",
    "body",
    "body_name",
    "force",
    "inspection",
    "published_on",
    "responded_on",
    "published_read",
    "asked_force",
    "narrative",
    "chief_officer_comments",
    "reply",
    # for reports only
    "belongs_to",
    "link",
    "respond_by",
    "answer",
    "why",
    "reason",
    # for reports of other sources only
    "source",
    "basis",
    "made_to",
    "source_reference",
    "names_ok",
    # for answers to a coroner's report only
    "address",
    "officer_ok",
)

OF_SOURCE = ("source", "basis", "made_to", "source_reference")


@dataclass
class Draft:
    """`places` maps a line's index (from 0) to where a person put it, if that differs from where it was read."""

    facts: dict[str, str]
    recommendations: list[RecommendationRow] = field(default_factory=list)
    comments: list[CommentRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    places: dict[int, str] = field(default_factory=dict)

    @classmethod
    def from_post(cls, data: QueryDict) -> "Draft":
        return cls(
            facts={name: data.get(name, "").replace("\r\n", "\n") for name in FACTS},
            recommendations=_rows(RecommendationRow, data),
            comments=[row for row in _rows(CommentRow, data) if row.text.strip() or row.key != f"c{row.host}"],
            notes=_rows(NoteRow, data),
            places=_places(data.getlist("placed")),
        )

    def as_post(self) -> dict[str, Any]:
        """The values of the form's fields."""
        rows = [*self.recommendations, *self.comments, *self.notes]
        return self.facts | {name: value for row in rows for name, value in row.as_post().items()}

    def recommendation(self, key: str) -> RecommendationRow | None:
        return next((row for row in self.recommendations if row.key == key), None)

    def labels(self) -> dict[str, str]:
        """The name of each recommendation, by key: "1", "AFI 3". Names are unique."""
        recs = [Rec(row.kind, row.number.strip()) for row in self.recommendations]
        DocumentParts(recs=recs).name_recommendations()
        return {row.key: rec.label for row, rec in zip(self.recommendations, recs, strict=True)}

    def name_others(self) -> None:
        """Update the labels of what each comment also answers to the current numbers; unreadable input stays as
        typed.
        """
        labels = self.labels()
        for row in self.comments:
            if row.also != row.also_read:
                continue
            row.also_keys = " ".join(key for key in row.also_keys.split() if key in labels)
            row.also = row.also_read = ", ".join(labels[key] for key in row.also_keys.split())


def _rows[Row: DraftRow](kind: type[Row], data: QueryDict) -> list[Row]:
    keys = dict.fromkeys(key for key in data.getlist(f"{kind.NAME}_key") if key.isalnum() and len(key) <= 12)
    return [kind.from_post(data, key) for key in keys]


def _places(values: Iterable[str]) -> dict[int, str]:
    pairs = (each.partition("=") for each in values)
    return {int(index): code for index, _, code in pairs if index.isdecimal() and len(index) < 7 and code}


def draft_of(proposed: PublishedResponse, *, force: Force, inspection: Inspection | None) -> Draft:
    """The draft of a response as read and proposed."""
    facts = _facts(proposed, force) | {
        "body": str(proposed.body.pk) if proposed.body else "",
        "body_name": proposed.body_name,
        "inspection": str(inspection.pk) if inspection else "",
        "responded_on": say(proposed.responded_on),
        "narrative": PARAGRAPHS.join(proposed.narrative),
        "chief_officer_comments": proposed.chief_officer_comments,
        "reply": proposed.reply,
    }
    draft = Draft(
        facts=facts,
        recommendations=[_row(place, new, proposed) for place, new in enumerate(proposed.recommendations)],
        comments=[_comment_row(place, comment) for place, comment in enumerate(proposed.comments)],
        notes=[NoteRow(f"f{place}", note["mark"], note["text"]) for place, note in enumerate(proposed.footnotes)],
    )
    draft.name_others()
    return draft


def draft_of_report(proposed: NewReport, *, force: Force) -> Draft:
    """The draft of a report: its recommendations, and whether it needs a response."""
    of_source = {name: proposed.inspection_facts.get(name, "") for name in OF_SOURCE}
    return Draft(
        facts=_facts(proposed, force) | {"answer": str(proposed.answer)} | of_source,
        recommendations=[_row(place, new, proposed) for place, new in enumerate(proposed.recommendations)],
    )


def _facts(proposed: PublishedResponse | NewReport, force: Force) -> dict[str, str]:
    """The facts that responses and reports share; the others are ""."""
    inspectorates = (proposed.inspection_facts.get(name) for name in ("lead_inspectorate", "joint_inspectorates"))
    return dict.fromkeys(FACTS, "") | {
        "title": proposed.title,
        "kind": proposed.kind,
        "inspectorate": ", ".join(filter(None, inspectorates)),
        "short_name": proposed.short_name,
        "force": str(force.pk),
        "published_on": say(proposed.published_on),
        "published_read": say(proposed.published_on),
        "section_55": "yes" if proposed.kind == InspectionKind.OTHER and says_section_55(proposed.source_text) else "",
    }


def _row(place: int, new: NewRecommendation, proposed: PublishedResponse | NewReport) -> RecommendationRow:
    return RecommendationRow(
        key=f"r{place}",
        kind=str(new.kind),
        number=new.number,
        heading=new.heading,
        text=new.text,
        parts=PARAGRAPHS.join(new.parts),
        addressees="\n".join(new.addressees),
        directed="on" if new.directed_to_force else "",
        cause=f"r{proposed.causes[place]}" if place in proposed.causes else "",
        deadline_words=new.deadline_words,
        deadline_kind=str(new.deadline_kind),
        deadline_on=say(new.deadline_on) if new.deadline_on else "",
        words_read=new.deadline_words,
    )


def _comment_row(place: int, comment: NewComment) -> CommentRow:
    host, *others = [f"r{answered}" for answered in comment.answers] or [""]
    return CommentRow(f"c{place}", host=host, text=comment.text, also_keys=" ".join(others))
