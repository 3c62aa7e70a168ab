"""The text of a draft as it is submitted: everything that the response will say, and the commitments in it. Frozen.

The digest is over the words, whoever wrote them and on whichever day they are published: the body's name and holder
of that day, the day itself, that of the first version and the version's number are not part of it.
"""

import datetime
import hashlib
from dataclasses import dataclass, replace

from recommendations import trail
from recommendations.domain.responses.draft.parts import parts_of, reports_of
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.responses.text_builders import asked_in, draft_as_text
from recommendations.domain.text.dataclass_json import from_json, to_json
from recommendations.models import DraftCommitment, DraftPart, Response, ResponseSubmission


@dataclass(frozen=True)
class DraftedCommitment:
    """A sentence that is promised. `item` is its place among the text's items; None in the narrative or the reply."""

    item: int | None
    quote: str
    keeper: str
    check_on: datetime.date
    every: str


@dataclass(frozen=True)
class DraftText:
    """What was written. `recommendations` are the ids of those that the text's items are, in their order."""

    text: ResponseText
    recommendations: tuple[int, ...] = ()
    commitments: tuple[DraftedCommitment, ...] = ()

    def to_json(self) -> dict:
        """As a submission keeps it."""
        return to_json(self)

    @property
    def digest(self) -> str:
        """SHA-256 of the words. What was submitted before texts had the day of the first version has the same."""
        told = self.to_json()
        del told["text"]["first_on"]
        return hashlib.sha256(trail.canonical(told).encode()).hexdigest()


def draft_text(response: Response) -> DraftText:
    """What the draft says now, whole: equal drafts have equal digests."""
    reports = reports_of(response)
    parts = parts_of(response, reports)
    text = draft_as_text(response, parts, reports)
    asked = tuple(each.pk for each in asked_in(parts)[0])
    return DraftText(without_its_day(text), asked, _commitments(parts, asked))


def submitted_text(submission: ResponseSubmission) -> DraftText:
    """The text that a submission keeps."""
    return from_json(DraftText, submission.text)


def without_its_day(text: ResponseText) -> ResponseText:
    """The text without what belongs to the day of its publication."""
    return replace(text, body_name="", holder="", comment_label="", published_on=None, first_on=None, number=0)


def with_its_day(text: ResponseText, response: Response, day: datetime.date) -> ResponseText:
    """The text as its next version, published on this London day: with the body's name, holder and label of today."""
    body, versions = response.body, list(response.versions.values_list("number", "published_on"))
    number, first_on = (versions[0][0] + 1, versions[-1][1]) if versions else (1, None)
    return replace(
        text,
        body_name=body.name,
        holder=body.holder,
        comment_label=body.comment_label,
        published_on=day,
        first_on=first_on,
        number=number,
    )


def _commitments(parts: list[DraftPart], asked: tuple[int, ...]) -> tuple[DraftedCommitment, ...]:
    """The sentences that are marked, in the order of the parts; those that somebody declined are none."""
    places = {part.pk: place for place, part in enumerate(parts) if part.pk}
    rows = DraftCommitment.objects.filter(part__in=places, declined=False).select_related("part")
    in_order = sorted(rows, key=lambda each: (places[each.part_id], each.pk))
    return tuple(_drafted(each, asked) for each in in_order)


def _drafted(each: DraftCommitment, asked: tuple[int, ...]) -> DraftedCommitment:
    assert each.check_on is not None  # draftcommitment_is_whole
    return DraftedCommitment(
        item=asked.index(each.part.recommendation_id) if each.part.recommendation_id in asked else None,
        quote=each.quote,
        keeper=each.keeper,
        check_on=each.check_on,
        every=each.every,
    )
