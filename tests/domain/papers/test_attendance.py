"""Attendance at Channel panels in a paper, and as the measure of a commitment: of its period, and kept for ever."""

import datetime

from recommendations.domain.commitments.paper_lines import PanelAttendance
from recommendations.domain.evidence import evidence
from recommendations.domain.panels import attendance
from recommendations.domain.panels.attendance_rates import AttendanceFigure
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.sections.attendance import attendance_in
from recommendations.domain.papers.sections.commitments import commitments_of
from recommendations.periods import Period, day_end
from tests.conftest import AT, TODAY
from tests.domain.papers.test_compile import figures_of
from tests.makers.commitments import make_commitment, make_version
from tests.makers.evidence import point, watched_panel
from tests.makers.panels import make_channel, make_meeting
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
SECOND = Period(datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
THIRD = Period(datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
KNOWN = AT + DAY


@per_module
def panel(westmarch):
    return watched_panel(westmarch)


@per_module
def measured(body, westmarch, panel):
    made = make_commitment(make_version(body, westmarch), check_on=datetime.date(2027, 3, 31))
    point(made, westmarch, measure=True)
    return made


def told(force, period, known_at=KNOWN) -> list[tuple[str, str]]:
    return [(line.measure.source, line.measure.words) for line in commitments_of(force, period, known_at)]


def test_a_measure_is_told_for_each_period_though_nothing_was_checked(measured, westmarch, eastvale):
    source = "Attendance at Channel panels, Westmarch Police"
    assert told(westmarch, SECOND) == [(source, "Force present at 3 of 3 meetings, a decision maker at 2")]
    assert told(westmarch, THIRD) == [(source, "Force present at 2 of 3 meetings, a decision maker at 1")]
    assert commitments_of(eastvale, THIRD, KNOWN) == ()


def test_what_was_known_at_a_moment(measured, westmarch, officer):
    assert commitments_of(westmarch, THIRD, AT - DAY) == ()
    row = measured.evidence.get()
    evidence.withdraw_evidence(evidence=row, reason="Another measure.", by=officer, at=AT + 2 * DAY)
    assert len(told(westmarch, THIRD)) == 1
    assert commitments_of(westmarch, THIRD, AT + 3 * DAY) == ()


def test_the_panels_of_the_period(panel, westmarch, eastvale):
    make_channel(westmarch, "Belford Channel panel", until=datetime.date(2026, 6, 30))
    make_channel(eastvale, "Eastvale Channel panel")
    make_meeting(panel, datetime.date(2026, 12, 1))
    (line,) = attendance_in(westmarch, THIRD, KNOWN)
    assert line == PanelAttendance(
        panel="Aldford Channel panel",
        figure=AttendanceFigure(
            held=3,
            represented=2,
            by_decision_maker=1,
            last_on=datetime.date(2026, 9, 14),
            next_on=datetime.date(2026, 12, 1),
        ),
    )
    assert [each.panel for each in attendance_in(westmarch, SECOND, KNOWN)] == [
        "Aldford Channel panel",
        "Belford Channel panel",
    ]
    assert attendance_in(eastvale, THIRD, KNOWN)[0].figure == AttendanceFigure()


def test_figures_keep_it_and_an_older_paper_is_read_without(measured, westmarch):
    figures = figures_of(westmarch, start=THIRD.start, end=THIRD.end, known_at=day_end(TODAY))
    assert figures.attendance_in_all.share == "2 of 3"
    assert Figures.from_json(figures.to_json()) == figures
    older = figures.to_json()
    del older["attendance"]
    for line in older["commitments"]:
        del line["measure"]
    read = Figures.from_json(older)
    assert (read.attendance, [line.measure for line in read.commitments]) == (None, [None])
    assert read.attendance_in_all == AttendanceFigure()


def test_a_withdrawn_attendance_no_longer_counts(measured, panel, westmarch, officer):
    meeting = panel.meetings.get(on=datetime.date(2026, 9, 14))
    attendance.withdraw_attendance(meeting=meeting, version=meeting.version, reason="Wrong day.", by=officer, at=AT)
    (line,) = attendance_in(westmarch, THIRD, KNOWN)
    assert (line.figure.share, line.figure.unrecorded) == ("1 of 2", 1)
