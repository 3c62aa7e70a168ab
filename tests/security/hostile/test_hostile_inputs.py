"""Nothing hostile that is sent makes an error of ours, or takes more than its time and memory."""

import datetime
from mmap import PAGESIZE as PAGE
from mmap import mmap
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from recommendations.forms.panels.meetings import ClockField
from recommendations.models import RagRule
from tests.security.hostile import inputs as hostile
from tests.security.hostile.inputs import Input, grounds, largest_so_far, sent


def test_hostile_inputs_are_answered_in_time(world):
    assert sent(grounds(world), 14, seed=7, world=world) == []


@pytest.mark.soak
@pytest.mark.parametrize(
    "seed", [2026, *(pytest.param(seed, marks=pytest.mark.sqlite_alone) for seed in (2027, 2028, 2029))]
)
def test_ten_thousand_hostile_inputs_are_answered_in_time(world, seed):
    """In four parts, which can run beside each other; PostgreSQL is asked the first."""
    assert sent(grounds(world), 2_500, seed=seed, world=world) == []


@pytest.mark.parametrize("typed", ["", " ", "\n" * 50])
def test_a_time_of_spaces_is_none(typed):
    """Found by the soak: what was typed went on to the meeting as its time."""
    assert ClockField(required=False).clean(typed) is None


def test_a_threshold_of_too_many_days_is_refused():
    """Found by the soak: the day that many days away was worked out."""
    with pytest.raises(ValidationError, match="3,660 days or fewer"):
        RagRule(since=datetime.date(2026, 1, 1), due_soon_days=9_223_372_036_854_775_808).clean()


def fails() -> int:
    raise ValueError("No such thing.")


def grows() -> int:
    """Take so much that it shows, whatever this process took before: in pages, which cost little to touch."""
    now = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    with mmap(-1, (int(largest_so_far()) + hostile.MEGABYTES + 20) * 1024 * 1024 - now) as taken:
        for place in range(0, len(taken), PAGE):
            taken[place] = 1
    return 200


def test_an_error_and_too_much_memory_would_be_named(world, monkeypatch):
    monkeypatch.setattr(hostile, "MEGABYTES", 20)
    inputs = [Input("well", lambda: 200), Input("fails", fails), Input("500", lambda: 500), Input("grows", grows)]
    makers = tuple(lambda dice, each=each: each for each in inputs)
    assert [line.rpartition(": ")[2] for line in sent(makers, len(inputs), seed=1)] == ["fails", "500", "grows"]
