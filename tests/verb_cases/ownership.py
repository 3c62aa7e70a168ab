"""How a round and a response are given to a colleague."""

import datetime

from recommendations.domain.ownership import keepers
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER, "keeper": world.people["approver"]}
    asked, response = world.round_a, world.response_a
    return {
        "ownership.give_round": lambda: keepers.give_round(round=asked, version=asked.version, **by),
        "ownership.give_response": lambda: keepers.give_response(response=response, version=response.version, **by),
    }
