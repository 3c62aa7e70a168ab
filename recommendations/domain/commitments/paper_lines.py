"""What a scrutiny report says of a commitment: plain frozen values, as domain/papers/data/paper.py holds them. No
queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.domain.panels.attendance_rates import AttendanceFigure
from recommendations.domain.panels.attendance_text import present_words


@dataclass(frozen=True, kw_only=True)
class PanelAttendance:
    """How the force attended one Channel panel in the period. `public`: it was marked so when this was compiled."""

    panel: str
    figure: AttendanceFigure
    public: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperMeasure:
    """What a commitment is measured by ("Attendance at Channel panels, Westmarch Police"), and its figure then.

    `public`: every panel that it counts was marked so when this was compiled.
    """

    source: str
    figure: AttendanceFigure
    public: bool = False

    @property
    def words(self) -> str:
        """ "Force present at 5 of 6 meetings, a decision maker at 4"."""
        return present_words(self.figure)


@dataclass(frozen=True, kw_only=True)
class PaperCommitment:
    """A commitment that was checked in the period, whose check is overdue at its end, or that has a measure.

    `checks` are words, the latest first: "Partly kept, 27 October 2026". `days_over` is 0 where nothing is overdue.
    `measure` is None where it has none, and in papers of before there were measures.
    """

    quote: str
    response: str
    keeper: str
    checks: tuple[str, ...] = ()
    next_on: date | None = None
    days_over: int = 0
    measure: PaperMeasure | None = None
