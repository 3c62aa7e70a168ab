"""Commitments in a scrutiny report, as frozen values like those in domain/papers/data/paper.py. No queries."""

from dataclasses import dataclass
from datetime import date

from recommendations.domain.panels.attendance_rates import AttendanceFigure
from recommendations.domain.panels.attendance_text import present_words


@dataclass(frozen=True, kw_only=True)
class PanelAttendance:
    """The force's attendance at one Channel panel in the period. `public`: it was public when this was compiled."""

    panel: str
    figure: AttendanceFigure
    public: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperMeasure:
    """What measures a commitment ("Attendance at Channel panels, Westmarch Police"), and its figure at the time.

    `public`: every panel that it counts was public when this was compiled.
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
    """A commitment checked in the period, overdue for a check at its end, or with a measure.

    `checks` are words, latest first: "Partly kept, 27 October 2026". `days_over` is 0 if nothing is overdue. `measure`
    is None if it has none, and in older papers.
    """

    quote: str
    response: str
    keeper: str
    checks: tuple[str, ...] = ()
    next_on: date | None = None
    days_over: int = 0
    measure: PaperMeasure | None = None
