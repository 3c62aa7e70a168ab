"""Made-up counts of page 1 that add up: risk and delay, what became of what was overdue, where the voices differ."""

from datetime import date

from recommendations.domain.papers.data.lines import LabelledCount, LatestVoice, RegisterEntry
from recommendations.domain.papers.data.risk import HighRiskLate, RiskCount, RiskFigures
from recommendations.domain.papers.data.voices import SaidDone, VoicesGap


def last_overdue(still: int) -> tuple[LabelledCount, ...]:
    """Two closed, and not named here; the rest moved."""
    counts = {"Closed": 2, "Moved, still overdue": still, "Not moved, overdue": 0}
    return tuple(LabelledCount(label=label, count=count) for label, count in counts.items())


def risk(entries: list[RegisterEntry]) -> RiskFigures:
    still = [entry for entry in entries if not entry.closed_on]
    high, red = ([entry for entry in still if entry.risk == "high"], [entry for entry in still if entry.rag == "red"])
    late = [entry for entry in high if entry.rag == "red"]
    return RiskFigures(
        high_word="High",
        high=len(high),
        late_count=len(late),
        late=tuple(
            HighRiskLate(**line_of(entry), days_over=90, meanwhile="A superintendent reads each log.") for entry in late
        ),
        by_risk=(
            RiskCount(key="high", label="High", count=len(high)),
            RiskCount(key="", label="Not assessed", count=len(still) - len(high)),
        ),
        by_cause=(RiskCount(key="", label="Cause not chosen", count=len(red)),),
        high_then=len(high) + 2,
        late_then=len(late) + 1,
        overdue_not_assessed=len(red) - len(late),
    )


def voices(entries: list[RegisterEntry]) -> VoicesGap:
    """Each third open one is said to be done, and partly assured."""
    done = [entry for entry in entries if not entry.closed_on][::3]
    closed = sum(entry.closed_on is not None for entry in entries)
    force = LatestVoice(label="Pending sign-off", on=date(2026, 9, 9))
    return VoicesGap(
        partly_assured=len(done),
        lines=tuple(SaidDone(**line_of(entry), force=force, office=entry.office) for entry in done),
        closed=closed + 1,
        silent=1,
        oldest_on=date(2026, 1, 5),
    )


def line_of(entry: RegisterEntry) -> dict[str, str]:
    """What a line of a list says of an entry."""
    return {name: getattr(entry, name) for name in ("reference", "heading", "label", "inspection")}
