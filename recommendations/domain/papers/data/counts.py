"""A paper's counts of what is open and closed, as fields of Figures (domain/papers/data/paper.py). No queries."""

from collections import Counter
from collections.abc import Mapping

from recommendations.domain.papers.data.charts import ColourCount, KindColours
from recommendations.domain.papers.data.lines import LabelledCount
from recommendations.domain.papers.data.paper import NO_DATE
from recommendations.domain.papers.sections.movement import KINDS
from recommendations.domain.register.rag import is_overdue
from recommendations.enums import Rag
from recommendations.models import Thresholds

LEFT_OVER = "Directed to others or not accepted"
COLOURS = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)


def open_counts(kinds: Counter, stages: Counter, dates: Counter, words: Mapping[str, str]) -> dict:
    """Return the open counts by kind, stage and date, as fields of Figures. `words` are the office's stage labels."""
    return {
        "by_kind": _labelled_counts(kinds, {kind: kind for kind in KINDS}),
        "by_stage": _labelled_counts(stages, {**words, **{key: words.get(key, key) for key in stages}}),
        "by_date": _labelled_counts(dates, {name: name for name in ("Overdue", NO_DATE, "Within date", LEFT_OVER)}),
    }


def closed_counts(agrees: int, has_not_said: int) -> tuple[LabelledCount, ...]:
    """Return the closed counts by whether HMICFRS agrees."""
    return LabelledCount(label="Agrees", count=agrees), LabelledCount(label="Has not said", count=has_not_said)


def colour_counts(counts: Counter, rule: Thresholds) -> tuple[KindColours, ...]:
    """Return the open counts of each kind by colour. `counts` is keyed by (kind, colour)."""
    return tuple(
        KindColours(
            kind=kind,
            colours=tuple(
                ColourCount(rag=str(colour), word=rule.word(colour), count=counts[kind, colour]) for colour in COLOURS
            ),
        )
        for kind in KINDS
    )


def date_word(rag: str, undated: bool) -> str:
    """Return the date group that an open recommendation counts in. `undated` means neither a deadline nor a target."""
    if rag == Rag.GREY:
        return LEFT_OVER
    if is_overdue(rag):
        return "Overdue"
    return NO_DATE if undated else "Within date"


def _labelled_counts(counts: Counter, labels: dict) -> tuple[LabelledCount, ...]:
    return tuple(LabelledCount(label=words, count=counts[key]) for key, words in labels.items())
