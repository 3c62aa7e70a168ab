"""What is checked of a document before it is saved: the values of the form's fields, as text, before validation.
They are made from what the document's blocks say, and from what was typed instead.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

from django.forms import ValidationError

from recommendations.deadlines import Deadline, read_deadline
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.responses.reports import NewReport
from recommendations.enums import InspectionKind
from recommendations.exchange.documents_in.parts import DocumentParts, Rec
from recommendations.exchange.documents_in.responses.reading import without_a_guess
from recommendations.exchange.documents_in.results import ReadComment, ReadFootnote, ReadResponse
from recommendations.forms.site.fields import read_day
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


def day_of(typed: str) -> datetime.date | None:
    """The typed day, or None if it is not valid."""
    try:
        return read_day(typed) if typed.strip() else None
    except ValidationError:
        return None


@dataclass(frozen=True)
class ValuesRow:
    """One row of the form; its fields are named like "recommendation-b12-text"."""

    NAME: ClassVar[str] = ""

    key: str

    @property
    def prefix(self) -> str:
        return f"{self.NAME}-{self.key}"

    @property
    def names(self) -> list[str]:
        """The names of its fields in the form."""
        return [each.name for each in fields(self) if each.name not in ("key", "answers")]

    def as_post(self) -> dict[str, str]:
        """The values of its fields, by their whole names."""
        return {f"{self.prefix}-{name}": getattr(self, name) for name in self.names}

    def with_typed(self, typed: Mapping[str, str]) -> Self:
        """The row with the typed values."""
        return replace(self, **{name: typed[at] for name in self.names if (at := f"{self.prefix}-{name}") in typed})


@dataclass(frozen=True)
class RecommendationRow(ValuesRow):
    """key: b12 for the recommendation that begins with block 12."""

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

    def with_typed_deadline(self, typed: Mapping[str, str], published_on: datetime.date | None) -> Self:
        """The row with typed deadline words read, where no day or kind was typed with them."""
        words, *read = (f"{self.prefix}-{name}" for name in ("deadline_words", "deadline_on", "deadline_kind"))
        if words not in typed or any(name in typed for name in read):
            return self
        kind, day = deadline_values(without_a_guess(read_deadline(typed[words], published_on)))
        return replace(self, deadline_kind=kind, deadline_on=day)


@dataclass(frozen=True)
class CommentRow(ValuesRow):
    """key: c12x15 for the comment on the recommendations b12 and b15, whose keys are in `answers`."""

    NAME = "comment"

    text: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteRow(ValuesRow):
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


@dataclass(frozen=True)
class CheckValues:
    """The values of the whole form."""

    facts: dict[str, str]
    recommendations: tuple[RecommendationRow, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    notes: tuple[NoteRow, ...] = ()

    @property
    def rows(self) -> tuple[ValuesRow, ...]:
        return (*self.notes, *self.recommendations, *self.comments)

    def as_post(self) -> dict[str, Any]:
        """The values of the form's fields."""
        return self.facts | {name: value for row in self.rows for name, value in row.as_post().items()}

    def with_typed(self, typed: Mapping[str, str]) -> Self:
        """The values with the typed ones; those of rows that there are not, as of a line marked otherwise, are left."""
        facts = self.facts | {name: typed[name] for name in FACTS if name in typed}
        day = day_of(facts["published_on"])
        return replace(
            self,
            facts=facts,
            recommendations=tuple(
                row.with_typed(typed).with_typed_deadline(typed, day) for row in self.recommendations
            ),
            comments=tuple(row.with_typed(typed) for row in self.comments),
            notes=tuple(row.with_typed(typed) for row in self.notes),
        )

    def recommendation(self, key: str) -> RecommendationRow | None:
        return next((row for row in self.recommendations if row.key == key), None)

    def labels(self) -> dict[str, str]:
        """The name of each recommendation, by key: "1", "AFI 3". Names are unique."""
        recs = [Rec(row.kind, row.number.strip()) for row in self.recommendations]
        DocumentParts(recs=recs).name_recommendations()
        return {row.key: rec.label for row, rec in zip(self.recommendations, recs, strict=True)}


