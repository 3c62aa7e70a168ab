"""How a force and a policing body get a new name, head or address from a day on, once."""

import datetime

from recommendations.domain.forces import details
from tests.conftest import AT

DAY = datetime.date(2026, 5, 1)


def cases(world) -> dict:
    facts = {"from_day": DAY, "reason": "The order.", "by": world.people["administrator"], "at": AT}
    return {
        "forces.change_force_details": lambda: details.change_force_details(
            force=world.force_a, name="West Police", **facts
        ),
        "forces.change_body_details": lambda: details.change_body_details(body=world.body, holder="Ada Ash", **facts),
    }
