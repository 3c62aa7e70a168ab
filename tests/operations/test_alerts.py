"""The alerts that docs/operations/watch.md recommends: each state they are for makes them fire, by the page's words."""

import datetime
import operator
import re

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from oversight.operations.readiness import BY_HAND, JOBS
from oversight.watch.metrics import exposition
from recommendations.last_runs import note_problem, note_run
from recommendations.models import TrailEntry
from tests.test_setup import ROOT

PAGE = (ROOT / "docs/operations/watch.md").read_text()
ALERTS = dict(re.findall(r"- alert: (\w+)\n\s+expr: (.+)", PAGE))
COMPARED = {">=": operator.ge, ">": operator.gt}
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def all_ran(settings, tmp_path):
    settings.VAR_DIR, settings.HEADS_TO = tmp_path, ["/heads"]
    settings.WATCH = settings.WATCH | {"WATCH_FREE_MB": (0, 0)}
    for name in (*JOBS, "build_papers"):
        note_run(name, at=timezone.now())


def samples(at: datetime.datetime) -> dict[str, float]:
    """The level of each check, as Prometheus reads it."""
    found = re.findall(r'^oversight_check_level{check="(\w+)"} (\S+)$', exposition(at).decode(), re.MULTILINE)
    return {name: float(value) for name, value in found}


def firing(at: datetime.datetime | None = None) -> set[str]:
    """The checks for which the page's first alert fires."""
    _, sign, number = re.fullmatch(
        r"(max by \(check\) \(oversight_check_level\)) (>=|>) (\d+)", ALERTS["OversightBad"]
    ).groups()
    return {name for name, value in samples(at or timezone.now()).items() if COMPARED[sign](value, float(number))}


def test_nothing_fires_where_all_is_well(tracked):
    assert firing() == set()


@pytest.mark.parametrize("name", JOBS)
def test_a_job_that_never_ran_fires_when_it_is_bad_by_the_page(name, settings, tracked, tmp_path):
    (tmp_path / f"last-runs/{name}.json").unlink()
    began = TrailEntry.objects.earliest("sequence").at
    bad = hours_of_page(name)[1]
    assert name not in firing(began + (bad - 1) * HOUR)
    assert name in firing(began + bad * HOUR)


@pytest.mark.parametrize("name", JOBS)
def test_a_job_that_is_late_fires_when_it_is_bad_by_the_page(name, db):
    warn, bad = hours_of_page(name)
    for hours, level in ((warn - 1, 0), (warn, 1), (bad - 1, 1), (bad, 2)):
        at = timezone.now() + hours * HOUR
        assert (samples(at)[name], name in firing(at)) == (level, level == 2)


@pytest.mark.parametrize("name", [*JOBS, *BY_HAND])
def test_what_a_job_found_fires_at_once(name, db):
    note_problem(name, at=timezone.now(), detail="2 things are missing")
    assert firing() == {name}
    note_run(name, at=timezone.now())
    assert firing() == set()


def test_a_database_that_is_away_fires(db):
    def fails(*asked):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(fails):
        assert firing() == {"database"}


def test_a_server_that_cannot_be_asked_fires_by_what_a_good_one_always_says(db):
    [check] = re.fullmatch(r'absent\(oversight_check_level{check="(\w+)"}\)', ALERTS["OversightSilent"]).groups()
    assert check in samples(timezone.now())


def test_the_other_alerts_ask_for_metrics_that_there_are(db):
    from oversight.watch import metrics

    there = {sample.name for family in metrics.here.collect() for sample in family.samples}
    there |= {f"{family.name}{end}" for family in metrics.here.collect() for end in ("_total", "_sum", "_bucket")}
    asked = {name for alert in ALERTS.values() for name in re.findall(r"oversight_\w+", alert)}
    assert asked - there == {"oversight_check_level"}


def hours_of_page(name: str) -> tuple[int, int]:
    """The two numbers of a job in the page's table, in hours."""
    [row] = [line for line in PAGE.splitlines() if re.match(r"\| [^|]*`" + name + "`", line)]
    warn, bad = re.search(r"\| ([\d,]+), ([\d,]+) hours \|", row).groups()
    return int(warn.replace(",", "")), int(bad.replace(",", ""))
