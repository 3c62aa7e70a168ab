"""Totals over all parts for page 1 of a joint paper: risk, last overdue, rechecks and voices. No queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from recommendations.domain.papers.data.held import HeldAfterClosing
from recommendations.domain.papers.data.lines import LabelledCount
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.data.risk import RiskCount, RiskFigures
from recommendations.domain.papers.data.voices import VoicesGap
from recommendations.domain.papers.sections.charts import NOT_ASSESSED
from recommendations.domain.papers.sections.overdue import GROUPS
from recommendations.domain.papers.sections.risk import NOT_CHOSEN, NOT_YET_SAID


def add_risk(parts: Sequence[Figures]) -> RiskFigures | None:
    """Return risk and delay for all parts, or None if no part has them. Parts without risk count as not assessed.

    The last paper's numbers are included if every part that has risk has them.
    """
    said = [each.risk for each in parts if each.risk]
    if not said:
        return None
    unweighed = [each for each in parts if not each.risk]
    rest = RiskCount(key="", label=NOT_ASSESSED, count=sum(each.sum.closing for each in unweighed))
    overdue = sum(each.then_and_now.overdue_now for each in unweighed)
    not_chosen = NOT_CHOSEN if min(each.format for each in parts) > 3 else NOT_YET_SAID
    unsaid = RiskCount(key="", label=not_chosen, count=overdue)
    not_assessed = _all_of([each.overdue_not_assessed for each in said])
    late = sorted((line for each in said for line in each.late), key=lambda line: (-line.days_over, line.reference))
    return RiskFigures(
        high_word=said[0].high_word,
        high=sum(each.high for each in said),
        late_count=sum(each.late_count for each in said),
        late=tuple(late),
        by_risk=_merge_by_key([*(count for each in said for count in each.by_risk), rest]),
        by_cause=_merge_by_key([*(count for each in said for count in each.by_cause), unsaid]),
        high_then=_all_of([each.high_then for each in said]),
        late_then=_all_of([each.late_then for each in said]),
        overdue_not_assessed=None if not_assessed is None else not_assessed + overdue,
    )


def _merge_by_key(counts: Iterable[RiskCount]) -> tuple[RiskCount, ...]:
    """Merge counts by key, in order of first appearance, with the empty key last and zero counts left out."""
    found: dict[str, RiskCount] = {}
    for each in counts:
        found[each.key] = replace(each, count=each.count + (found[each.key].count if each.key in found else 0))
    in_order = sorted(found.values(), key=lambda each: each.key == "")
    return tuple(each for each in in_order if each.count)


def _all_of(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def add_last_overdue(parts: Sequence[Figures]) -> tuple[LabelledCount, ...] | None:
    """Return the outcomes of what was overdue for all parts, or None if nothing was or a part lacks them."""
    told = [each for each in parts if each.last_overdue is not None]
    if not told or any(each.then_and_now.overdue_then for each in parts if each.last_overdue is None):
        return None
    counted: Counter[str] = Counter()
    for each in (count for figures in told for count in figures.last_overdue or ()):
        counted[each.label] += each.count
    return tuple(LabelledCount(label=label, count=counted[label]) for label in GROUPS if label in counted)


def add_held(parts: Sequence[Figures]) -> HeldAfterClosing | None:
    """Return the rechecks of all parts, without planned ones, or None if there were none."""
    said = [each.held for each in parts if each.held and each.held.looked_at]
    if not said:
        return None
    names = ("held", "slipped", "to_decide", "too_early", "due")
    return HeldAfterClosing(**{name: sum(getattr(each, name) for each in said) for name in names})


def add_voices(parts: Sequence[Figures]) -> VoicesGap | None:
    """Return where the voices differ for all parts, or None if no part has anything."""
    said = [each.voices for each in parts if each.voices and not each.voices.is_empty]
    if not said:
        return None
    names = ("not_assured", "partly_assured", "no_view", "assured", "closed", "silent")
    return VoicesGap(
        **{name: sum(getattr(each, name) for each in said) for name in names},
        lines=tuple(line for each in said for line in each.lines),
        oldest_on=min((each.oldest_on for each in said if each.oldest_on), default=None),
    )
