"""Joint papers for tests: two forces with a register each, and a paper on both."""

import datetime

from recommendations.domain.papers.joint import papers
from recommendations.domain.people import records
from recommendations.models import Force, ScrutinyReport
from tests.conftest import AT, make_inspection, make_tracked

START, END = datetime.date(2026, 7, 1), datetime.date(2026, 9, 30)
LAST_START, LAST_END = datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)
BEGAN = datetime.date(2026, 1, 20)


def moment(day: datetime.date, hour: int = 10) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)


PREPARED, FINALISED = moment(datetime.date(2026, 11, 1)), moment(datetime.date(2026, 11, 7))


def make_force(name: str, prefix: str) -> Force:
    force = Force(name=f"{name} Police", short_name=name, slug=name.lower(), reference_prefix=prefix)
    return records.keep(record=force, by=None, at=AT)


def registers(*forces: Force, each: int = 2) -> list:
    """Some tracked recommendations of each force, recorded in January."""
    found = []
    for force in forces:
        inspection = make_inspection(force, title=f"Custody in {force.short_name}", at=moment(BEGAN))
        found += [make_tracked(inspection, number=str(n), at=moment(BEGAN)) for n in range(1, each + 1)]
    return found


def joint_draft(*forces: Force, by=None, start=START, end=END, at=PREPARED, panel=None) -> ScrutinyReport:
    return papers.prepare_joint(forces=forces, start=start, end=end, by=by, at=at, panel=panel)


def finalised(paper: ScrutinyReport, *, by, at=FINALISED) -> ScrutinyReport:
    """The same, finalised with files of a few bytes."""
    compiled = papers.compile_joint(paper=paper, known_at=at)
    extracts = [f"%PDF {part.force.slug}".encode() for part, _ in compiled.parts]
    said = {"compiled": compiled, "content": b"%PDF joint", "extracts": extracts}
    return papers.finalise_joint(paper=paper, **said, by=by, at=at)
