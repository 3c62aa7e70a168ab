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


def happenings(told) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    read = tomllib.loads(AHEAD.read_text(encoding="utf-8"))
    for place, cycle in enumerate(read["cycle"]):
        yield OPENED, (0, place), partial(_cycle, told, cycle)
    for place, graded in enumerate(read["graded"]):
        day = graded.get("recorded") or _day_after(told, graded)
        yield day, (1, place), partial(_grade, told, read["cycle"][graded["cycle"]], graded)
    for place, stage in enumerate(read["stage"]):
        yield stage["day"], (2, place), partial(_stage, told, stage)
    for place, plan in enumerate(read["plan"]):
        for number, said in enumerate(plan["said"]):
            yield said["day"], (3, place, number), partial(_plan if number == 0 else _change, told, plan, said)


def _day_after(told, graded: dict) -> int:
    """Return the day on which grades were recorded: once the report or letter that gave them is on record."""
    return graded["day"] if "day" in graded else REPORTED[graded["force"]]


REPORTED = {"westmarch": -320, "eastvale": -290}


def _first(told, number: int) -> datetime.date:
    return told.day(number).replace(day=1)


def _cycle(told, cycle: dict, at) -> None:
    until = _first(told, cycle["until"]) - datetime.timedelta(days=1) if "until" in cycle else None
    record = PeelCycle(name=told.words(cycle["name"]), since=_first(told, cycle["since"]), until=until)
    records.keep(record=record, by=told.people["administrator"], at=at)


def _grade(told, cycle: dict, graded: dict, at) -> None:
    report = told.reports[graded["report"]] if "report" in graded else None
    grades.record_grades(
        force=told.forces[graded["force"]],
        cycle=PeelCycle.objects.get(name=told.words(cycle["name"])),
        grades=[NewGrade(area, grade) for area, grade in graded["grades"].items()],
        source="The report itself." if report else graded["source"],
        inspection=report,
        effective_on=report.published_on if report else told.working_day(graded["day"]),
        by=told.people["officer"],
        at=at,
    )


def _stage(told, stage: dict, at) -> None:
    monitoring.record_monitoring_stage(
        force=told.forces[stage["force"]],
        stage=stage["stage"],
        source=stage["source"],
        effective_on=told.working_day(stage["day"]),
        by=told.people["officer"],
        at=at,
    )


def _plan(told, plan: dict, said: dict, at) -> None:
    facts = {"title": plan["title"], "kind": plan["kind"], "by": told.people["officer"], "at": at}
    plans.plan_inspection(force=told.forces[plan["force"]], **facts, **_said(told, said))


def _change(told, plan: dict, said: dict, at) -> None:
    found = PlannedInspection.objects.get(force=told.forces[plan["force"]], title=plan["title"])
    facts = {"title": found.title, "kind": found.kind, "by": told.people["officer"], "at": at}
    plans.change_plan(plan=found, version=found.version, **facts, **_said(told, said))


def _said(told, said: dict) -> dict:
    words = {name: told.words(said[name]) for name in ("expected", "source")}
    return words | {"said_on": told.working_day(said["day"])}
