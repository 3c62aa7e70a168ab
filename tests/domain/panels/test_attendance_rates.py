"""The figures of attendance, counted from plain rows."""

import datetime

from recommendations.domain.panels.attendance_rates import MeetingRow, attendance_of, silent_for, sum_figures
from recommendations.periods import Period

QUARTER = Period(datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))


def row(day: str, represented=True, decided=True, state="held") -> MeetingRow:
    on = datetime.date.fromisoformat(day)
    return MeetingRow(on=on, state=state, represented=represented, by_decision_maker=represented and decided)


ROWS = [
    row("2026-06-10", represented=False),
    row("2026-07-08", represented=False),
    row("2026-08-05", decided=False),
    row("2026-08-26", represented=False),
    row("2026-09-16", represented=False),
    row("2026-09-23", state="cancelled", represented=False),
    row("2026-09-30", state="planned", represented=False),
    row("2026-10-14"),
    row("2026-11-11", state="planned", represented=False),
]


def test_a_period_counts_what_was_held_in_it():
    figure = attendance_of(ROWS, QUARTER)
    assert (figure.held, figure.represented, figure.by_decision_maker) == (4, 1, 0)
    assert (figure.unrecorded, figure.cancelled, figure.share, figure.decided_words) == (1, 1, "1 of 4", "0 of 4")
    assert (figure.percent, figure.gap, figure.is_raised) == (25, 2, True)
    assert figure.last_on == datetime.date(2026, 9, 16)
    assert figure.next_on == datetime.date(2026, 11, 11)


def test_a_gap_reaches_back_before_the_period_and_ends_when_the_force_comes():
    assert attendance_of(ROWS, Period(datetime.date(2026, 7, 1), datetime.date(2026, 7, 31))).gap == 2
    assert attendance_of(ROWS, Period(datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))).gap == 0


def test_no_meeting_is_no_share():
    figure = attendance_of([], QUARTER)
    assert (figure.share, figure.percent, figure.gap, figure.last_on, figure.next_on) == (
        "none held",
        None,
        0,
        None,
        None,
    )


def test_several_panels_add_up():
    whole = sum_figures([attendance_of(ROWS, QUARTER), attendance_of([row("2026-09-24")], QUARTER)])
    assert (whole.held, whole.represented, whole.by_decision_maker, whole.gap) == (5, 2, 1, 2)
    assert (whole.last_on, whole.next_on) == (datetime.date(2026, 9, 24), datetime.date(2026, 11, 11))
    assert sum_figures([]).share == "none held"


def test_a_panel_is_silent_after_its_longest_gap():
    def silent(today: str, *, gap=31, since=None, rows=ROWS):
        return silent_for(rows, gap, since, datetime.date.fromisoformat(today))

    assert silent("2026-11-14") is None
    assert silent("2026-11-15") == 32
    assert silent("2026-11-15", gap=None) is None
    assert silent("2026-11-15", rows=[]) is None
    assert silent("2026-11-15", rows=[], since=datetime.date(2026, 9, 1)) == 75


def test_each_answer_in_words():
    assert [each.answer for each in (row("2026-01-01"), ROWS[0], ROWS[2], ROWS[5], ROWS[6])] == [
        "By a decision maker",
        "Not represented",
        "Represented, not by a decision maker",
        "Cancelled",
        "Planned",
    ]
