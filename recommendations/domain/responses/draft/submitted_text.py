"""A draft's text as submitted: everything the response will say, with its commitments. Frozen.

The digest covers the text only, not who wrote it or when it is published: the body's name and holder on that day, the
day itself, the day of the first version and the version number are left out.
"""

import datetime
from dataclasses import dataclass, replace

from recommendations.domain.forces.in_force import speaker_on
from recommendations.domain.responses.draft.parts import parts_of, reports_of
from recommendations.domain.responses.text import ResponseText
from recommendations.domain.responses.text_builders import draft_answers, draft_as_text
from recommendations.domain.text.dataclass_json import from_json, to_json
from recommendations.models import DraftCommitment, DraftPart, Response, ResponseSubmission
from recommendations.models.responses.responses import digest_of_draft


@dataclass(frozen=True)
class DraftedCommitment:
    """A sentence marked as a commitment. `item` is the index of its item, or None in the narrative or reply."""

    item: int | None
    quote: str
    keeper: str
    check_on: datetime.date
    every: str


@dataclass(frozen=True)
class DraftText:
    """The drafted text. `recommendations` are the ids for the text's items, in the same order."""

    text: ResponseText
    recommendations: tuple[int, ...] = ()
    commitments: tuple[DraftedCommitment, ...] = ()

    def to_json(self) -> dict:
        """Return the JSON that a submission stores."""
        return to_json(self)

    @property
    def digest(self) -> str:
        """The SHA-256 by which a submission knows its text."""
        return digest_of_draft(self.to_json())


def draft_text(response: Response) -> DraftText:
    """Return the whole current text of the draft. Equal drafts have equal digests."""
    reports = reports_of(response)
    parts = parts_of(response, reports)
    text = draft_as_text(response, parts, reports)
    asked = tuple(each.pk for each in draft_answers(parts)[0])
    return DraftText(without_its_day(text), asked, _commitments(parts, asked))


def submitted_text(submission: ResponseSubmission) -> DraftText:
    """Return the text that a submission stored."""
    return from_json(DraftText, submission.text)


def without_its_day(text: ResponseText) -> ResponseText:
    """Return the text without everything that depends on the day of publication."""
    return replace(text, body_name="", holder="", comment_label="", published_on=None, first_on=None, number=0)


def with_its_day(text: ResponseText, response: Response, day: datetime.date) -> ResponseText:
    """Return the text as the next version, published on this London day, with the body's name and label of that day."""
    body, versions = speaker_on(response.body, day), list(response.versions.values_list("number", "published_on"))
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


def _commitments(parts: list[DraftPart], recommendation_ids: tuple[int, ...]) -> tuple[DraftedCommitment, ...]:
    """Return the marked sentences, in the order of the parts, without declined suggestions."""
    places = {part.pk: place for place, part in enumerate(parts) if part.pk}
    rows = DraftCommitment.objects.filter(part__in=places, declined=False).select_related("part")
    in_order = sorted(rows, key=lambda each: (places[each.part_id], each.pk))
    return tuple(_drafted_commitment(each, recommendation_ids) for each in in_order)


def _drafted_commitment(each: DraftCommitment, recommendation_ids: tuple[int, ...]) -> DraftedCommitment:
    assert each.check_on is not None  # draftcommitment_is_whole
    return DraftedCommitment(
        item=recommendation_ids.index(each.part.recommendation_id)
        if each.part.recommendation_id in recommendation_ids
        else None,
        quote=each.quote,
        keeper=each.keeper,
        check_on=each.check_on,
        every=each.every,
    )
