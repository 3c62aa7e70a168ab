"""What page 1 of a joint paper adds up of its parts: risk, what was overdue last time, looks, voices. No queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from recommendations.domain.papers.data.held import HeldAfterClosing
from recommendations.domain.papers.data.paper import Figures, LabelledCount
from recommendations.domain.papers.data.risk import RiskCount, RiskFigures
from recommendations.domain.papers.data.voices import VoicesGap
from recommendations.domain.papers.sections.charts import NOT_ASSESSED
from recommendations.domain.papers.sections.overdue import GROUPS
from recommendations.domain.papers.sections.risk import NOT_SAID


def add_risk(parts: Sequence[Figures]) -> RiskFigures | None:
    """Risk and delay of all parts: what is open where nothing is weighed is not assessed. None where no part says it.

    Last time's numbers are there where each part that weighs risk has them.
    """
    said = [each.risk for each in parts if each.risk]
    if not said:
        return None
    unweighed = [each for each in parts if not each.risk]
    rest = RiskCount(key="", label=NOT_ASSESSED, count=sum(each.sum.closing for each in unweighed))
    unsaid = RiskCount(key="", label=NOT_SAID, count=sum(each.then_and_now.overdue_now for each in unweighed))
    late = sorted((line for each in said for line in each.late), key=lambda line: (-line.days_over, line.reference))
    return RiskFigures(
        high_word=said[0].high_word,
        high=sum(each.high for each in said),
        late_count=sum(each.late_count for each in said),
        late=tuple(late),
        by_risk=_by_key([*(count for each in said for count in each.by_risk), rest]),
        by_cause=_by_key([*(count for each in said for count in each.by_cause), unsaid]),
        high_then=_all_of([each.high_then for each in said]),
        late_then=_all_of([each.late_then for each in said]),
    )


def _by_key(counts: Iterable[RiskCount]) -> tuple[RiskCount, ...]:
    """As one, in the order in which they come; what nobody said is last, and what is nothing is left out."""
    found: dict[str, RiskCount] = {}
    for each in counts:
        found[each.key] = replace(each, count=each.count + (found[each.key].count if each.key in found else 0))
    in_order = sorted(found.values(), key=lambda each: each.key == "")
    return tuple(each for each in in_order if each.count)


def _all_of(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def add_last_overdue(parts: Sequence[Figures]) -> tuple[LabelledCount, ...] | None:
    """What became of what was overdue, of all parts. None where nothing was, or a part does not say all of it."""
    told = [each for each in parts if each.last_overdue is not None]
    if not told or any(each.then_and_now.overdue_then for each in parts if each.last_overdue is None):
        return None
    counted: Counter[str] = Counter()
    for each in (count for figures in told for count in figures.last_overdue or ()):
        counted[each.label] += each.count
    return tuple(LabelledCount(label=label, count=counted[label]) for label in GROUPS if label in counted)


def add_held(parts: Sequence[Figures]) -> HeldAfterClosing | None:
    """The looks of all parts, without those to come. None where nothing was looked at."""
    said = [each.held for each in parts if each.held and each.held.looked_at]
    if not said:
        return None
    names = ("held", "slipped", "to_decide", "too_early", "due")
    return HeldAfterClosing(**{name: sum(getattr(each, name) for each in said) for name in names})


def add_voices(parts: Sequence[Figures]) -> VoicesGap | None:
    """Where the voices differ, of all parts. None where no part says it."""
    said = [each.voices for each in parts if each.voices and not each.voices.is_empty]
    if not said:
        return None
    names = ("not_assured", "partly_assured", "no_view", "assured", "closed", "silent")
    return VoicesGap(
        **{name: sum(getattr(each, name) for each in said) for name in names},
        lines=tuple(line for each in said for line in each.lines),
        oldest_on=min((each.oldest_on for each in said if each.oldest_on), default=None),
    )
