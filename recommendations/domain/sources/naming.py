"""Names of sources where there may be several: labels of their voice, headings, who answers.

A single record uses its own source's word (Inspection.source_word). Text about several records says HMICFRS unless
another source is among them; then it says "source".
"""

from collections.abc import Iterable

from recommendations.enums import RecommendationKind
from recommendations.enums.sources import FIRE, HMICFRS, OF_HMICFRS, SUPER_COMPLAINT, Answerer, SourceKind
from recommendations.models import BasisFacts, SourceFacts
from recommendations.models.sources.shipped import SOURCES

HMICFRS_WORD = SOURCES[HMICFRS].word
SEVERAL, THE_SOURCE = "Source", "the source"
HMICFRS_LABELS = {SUPER_COMPLAINT: str(SourceKind.SUPER_COMPLAINT.label), FIRE: str(SourceKind.FIRE.label)}


def label_of(key: str, word: str) -> str:
    """A source's name in a list of sources: its word, except for HMICFRS's two others, which share its word."""
    return HMICFRS_LABELS.get(key, word)


def word_of(label: str) -> str:
    """The word of a source from its name in a list: the inverse of label_of."""
    return HMICFRS_WORD if label in ("", *HMICFRS_LABELS.values()) else label


def recommendation_kinds(source: str, recorded_kind: str = "") -> list[tuple[str, str]]:
    """The kinds of recommendation in a source's publications (its key), as choices: only HMICFRS's own inspections have
    areas for improvement and causes of concern. `recorded_kind` is that of a record, which stays a choice."""
    is_graded = source in (HMICFRS, FIRE)
    return [
        (each.value, str(each.label))
        for each in RecommendationKind
        if is_graded or each in (RecommendationKind.RECOMMENDATION, recorded_kind)
    ]


def status_label(word: str) -> str:
    """The name of a source's voice: "IOPC status"."""
    return f"{word} status"


def status_of(words: str, word: str) -> str:
    """Replace HMICFRS by this word where the status is named: "IOPC status recorded"."""
    return words.replace(status_label(HMICFRS_WORD), status_label(word))


def is_mixed(keys: Iterable[str]) -> bool:
    """Whether any of these keys is of a source not published by HMICFRS."""
    return any(key not in OF_HMICFRS for key in keys)


def who_answers(source: SourceFacts, bases: list[BasisFacts]) -> str:
    """Who answers this source's publications, in the few words shown below its name."""
    if not bases:
        return "As it states"
    basis = bases[0]
    if basis.section_55:
        return f"You answer within {basis.days} days, section 55"
    if basis.counts:
        who = "You answer" if basis.answerer == Answerer.POLICING_BODY else "Whoever receives it answers"
        return f"{who} within {basis.days} days"
    if basis.answerer == Answerer.FIRE_AUTHORITY:
        return "The fire authority keeps an action plan; not section 55"
    if source.kind == SourceKind.AUDIT:
        return "Agreed answer and agreed day"
    if basis.answerer == Answerer.NOBODY:
        return "No answer is required"
    return f"By the date in the {source.publication}"


def deadline_in_general(basis: BasisFacts, who: str) -> tuple[str, str]:
    """Who must answer within how many days, and why, before the first day is known."""
    what = "publish a response" if basis.section_55 else f"answer {basis.answer_to}".strip()
    first = "counted as the first" if basis.first_day_counts else "not counted"
    sentence = f"{who} must {what} within {basis.days} days."
    return sentence, f"{basis.clock_start.label} is {first}, {basis.law}."
