"""How each verb about parts of a recommendation and about disputes is done once."""

import datetime

from recommendations.domain.register import disputes
from recommendations.domain.register.parts import closures as part_closures
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=20)


def cases(world) -> dict:
    first, second, third = world.parts_a.recommendation.parts.all()
    of, officer = {"tracked": world.parts_a, "at": LATER}, {"by": world.people["officer"]}
    approver = {"by": world.people["approver"]}
    return {
        "register.request_part_closure": lambda: part_closures.request_part_closure(
            part=third, reason="Done.", **of, **officer
        ),
        "register.decide_part_closure": lambda: part_closures.decide_part_closure(
            part=second, approve=True, **of, **approver
        ),
        "register.reopen_part": lambda: part_closures.reopen_part(part=first, reason="It failed.", **of, **officer),
        "register.record_dispute_reason": lambda: disputes.record_dispute_reason(text="Not ours.", **of, **officer),
        "register.record_dispute_reply": lambda: disputes.record_dispute_reply(text="It stands.", **of, **officer),
        "register.decide_dispute": lambda: disputes.decide_dispute(
            decision="agrees", text="We were wrong.", **of, **approver
        ),
    }
