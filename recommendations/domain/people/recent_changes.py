"""What happened to an account in the last days: shown to the administrator who confirms another change of it."""

import datetime
from typing import Any

from recommendations.domain.audit.event_queries import GROUPS
from recommendations.domain.audit.history import events_of, tell
from recommendations.domain.audit.history_lines import HistoryLine
from recommendations.models import User

RECENT = datetime.timedelta(days=30)
MEANS = (*GROUPS["factor"][1], *GROUPS["password"][1])  # events about the means of signing in


def recent_changes(person: User, *, user: User, at: datetime.datetime) -> list[HistoryLine]:
    """The changes of the account and of its means of signing in within 30 days of `at`, newest first, for `user`."""
    account: Any = person  # no Record, though with a history as each of them has
    events = [each for each in events_of(account, user=user) if each.at >= at - RECENT]
    return tell(account, [each for each in events if each.saves or each.verb in MEANS], {})
