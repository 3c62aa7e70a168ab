"""A force's attendance as one line of text. Pure: no queries."""

import datetime

from recommendations.domain.panels.attendance_rates import AttendanceFigure
from recommendations.periods import say


def present_words(figure: AttendanceFigure) -> str:
    """ "Force present at 5 of 6 meetings, a decision maker at 4", with what is missing; "No meeting recorded"."""
    parts = [_present(figure)]
    if figure.is_raised:
        parts.append(f"missing from the last {figure.gap}")
    if figure.unrecorded:
        parts.append(f"{figure.unrecorded} not recorded yet")
    return ", ".join(parts)


def _present(figure: AttendanceFigure) -> str:
    if not figure.held:
        return "No meeting recorded"
    meetings = "meeting" if figure.held == 1 else "meetings"
    return f"Force present at {figure.share} {meetings}, a decision maker at {figure.by_decision_maker}"


def words_to(figure: AttendanceFigure, day: datetime.date) -> str:
    """The same, with the day up to which it is counted."""
    return f"{present_words(figure)}, to {say(day)}"
