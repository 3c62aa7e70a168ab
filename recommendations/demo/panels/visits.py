"""Two custody suites in the demonstration, half a year of visits, and one visit linked to a commitment."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from recommendations.domain.custody.visits import answer_visit, record_visit
from recommendations.domain.evidence.evidence import point_at
from recommendations.domain.people import records
from recommendations.models import Commitment, CustodySuite, CustodyVisit

NORTHMERE, ALDERMERE = "Northmere custody", "Aldermere custody"
OPENED, ANSWERED = -540, -58
NAMED = "Daniel Farrow"  # a detainee, who should not be named in a note: a redaction is proposed
NAMING = f"The care plan for religious needs was out of date on the board. {NAMED} in cell 4 had asked for a call."
COUNTS = ("visitors", "tact_trained", "held", "offered", "seen", "refused")
VISITS: tuple[tuple[int, str, int, tuple[int, ...], str], ...] = (  # day, suite, hour, counts, findings
    (-171, NORTHMERE, 10, (2, 0, 11, 10, 8, 1), ""),
    (-157, ALDERMERE, 14, (2, 1, 6, 6, 5, 1), ""),
    (-135, NORTHMERE, 19, (2, 0, 14, 12, 9, 2), "Blankets had run out by seven in the evening."),
    (-114, NORTHMERE, 11, (3, 2, 9, 9, 9, 0), ""),
    (-96, ALDERMERE, 16, (2, 0, 5, 4, 3, 1), ""),
    (-66, NORTHMERE, 20, (2, 1, 16, 15, 11, 3), "Two of four call bells in the west corridor did not ring."),
    (-45, ALDERMERE, 10, (2, 0, 4, 4, 4, 0), ""),
    (-17, NORTHMERE, 13, (2, 1, 10, 9, 7, 1), NAMING),
)
BELLS = VISITS[5][0]
CUSTODY, PROMISE = "Custody in Westmarch, {year +0}", "We will look again in a year."


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, name in enumerate((NORTHMERE, ALDERMERE)):
        yield OPENED, (0, place), partial(_suite, office, name)
    for place, visit in enumerate(VISITS):
        yield visit[0] + 1, (1, place), partial(_visit, office, *visit)
    yield ANSWERED, (2,), partial(_answer, office)
    yield ANSWERED + 1, (3,), partial(_point, office)


def _suite(office, name: str, at) -> None:
    record = CustodySuite(name=name, force=office.forces["westmarch"])
    records.keep(record=record, by=office.people["administrator"], at=at)


def _visit(office, day: int, name: str, hour: int, counts: tuple[int, ...], findings: str, at) -> None:
    times: dict[str, Any] = {"start": datetime.time(hour, 15), "end": datetime.time(hour + 1, 30)}
    facts = dict[str, Any](zip(COUNTS, counts, strict=True)) | times | {"findings": findings}
    suite = CustodySuite.objects.get(name=name)
    record_visit(suite=suite, on=office.working_day(day), by=office.people["officer"], at=at, **facts)


def _bells(office) -> CustodyVisit:
    return CustodyVisit.objects.get(suite__name=NORTHMERE, on=office.working_day(BELLS))


def _answer(office, at) -> None:
    said = "Both bells were mended on the next day, and all are now tested at the start of each shift."
    facts = {"answer": said, "answered_on": office.working_day(ANSWERED)}
    visit = _bells(office)
    answer_visit(visit=visit, version=visit.version, by=office.people["officer"], at=at, **facts)


def _point(office, at) -> None:
    of = Commitment.objects.get(of__response__answers__inspection=office.reports[CUSTODY], quote=PROMISE)
    point_at(subject=of, source=_bells(office), note="The bells of one suite.", by=office.people["officer"], at=at)
