"""How the address of a person's calendar is made once, and ended."""

import datetime

from recommendations.domain.calendar import feed_tokens
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=14)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    ends = {"by": world.people["lead_b"], "at": LATER}
    return {
        "calendar.make_address": lambda: feed_tokens.make_address(**by),
        "calendar.end_address": lambda: feed_tokens.end_address(address=world.calendars["lead_b"], **ends),
    }
