"""What was done since the last update, as words with which the next can begin."""

import datetime
from collections.abc import Iterable

from recommendations.domain.actions.queries import ActionLine, lines_on
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.models import TrackedRecommendation, User
from recommendations.periods import say


def done_since(lines: Iterable[ActionLine], moment: datetime.datetime | None) -> list[ActionLine]:
    """The force's actions that were recorded as done after a moment (UTC); all that are done without one."""
    done = (line for line in lines if line.row.state == ActionState.DONE and line.action.voice == ActionVoice.FORCE)
    return [line for line in done if moment is None or line.row.recorded_at > moment]


def update_words(lines: Iterable[ActionLine]) -> str:
    """ "Train custody staff: done on 3 November 2026. All 40 passed." A line for each action."""
    return "\n".join(_words(line) for line in lines)


def _words(line: ActionLine) -> str:
    done = f"{line.words.rstrip('.')}: done on {say(line.row.effective_on)}."
    return f"{done} {line.row.note}" if line.row.note else done


def words_of_done(tracked: TrackedRecommendation, user: User, today: datetime.date) -> str:
    """The words with which an update on a recommendation can begin (London day). Two to four queries."""
    last = tracked.updates.standing().latest_first().values_list("recorded_at", flat=True).first()
    return update_words(done_since(lines_on(tracked, user, today), last))
