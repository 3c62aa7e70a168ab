"""How each verb about custody visits is done once."""

import datetime

from recommendations.domain.custody import visits
from recommendations.models import CustodyVisit
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=14)
COUNTS = {"visitors": 2, "held": 5, "offered": 5, "seen": 4, "refused": 1}


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    visit = CustodyVisit.objects.get(pk=world.visit_a.pk)
    found = {"visit": visit, "version": visit.version}
    return {
        "custody.record_visit": lambda: visits.record_visit(
            suite=world.suite_a, on=AT.date(), start=datetime.time(9), **COUNTS, **by
        ),
        "custody.answer_visit": lambda: visits.answer_visit(answer="Mended.", answered_on=AT.date(), **found, **by),
        "custody.withdraw_visit": lambda: visits.withdraw_visit(reason="Twice.", **found, **by),
    }
