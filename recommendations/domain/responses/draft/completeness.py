"""What a draft still needs before it can be submitted: parts required by law, and text that would print wrongly."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from recommendations.domain.responses.chief_officers.section import ChiefOfficerVoice, spoke_elsewhere, voices_of
from recommendations.domain.responses.draft.parts import answer_of, labels_of_parts, parts_of, reports_of
from recommendations.domain.text.markdown import problems
from recommendations.domain.text.quotations import occurs_in
from recommendations.domain.text.security_marking import marking_of
from recommendations.enums import ActionKind, Marking, RecommendationKind
from recommendations.models import DraftCommitment, DraftPart, Inspection, Recommendation, Response
from recommendations.models.inspections.inspections import shorten
from recommendations.models.responses.drafts import CORRECTION
from recommendations.periods import london_day, say
from recommendations.sections import Section

# The suggested reason if a recommendation is directed to others. The author can change it.
STOCK_REASON = "This recommendation is directed to {others}. We take no action on it."
OTHERS = "others"
FIRST_WORDS = 40
ONLY_OFFICIAL = "Remove what is sensitive, then mark it OFFICIAL: what is published is OFFICIAL"


@dataclass(frozen=True)
class Missing:
    """One missing thing, in words. `anchor` is the part's key, "chief-officers" or "report".

    `stock` is whether the stock reason would fill the gap.
    """

    words: str
    anchor: str
    stock: bool = False


def missing(response: Response, on: datetime.date | None = None, parts: list[DraftPart] | None = None) -> list[Missing]:
    """Return what is missing before this draft can be submitted, in the order of its parts.

    `on` is a London day: a chief officer whose due day is before it, and who has not commented, counts as having been
    silent. Pass the response's `parts` if they have been read already.
    """
    reports = reports_of(response)
    if not reports:
        return [_no_report(response)]
    parts = parts or parts_of(response, reports)
    labels = labels_of_parts(parts)
    stale = _stale_commitments(parts)
    found = [
        each
        for part in parts
        for each in (*_missing_in_part(part, _naming(part, labels[part.key])), *stale.get(part.key, ()))
    ]
    return [*found, *_missing_comments(response, reports, on)]


def _naming(part: DraftPart, label: str) -> str:
    """The label of a part; where the report prints no number, with the first words of what it asks."""
    asked = part.recommendation
    return label if asked is None or asked.number else f"{label} “{shorten(asked.short_text, FIRST_WORDS)}”"


def _no_report(response: Response) -> Missing:
    gone = Inspection.on_file.filter(answered_by__response=response).latest("withdrawn_at")
    assert gone.withdrawn_at is not None  # none of them stands
    day = say(london_day(gone.withdrawn_at))
    why = gone.withdrawn_why.rstrip(".")
    return Missing(f"The report was withdrawn on {day}: {why}. Withdraw this response too", "report")


def _missing_in_part(part: DraftPart, label: str) -> Iterator[Missing]:
    if part.recommendation:
        yield from _missing_answer(part, part.recommendation, label)
    elif part.name == CORRECTION and not part.text:
        yield Missing("Say what this version corrects", part.key)
    if (marking := marking_of([part])) != Marking.OFFICIAL:
        yield Missing(f"{label}: it is marked {marking.label}. {ONLY_OFFICIAL}", part.key)
    for problem in problems(part.text):
        yield Missing(f"{label}: {_small(problem.words)}", part.key)


def _missing_answer(part: DraftPart, recommendation: Recommendation, label: str) -> Iterator[Missing]:
    """The law requires an answer to each recommendation; other findings may be left out, but not answered in part."""
    said = answer_of(part)
    if not said and recommendation.kind != RecommendationKind.RECOMMENDATION:
        return
    to = directed_elsewhere(part)
    if not said.action:
        told = f"directed to {to}, no answer yet" if to else "say what was done, or why not"
        yield Missing(f"{label}: {told}", part.key, stock=bool(to))
    elif said.action == ActionKind.NONE:
        if not said.reason:
            yield Missing(f"{label}: say why there is no action", part.key, stock=bool(to))
    elif not (part.with_part.text if part.with_part else part.text):
        done = "was done" if said.action == ActionKind.TAKEN else "is proposed"
        yield Missing(f"{label}: say in the comment what {done}", part.key)


def directed_elsewhere(part: DraftPart) -> str:
    """Return to whom a recommendation is directed if it is directed to no force that tracks it, otherwise ""."""
    asked = part.recommendation
    tracked = [each.directed_to_force for each in asked.tracked.all()] if asked else []
    if asked is None or not tracked or any(tracked):
        return ""
    names = [each.name for each in asked.addressees.all()]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or OTHERS


def stock_reason(part: DraftPart) -> str:
    """Return the stock reason for a recommendation directed to others, or "" if it is directed to the force."""
    to = directed_elsewhere(part)
    others = to if to == OTHERS else f"{OTHERS}: {to}"
    return STOCK_REASON.format(others=others) if to else ""


def _stale_commitments(parts: list[DraftPart]) -> dict[str, list[Missing]]:
    """Return, by part key, the marked sentences that their part no longer contains; none while commitments are off."""
    if not Section.COMMITMENTS.is_on:
        return {}
    rows = {part.pk: part for part in parts if part.pk}
    found: dict[str, list[Missing]] = {}
    for each in DraftCommitment.objects.filter(part__in=rows, declined=False):
        part = rows[each.part_id]
        if not occurs_in(each.quote, part.text):
            words = f"“{each.quote}” is marked as a commitment, and the text no longer says it"
            found.setdefault(part.key, []).append(Missing(words, part.key))
    return found


def _missing_comments(response: Response, reports: list[Inspection], on: datetime.date | None) -> Iterator[Missing]:
    voices = voices_of(response, reports)
    if not any(each.comments or each.invitation for each in voices) and spoke_elsewhere(response):
        return
    for voice in voices:
        if not voice.is_settled(on):
            yield Missing(_waits(voice), "chief-officers")


def _waits(voice: ChiefOfficerVoice) -> str:
    title = f"{voice.force.chief_officer_title.lower()} of {voice.force.name}"
    if voice.invitation is None or voice.invitation.sent_on is None:
        return f"The {title} has not been invited to comment"
    return f"Comments of the {title} are asked for by {say(voice.invitation.due_on)}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")
