"""The answer to each recommendation as a response prints it, with a label and a public anchor."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recommendations.domain.responses.text import ResponseItem
from recommendations.enums import RecommendationKind
from recommendations.models import Recommendation

WITH_THEIR_LINES = ("parts", "addressees", "tracked")
# Kinds that the law requires an answer to, or that give others their context: printed even without an answer.
ALWAYS_PRINTED = (
    RecommendationKind.RECOMMENDATION,
    RecommendationKind.CAUSE_OF_CONCERN,
    RecommendationKind.ACCELERATED_CAUSE_OF_CONCERN,
)


@dataclass(frozen=True)
class RecommendationAnswer:
    """The answer to one recommendation. If `with_pk` names one whose comment it shares, `comment` is empty."""

    action: str = ""
    reason: str = ""
    comment: str = ""
    with_pk: int | None = None

    def __bool__(self) -> bool:
        return bool(self.action or self.reason or self.comment or self.with_pk)


NOTHING = RecommendationAnswer()


def printed_recommendations(
    recommendations: Iterable[Recommendation], answers: dict[int, RecommendationAnswer]
) -> list[Recommendation]:
    """Return the recommendations to print: those that the law requires an answer to, and others with an answer."""
    return [each for each in recommendations if each.kind in ALWAYS_PRINTED or answers.get(each.pk)]


def items_of(
    recommendations: Sequence[Recommendation], answers: dict[int, RecommendationAnswer]
) -> tuple[ResponseItem, ...]:
    """Return the items for these recommendations, in order. Their parts and addressees must be prefetched."""
    labels, anchors = labels_of(recommendations), anchors_of(recommendations)
    also: dict[int, list[str]] = {each.pk: [] for each in recommendations}
    for each in recommendations:
        if host := answers.get(each.pk, NOTHING).with_pk:
            also[host].append(labels[each.pk])
    return tuple(_item(each, answers.get(each.pk, NOTHING), labels, anchors, also) for each in recommendations)


def _item(
    recommendation: Recommendation, answer: RecommendationAnswer, labels: dict, anchors: dict, also: dict
) -> ResponseItem:
    return ResponseItem(
        anchor=anchors[recommendation.pk],
        label=labels[recommendation.pk],
        kind=recommendation.kind,
        number=recommendation.number,
        heading=recommendation.heading,
        text=recommendation.text,
        parts=tuple(part.text for part in recommendation.parts.all()),
        addressees=tuple(each.name for each in recommendation.addressees.all()),
        deadline_words=recommendation.deadline_words,
        action=answer.action,
        reason=answer.reason,
        comment=answer.comment,
        with_label=labels[answer.with_pk] if answer.with_pk else "",
        also=tuple(also[recommendation.pk]),
    )


def labels_of(recommendations: Iterable[Recommendation]) -> dict[int, str]:
    """Return labels by recommendation id: "Recommendation 7.1", "AFI 11", with the report's name if two are equal."""
    recommendations = list(recommendations)
    labels = {each.pk: _label(each) for each in recommendations}
    times = Counter(labels.values())
    reports = {each.inspection_id for each in recommendations}
    for each in recommendations:
        if times[labels[each.pk]] > 1 and len(reports) > 1:
            labels[each.pk] += f" ({each.inspection.short_name})"
    return labels


def _label(recommendation: Recommendation) -> str:
    kind, number = RecommendationKind(recommendation.kind), recommendation.number
    says_its_kind = number.casefold().startswith((kind.short.casefold(), kind.label.casefold()))
    return number if says_its_kind else f"{kind.label} {number}".strip()


def anchors_of(recommendations: Iterable[Recommendation]) -> dict[int, str]:
    """Return unique page anchors by recommendation id: recommendation-7.1."""
    found, used = {}, set()
    for place, each in enumerate(recommendations, start=1):
        kind = each.kind.replace("_", "-")
        words = re.sub(r"[^\w.]+", "-", each.number.casefold().removeprefix("afi")).strip("-.")
        plain = f"{kind}-{words or f'at-{place}'}"
        anchor = plain if plain not in used else f"{plain}-at-{place}"
        used.add(anchor)
        found[each.pk] = anchor
    return found