def result_with(result: ReadResponse, values: CheckValues, keys: Sequence[str]) -> ReadResponse:
    """What was read, with the words of the values, to account for them. `keys` are those of the recommendations."""
    of = dict(zip(keys, result.recommendations, strict=True))
    facts = values.facts
    return replace(
        result,
        title=facts["title"] or result.title,
        narrative=paragraphs(facts["narrative"]) if facts["narrative"] or result.narrative else (),
        chief_officer_comments=facts["chief_officer_comments"],
        reply=facts["reply"],
        footnotes=tuple(ReadFootnote(row.mark, row.text) for row in values.notes),
        recommendations=tuple(
            replace(of[row.key], heading=row.heading, text=row.text, limbs=paragraphs(row.parts))
            for row in values.recommendations
        ),
        comments=tuple(ReadComment(tuple(of[key].label for key in row.answers), row.text) for row in values.comments),
    )


def deadline_values(deadline: Deadline) -> tuple[str, str]:
    """A deadline as the form's fields represent it: its kind and day."""
    return (deadline.kind, say(deadline.due_on)) if deadline.due_on else ("none", "")


def response_values(
    proposed: PublishedResponse, *, force: Force, inspection: Inspection | None, keys: Sequence[str]
) -> CheckValues:
    """The values of a response as its blocks say and as proposed. `keys` are those of the recommendations."""
    facts = _facts(proposed, force) | {
        "body": str(proposed.body.pk) if proposed.body else "",
        "body_name": proposed.body_name,
        "inspection": str(inspection.pk) if inspection else "",
        "narrative": PARAGRAPHS.join(proposed.narrative),
        "chief_officer_comments": proposed.chief_officer_comments,
        "reply": proposed.reply,
    }
    return CheckValues(
        facts=facts,
        recommendations=_rows(proposed, keys),
        comments=tuple(_comment_rows(proposed.comments, keys)),
        notes=tuple(NoteRow(f"f{place}", note["mark"], note["text"]) for place, note in enumerate(proposed.footnotes)),
    )


def report_values(proposed: NewReport, *, force: Force, keys: Sequence[str]) -> CheckValues:
    """The values of a report: its recommendations, and whether it needs a response."""
    of_source = {name: proposed.inspection_facts.get(name, "") for name in OF_SOURCE}
    return CheckValues(
        facts=_facts(proposed, force) | {"answer": str(proposed.answer)} | of_source,
        recommendations=_rows(proposed, keys),
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
        "section_55": "yes" if proposed.kind == InspectionKind.OTHER and says_section_55(proposed.source_text) else "",
    }


def _rows(proposed: PublishedResponse | NewReport, keys: Sequence[str]) -> tuple[RecommendationRow, ...]:
    causes = {place: keys[cause] for place, cause in proposed.causes.items()}
    return tuple(_row(keys[place], new, causes.get(place, "")) for place, new in enumerate(proposed.recommendations))


def _row(key: str, new: NewRecommendation, cause: str) -> RecommendationRow:
    return RecommendationRow(
        key=key,
        kind=str(new.kind),
        number=new.number,
        heading=new.heading,
        text=new.text,
        parts=PARAGRAPHS.join(new.parts),
        addressees="\n".join(new.addressees),
        directed="on" if new.directed_to_force else "",
        cause=cause,
        deadline_words=new.deadline_words,
        deadline_kind=str(new.deadline_kind),
        deadline_on=say(new.deadline_on) if new.deadline_on else "",
    )


def _comment_rows(comments: Iterable[NewComment], keys: Sequence[str]) -> Iterator[CommentRow]:
    """The comments, each with the key of what it answers: c12x15, and c12x15y2 for a second one on the same."""
    seen: Counter[str] = Counter()
    for comment in comments:
        answers = tuple(keys[answered] for answered in comment.answers)
        key = f"c{'x'.join(answered[1:] for answered in answers) or 0}"
        seen[key] += 1
        yield CommentRow(key if seen[key] == 1 else f"{key}y{seen[key]}", text=comment.text, answers=answers)
