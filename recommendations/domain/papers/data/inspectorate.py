"""What HMICFRS says of a force, as a scrutiny report holds it: plain frozen values in words. No queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.periods import say


@dataclass(frozen=True, kw_only=True)
class AheadLine:
    """A planned inspection that was ahead on the period's last day. `expected` is verbatim, `days` what it was read as.

    `days` is empty where the words say the same, or name no day. `past` says that the time had passed by then.
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
    """One area of one cycle. `before` is words about the grade that it follows in the same cycle, mostly empty."""

    area: str
    grade: str
    given_on: date
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class CycleGrades:
    """The grades of one cycle, by themselves. `scale` is its grades in words, from the best to the worst."""

    cycle: str
    years: str
    scale: str
    areas: tuple[GradedArea, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """A monitoring stage that the force was in. `until` is its last day, None for the one that held."""

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
class SaidOfForce:
    """Planned inspections, the soonest first; grades, the newest cycle first; stages, the latest first."""

    ahead: tuple[AheadLine, ...] = ()
    cycles: tuple[CycleGrades, ...] = ()
    stages: tuple[StageLine, ...] = ()
