"""How each verb about what is restricted and what changes registers is done once."""

import datetime

from recommendations.domain.register import restrictions, transfers
from recommendations.domain.succession.carrying_over import succeed
from tests.conftest import AT, TODAY

LATER = AT + datetime.timedelta(hours=20)


def cases(world) -> dict:
    by, why = {"by": world.people["officer"], "at": LATER}, {"reason": "An operation runs."}
    to = {"to_force": world.force_a, "reason": "The stations moved."}
    merged = {"successor": world.force_a, "effective_on": TODAY, "reason": "The order of 2026."}
    return {
        "register.restrict": lambda: restrictions.restrict(tracked=world.open_a, **why, **by),
        "register.lift_restriction": lambda: restrictions.lift_restriction(
            tracked=world.restricted_a, reason="It is over.", **by
        ),
        "register.transfer": lambda: transfers.transfer(tracked=world.moving, **to, **by),
        "succession.succeed": lambda: succeed(force=world.force_c, **merged, **by),
    }
