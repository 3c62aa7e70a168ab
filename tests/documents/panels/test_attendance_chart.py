"""The chart of a panel's attendance: its heading, its table, and what its drawing says in words."""

import datetime

from recommendations.documents.panels.attendance_chart import attendance_chart
from recommendations.domain.panels.attendance_rates import MeetingRow

TODAY = datetime.date(2026, 11, 7)
ROWS = [
    MeetingRow(on=datetime.date(2026, 5, 5), represented=True, by_decision_maker=True),
    MeetingRow(on=datetime.date(2026, 8, 4), represented=True),
    MeetingRow(on=datetime.date(2026, 9, 1)),
    MeetingRow(on=datetime.date(2026, 12, 1), state="planned"),
]


def test_the_heading_and_the_table_say_the_same():
    chart = attendance_chart(ROWS, TODAY)
    assert chart.heading == "The force was at 2 of 3 meetings since Jul–Sep 2025"
    assert [(row.head, row.cells) for row in chart.table.rows] == [
        ("Held", (0, 0, 0, 1, 2, 0)),
        ("Represented", (0, 0, 0, 1, 1, 0)),
        ("By a decision maker", (0, 0, 0, 1, 0, 0)),
    ]


def test_the_drawing_says_every_number_in_words():
    title = attendance_chart(ROWS, TODAY).drawing.title
    assert "Jul–Sep 2026: 2 held, 1 with the force, 0 with a decision maker" in title
    assert title.count("held") == 7


def test_nothing_is_drawn_of_no_meeting():
    chart = attendance_chart([], TODAY)
    assert (chart.heading, chart.drawing) == ("No meeting recorded", None)
