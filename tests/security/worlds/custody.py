"""A custody suite of each force, with a visit that the force answered, and one withdrawn: the office's own."""

import datetime

from recommendations.domain.custody import visits
from recommendations.domain.people import records
from recommendations.models import CustodySuite
from tests.conftest import AT
from tests.security.worlds.commitment import PROMISE

HOUR = datetime.timedelta(hours=1)
COUNTS = {"visitors": 2, "held": 5, "offered": 5, "seen": 4, "refused": 1}


def build_custody(world, letter: str, say) -> None:
    by, force = {"by": world.people["officer"], "at": AT + HOUR}, getattr(world, f"force_{letter}")
    suite = records.keep(record=CustodySuite(force=force, name=say(f"Suite {letter}")), by=None, at=AT)
    found = {"findings": say(f"Torn {PROMISE}.")}
    made = [
        visits.record_visit(suite=suite, on=AT.date(), start=datetime.time(hour), **COUNTS, **found, **by)
        for hour in (7, 8)
    ]
    answer = {"answer": say(f"Mended {PROMISE}."), "answered_on": AT.date()}
    visit = visits.answer_visit(visit=made[0], version=1, **answer, **by)
    gone = visits.withdraw_visit(visit=made[1], version=1, reason=say(f"Twice {PROMISE}."), **by)
    for name, record in {"suite": suite, "visit": visit, "gone_visit": gone}.items():
        setattr(world, f"{name}_{letter}", record)
