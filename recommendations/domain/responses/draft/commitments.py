"""Commitments in a draft: sentences that are marked, and suggestions of sentences that read like one. Not records.

On publication each marked sentence becomes a Commitment (see domain/responses/publishing.py). If its sentence is
rewritten the mark stays, and is shown as no longer matching, so that it can be marked again or removed.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from recommendations.domain.commitments.detection import Suggestion, suggestions
from recommendations.domain.responses.draft.parts import edit_begins
from recommendations.domain.text.quotations import occurs_in, place_of, same_words
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Every
from recommendations.models import DraftCommitment, DraftPart, User


@dataclass(frozen=True)
class MarkedSentence:
    """A marked sentence. `stands` is whether its part still contains it."""

    pk: int
    quote: str
    keeper: str
    check_on: datetime.date
    every: str
    stands: bool

    @property
    def every_words(self) -> str:
        return Every(self.every).label


@dataclass(frozen=True)
class PartCommitments:
    """The commitments marked in a part, and sentences that look like one and are neither marked nor declined."""

    marked: tuple[MarkedSentence, ...] = ()
    suggested: tuple[Suggestion, ...] = ()


def commitments_of(parts: Iterable[DraftPart], said_on: datetime.date) -> dict[str, PartCommitments]:
    """Return each part's commitments and suggestions, by part key. One query. `said_on` is the day to count from."""
    parts = list(parts)
    rows = DraftCommitment.objects.filter(part__in=[part.pk for part in parts if part.pk]).order_by("pk")
    by_part: dict[int, list[DraftCommitment]] = {}
    for row in rows:
        by_part.setdefault(row.part_id, []).append(row)
    return {part.key: _part_commitments(part, by_part.get(part.pk, []), said_on) for part in parts}


def commitments_in(part: DraftPart, said_on: datetime.date) -> PartCommitments:
    """Return the commitments and suggestions of one part."""
    return commitments_of([part], said_on)[part.key]


def _part_commitments(part: DraftPart, rows: list[DraftCommitment], said_on: datetime.date) -> PartCommitments:
    marked = tuple(_marked_sentence(row, part) for row in rows if not row.declined)
    known = [row.quote for row in rows]
    found = suggestions(part.text, said_on)
    return PartCommitments(
        marked, tuple(each for each in found if not any(occurs_in(one, each.quote) for one in known))
    )


def _marked_sentence(row: DraftCommitment, part: DraftPart) -> MarkedSentence:
    assert row.check_on is not None  # draftcommitment_is_whole
    return MarkedSentence(row.pk, row.quote, row.keeper, row.check_on, row.every, occurs_in(row.quote, part.text))


def mark_in_draft(
    *,
    part: DraftPart,
    quote: str,
    keeper: str,
    check_on: datetime.date | None,
    every: str,
    by: User | None,
    at: datetime.datetime,
) -> DraftCommitment:
    """Mark a sentence of a part as a commitment. A suggestion that was declined can still be marked.

    Raises Refusal if the sentence is not in the part word for word, is marked already, or has no keeper or check date.
    A submitted or approved text goes back to drafting.
    """
    first_on = _check_terms(keeper, check_on, every)
    with transaction.atomic():
        edit_begins(response=part.response, by=by, at=at)
        part = _lock_part(part)
        place = place_of(quote, part.text)
        if place is None:
            raise Refusal(
                "These words are not in the text. Copy the sentence word for word.", "quote", code="not-in-text"
            )
        row = _row_of(part, quote) or DraftCommitment(part=part)
        if row.pk and not row.declined:
            raise Refusal("This sentence is marked already.", "quote", code="marked-already")
        row.quote, row.declined = part.text[slice(*place)], False
        return _save(row, keeper, first_on, every)


def change_in_draft(
    *,
    commitment: DraftCommitment,
    keeper: str,
    check_on: datetime.date | None,
    every: str,
    by: User | None,
    at: datetime.datetime,
) -> DraftCommitment:
    """Change a marked sentence's keeper, first check date or frequency. Raises Refusal as `mark_in_draft` does."""
    first_on = _check_terms(keeper, check_on, every)
    with transaction.atomic():
        edit_begins(response=commitment.part.response, by=by, at=at)
        return _save(_marked_commitment(commitment), keeper, first_on, every)


def remove_from_draft(*, commitment: DraftCommitment, by: User | None, at: datetime.datetime) -> None:
    """Remove a mark. The sentence is then suggested again if it reads like a commitment."""
    with transaction.atomic():
        edit_begins(response=commitment.part.response, by=by, at=at)
        _marked_commitment(commitment).delete()


def decline_suggestion(*, part: DraftPart, quote: str, by: User | None, at: datetime.datetime) -> DraftCommitment:
    """Record that a sentence is not a commitment, so that it is not suggested again. Does not affect publication."""
    with transaction.atomic():
        part = _lock_part(part)
        place = place_of(quote, part.text)
        if place is None:
            raise Refusal("This sentence is no longer in the text. Load the page again.", "quote")
        row = _row_of(part, quote)
        if row is not None and not row.declined:
            raise Refusal("This sentence is marked as a commitment. Remove the mark first.", "quote", code="marked")
        if row is None:
            row = DraftCommitment(part=part, quote=part.text[slice(*place)], declined=True)
            # no record: a mark in a draft
            row.save(force_insert=True)
        return row


def _check_terms(keeper: str, check_on: datetime.date | None, every: str) -> datetime.date:
    """Return the day of the first check. Raises Refusal if the keeper, the day or the frequency is missing."""
    if not keeper.strip():
        raise Refusal("Say who keeps it.", "keeper", code="required")
    if check_on is None:
        raise Refusal("Say when it is checked first.", "check_on", code="required")
    if every not in Every.values:
        raise Refusal("Choose how often it is checked.", "every", code="required")
    return check_on


def _lock_part(part: DraftPart) -> DraftPart:
    """Return the saved part, locked. Raises Refusal if it has no row yet."""
    found = DraftPart.objects.select_for_update().order_by("pk").filter(pk=part.pk).first() if part.pk else None
    if found is None:
        raise Refusal("This part is not written yet. Save its text first.", code="not-written")
    return found


def _row_of(part: DraftPart, quote: str) -> DraftCommitment | None:
    return next((row for row in part.commitments.order_by("pk") if same_words(row.quote, quote)), None)


def _marked_commitment(commitment: DraftCommitment) -> DraftCommitment:
    found = DraftCommitment.objects.filter(pk=commitment.pk, declined=False).first()
    if found is None:
        raise Refusal("Someone has removed this mark. Load the page again.", code="gone")
    return found


def _save(row: DraftCommitment, keeper: str, check_on: datetime.date, every: str) -> DraftCommitment:
    row.keeper, row.check_on, row.every = keeper.strip(), check_on, every
    # no record: a mark in a draft
    row.save()
    return row
