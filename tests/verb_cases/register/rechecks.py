"""How each verb about looking again at what was closed is done once."""

import datetime
from functools import partial

from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan
from tests.conftest import AT, TODAY

LATER = AT + datetime.timedelta(hours=20)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    look = LookPlan(TODAY + datetime.timedelta(days=90), "Nothing came back.")
    saw = {"tracked": world.closed_b, "saw": "Two visits."} | by
    decide = {"tracked": world.closed_a, "by": world.people["approver"], "at": LATER}
    row = world.closed_a.rechecks.latest("recorded_at")
    return {
        "register.look_again": partial(rechecks.look_again, look=look, **saw),
        "register.record_held": partial(rechecks.record_held, **saw),
        "register.report_slip": partial(rechecks.report_slip, **saw),
        "register.agree_slip": partial(rechecks.agree_slip, **decide),
        "register.decline_slip": partial(rechecks.decline_slip, reason="One night only.", **decide),
        "register.withdraw_recheck": partial(rechecks.withdraw_recheck, row=row, reason="Wrong line.", **by),
    }
