"""HMICFRS's grades, monitoring stages and planned inspections in the demonstration (inspectorate.toml)."""

import datetime
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from recommendations.domain.inspections import grades, monitoring, plans
from recommendations.domain.inspections.grades import NewGrade
from recommendations.domain.people import records
from recommendations.models import PeelCycle, PlannedInspection

AHEAD = Path(__file__).with_name("inspectorate.toml")
OPENED = -550  # the first days of the office's work with the register


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    read = tomllib.loads(AHEAD.read_text(encoding="utf-8"))
    for place, cycle in enumerate(read["cycle"]):
        yield OPENED, (0, place), partial(_cycle, office, cycle)
    for place, graded in enumerate(read["graded"]):
        day = graded.get("recorded") or _day_after(office, graded)
        yield day, (1, place), partial(_grade, office, read["cycle"][graded["cycle"]], graded)
    for place, stage in enumerate(read["stage"]):
        yield stage["day"], (2, place), partial(_stage, office, stage)
    for place, plan in enumerate(read["plan"]):
        for number, said in enumerate(plan["said"]):
            yield said["day"], (3, place, number), partial(_plan if number == 0 else _change, office, plan, said)


def _day_after(office, graded: dict) -> int:
    """Return the day on which grades were recorded: once the report or letter that gave them is on record."""
    return graded["day"] if "day" in graded else REPORTED[graded["force"]]


REPORTED = {"westmarch": -320, "eastvale": -290}


def _first(office, number: int) -> datetime.date:
    return office.day(number).replace(day=1)


def _cycle(office, cycle: dict, at) -> None:
    until = _first(office, cycle["until"]) - datetime.timedelta(days=1) if "until" in cycle else None
    record = PeelCycle(name=office.words(cycle["name"]), since=_first(office, cycle["since"]), until=until)
    records.keep(record=record, by=office.people["administrator"], at=at)


def _grade(office, cycle: dict, graded: dict, at) -> None:
    report = office.reports[graded["report"]] if "report" in graded else None
    grades.record_grades(
        force=office.forces[graded["force"]],
        cycle=PeelCycle.objects.get(name=office.words(cycle["name"])),
        grades=[NewGrade(area, grade) for area, grade in graded["grades"].items()],
        source="The report itself." if report else graded["source"],
        inspection=report,
        effective_on=report.published_on if report else office.working_day(graded["day"]),
        by=office.people["officer"],
        at=at,
    )


def _stage(office, stage: dict, at) -> None:
    monitoring.record_monitoring_stage(
        force=office.forces[stage["force"]],
        stage=stage["stage"],
        source=stage["source"],
        effective_on=office.working_day(stage["day"]),
        by=office.people["officer"],
        at=at,
    )


def _plan(office, plan: dict, announcement: dict, at) -> None:
    facts = {"title": plan["title"], "kind": plan["kind"], "by": office.people["officer"], "at": at}
    plans.plan_inspection(force=office.forces[plan["force"]], **facts, **_announcement_facts(office, announcement))


def _change(office, plan: dict, announcement: dict, at) -> None:
    found = PlannedInspection.objects.get(force=office.forces[plan["force"]], title=plan["title"])
    facts = {"title": found.title, "kind": found.kind, "by": office.people["officer"], "at": at}
    plans.change_plan(plan=found, version=found.version, **facts, **_announcement_facts(office, announcement))


def _announcement_facts(office, announcement: dict) -> dict:
    words = {name: office.words(announcement[name]) for name in ("expected", "source")}
    return words | {"said_on": office.working_day(announcement["day"])}
