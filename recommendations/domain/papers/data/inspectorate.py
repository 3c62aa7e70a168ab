"""What HMICFRS has said about a force, for a scrutiny report, as frozen values in words. No queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.periods import say


@dataclass(frozen=True, kw_only=True)
class AheadLine:
    """A planned inspection, as of the period's last day. `expected` is verbatim, `days` how it was read.

    `days` is "" if it would repeat the words or they name no day. `past` means that the time had passed by then.
    """

    title: str
    kind: str
    expected: str
    said_on: date
    days: str = ""
    past: bool = False

    @property
    def words(self) -> str:
        """ "autumn 2026 (1 September 2026 to 30 November 2026), said on 3 August 2026; this time has passed"."""
        read = f" ({self.days})" if self.days else ""
        passed = "; this time has passed" if self.past else ""
        return f"{self.expected}{read}, said on {say(self.said_on)}{passed}"


@dataclass(frozen=True, kw_only=True)
class GradedArea:
    """One graded area in one cycle. `before` describes an earlier grade in the same cycle; mostly empty."""

    area: str
    grade: str
    given_on: date
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class CycleGrades:
    """The grades of one cycle. `scale` lists its possible grades in words, best first."""

    cycle: str
    years: str
    scale: str
    areas: tuple[GradedArea, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """A monitoring stage that the force was in. `until` is its last day, or None for the current stage."""

    stage: str
    since: date
    until: date | None = None

    @property
    def words(self) -> str:
        """ "Engage since 3 May 2026", "Scan from 2 June 2025 to 2 May 2026"."""
        if self.until is None:
            return f"{self.stage} since {say(self.since)}"
        return f"{self.stage} from {say(self.since)} to {say(self.until)}"


@dataclass(frozen=True, kw_only=True)
class SourceStatements:
    """Planned inspections, soonest first; grades, newest cycle first; monitoring stages, latest first."""

    ahead: tuple[AheadLine, ...] = ()
    cycles: tuple[CycleGrades, ...] = ()
    stages: tuple[StageLine, ...] = ()
