"""Compare two finalised papers of one force, using the figures stored with each. No queries.

Recommendations are matched by reference or, because a reference can be corrected between two papers, by report, number
and text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from recommendations.domain.papers.data.lines import LabelledCount, RegisterEntry
from recommendations.domain.papers.data.paper import ENTERING, LEAVING, Figures
from recommendations.domain.papers.joint.data import JointFigures
from recommendations.domain.papers.joint.papers import stored_joint_figures
from recommendations.domain.register.rag import is_overdue
from recommendations.models import ScrutinyReport
from recommendations.periods import say, say_days

ALWAYS = ("new", "closed")


@dataclass(frozen=True)
class Pair:
    """One count in both papers. `told` is the change in words."""

    label: str
    was: int
    now: int

    @property
    def difference(self) -> str:
        if self.was == self.now:
            return "no change"
        return f"{self.now - self.was} more" if self.now > self.was else f"{self.was - self.now} fewer"


@dataclass(frozen=True)
class ComparisonTable:
    """A group of counts, side by side."""

    title: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class VoiceChange:
    """One value that differs for a recommendation: "RAG", "Green", "Red"."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class ComparedRecommendation:
    """A recommendation that is new, gone or changed. `why` says how it came or went."""

    entry: RegisterEntry
    why: str = ""
    changes: tuple[VoiceChange, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The differences between two papers. `kept` counts the recommendations open in both and unchanged."""

    tables: tuple[ComparisonTable, ...]
    came: tuple[ComparedRecommendation, ...]
    went: tuple[ComparedRecommendation, ...]
    moved: tuple[ComparedRecommendation, ...]
    kept: int

    @property
    def is_same(self) -> bool:
        """Whether there is no difference at all."""
        pairs = [pair for table in self.tables for pair in table.pairs]
        return not (self.came or self.went or self.moved) and all(pair.was == pair.now for pair in pairs)


def compare(first: Figures, second: Figures) -> Comparison:
    """Return what changed from the first paper to the second. Came and went are open in one of them only."""
    matched = list(_match_entries(first, second))
    came = [
        ComparedRecommendation(now, _how_it_came(now, was, second))
        for was, now in matched
        if _open(now) and not _open(was)
    ]
    went = [
        ComparedRecommendation(now or was, _how_it_went(now)) for was, now in matched if _open(was) and not _open(now)
    ]
    both = [
        ComparedRecommendation(now, changes=tuple(_changes(was, now, first, second)))
        for was, now in matched
        if _open(was) and _open(now)
    ]
    moved = tuple(line for line in both if line.changes)
    return Comparison(tuple(_tables(first, second)), tuple(came), tuple(went), moved, len(both) - len(moved))


def _open(entry: RegisterEntry | None) -> TypeGuard[RegisterEntry]:
    return entry is not None and entry.closed_on is None


def _match_entries(first: Figures, second: Figures) -> Iterator[tuple[RegisterEntry | None, RegisterEntry | None]]:
    """Yield each recommendation from both papers, in the second one's order, then those only in the first."""
    left = {entry.reference: entry for entry in first.entries}
    shared = {entry.reference for entry in second.entries}
    by_number = {_number(entry): entry for entry in first.entries if entry.reference not in shared}
    for entry in second.entries:
        was = left.get(entry.reference) or by_number.pop(_number(entry), None)
        if was is not None:
            left.pop(was.reference, None)
        yield was, entry
    for was in left.values():
        yield was, None


def _number(entry: RegisterEntry) -> tuple[str, str, str]:
    return entry.inspection, entry.label, entry.text


def _how_it_came(now: RegisterEntry, was: RegisterEntry | None, second: Figures) -> str:
    if was is not None or now.reference in {line.reference for line in second.reopened}:
        return "Reopened"
    return next((line.how for line in second.new if line.reference == now.reference), "Not open in the first paper")


def _how_it_went(now: RegisterEntry | None) -> str:
    if now is None:
        return "Not in the second paper"
    assert now.closed_on is not None  # it is not open there
    return f"{now.outcome}, closed on {say(now.closed_on)}"


def _changes(was: RegisterEntry, now: RegisterEntry, first: Figures, second: Figures) -> Iterator[VoiceChange]:
    if was.rag != now.rag:
        yield VoiceChange("RAG", was.rag_word, now.rag_word)
    said = (
        ("Overdue", _overdue_words(was, first), _overdue_words(now, second)),
        ("Stage", was.force.label or "No update yet", now.force.label or "No update yet"),
        ("Target", _target(was), _target(now)),
        ("Position", was.position or "None", now.position or "None"),
        ("OPCC view", was.office.label or "None", now.office.label or "None"),
        (now.source, was.hmicfrs.label or "Nothing heard", now.hmicfrs.label or "Nothing heard"),
    )
    for what, before, after in said:
        if before != after and (what != "Overdue" or "No" in (before, after)):
            yield VoiceChange(what, before, after)


def _overdue_words(entry: RegisterEntry, figures: Figures) -> str:
    if not is_overdue(entry.rag):
        return "No"
    days = next((line.days_over for line in figures.overdue if line.reference == entry.reference), 0)
    return say_days(days) if days else "Yes"


def _target(entry: RegisterEntry) -> str:
    if entry.target_on is None:
        return "None set"
    return f"{say(entry.target_on)}, {entry.moved_words}" if entry.times_moved else say(entry.target_on)


def _tables(first: Figures, second: Figures) -> Iterator[ComparisonTable]:
    names = [name for name in (*ENTERING, *LEAVING) if name in ALWAYS or _either(name, first, second)]
    terms = [_term(name, name.replace("_", " ").capitalize(), first, second) for name in names]
    ends = (_term("opening", "Open at the start", first, second), _term("closing", "Open at the end", first, second))
    overdue = Pair("Overdue at the end", first.then_and_now.overdue_now, second.then_and_now.overdue_now)
    yield ComparisonTable("The sum", (ends[0], *terms, ends[1], overdue))
    for title, name in (("Open, by kind", "by_kind"), ("Open, by stage", "by_stage"), ("Open, by date", "by_date")):
        yield ComparisonTable(title, _side_by_side(getattr(first, name), getattr(second, name)))


def _either(name: str, first: Figures, second: Figures) -> int:
    return getattr(first.sum, name) or getattr(second.sum, name)


def _term(name: str, label: str, first: Figures, second: Figures) -> Pair:
    return Pair(label, getattr(first.sum, name), getattr(second.sum, name))


def _side_by_side(was: tuple[LabelledCount, ...], now: tuple[LabelledCount, ...]) -> tuple[Pair, ...]:
    before, after = ({count.label: count.count for count in counts} for counts in (was, now))
    return tuple(Pair(label, before.get(label, 0), after.get(label, 0)) for label in dict.fromkeys([*after, *before]))


@dataclass(frozen=True)
class ForceRow:
    """One force, or all forces.

    `first` and `second` are (open, overdue) at each period's end, or None if that paper does not cover the force;
    `parts` are the ids of the two papers to compare, if both cover it.
    """

    force: str
    first: tuple[int, int] | None
    second: tuple[int, int] | None
    parts: tuple[int, int] | None = None


def compare_joint(first: ScrutinyReport, second: ScrutinyReport) -> list[ForceRow]:
    """Return a row for each force in either finalised paper, by name, and a last row for all forces."""
    sides = [stored_joint_figures(paper) for paper in (first, second)]
    parts = [{part.own_force.pk: (part.pk, figures) for part, figures in side.parts} for side in sides]
    names = {part.own_force.pk: part.own_force.name for side in sides for part, _ in side.parts}
    rows = []
    for force, name in sorted(names.items(), key=lambda each: each[1]):
        was, now = (side.get(force) for side in parts)
        both = (was[0], now[0]) if was and now else None
        rows.append(ForceRow(name, was and _numbers(was[1]), now and _numbers(now[1]), both))
    before, after = (_numbers(side.figures) for side in sides)
    return [*rows, ForceRow("All forces", before, after)]


def _numbers(figures: Figures | JointFigures) -> tuple[int, int]:
    return figures.then_and_now.open_now, figures.then_and_now.overdue_now
