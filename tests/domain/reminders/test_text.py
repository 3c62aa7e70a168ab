"""The lines of a reminder say how long is left, or how long ago it was."""

import datetime

import pytest

from recommendations.domain.reminders.approvals import OpenMatter
from recommendations.domain.reminders.due import DueMatter
from recommendations.domain.reminders.text import paragraphs
from recommendations.enums.reminders import ReminderStep, ReminderTopic
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (2, "Monday 9 November 2026, in 2 days"),
        (0, "Saturday 7 November 2026, today"),
        (-1, "6 November 2026, 1 day ago"),
    ],
)
def test_a_day_ahead_is_told_from_today_and_from_one_that_is_past(days, words):
    # wording: a day is known by its words
    matter = OpenMatter(ReminderTopic.TARGET, 1, TODAY + datetime.timedelta(days=days), "/register/1/")
    (found,) = paragraphs((DueMatter(matter, ReminderStep.AFTER),), TODAY)
    assert [(line.endswith(words), path) for line, path in found.lines] == [(True, "/register/1/")]
