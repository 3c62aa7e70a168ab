"""A spreadsheet comes in once and whole: a row that fails, four at once, a process that is killed."""

import random
import signal
import time
from pathlib import Path

import pytest
from django.db import IntegrityError

from recommendations.domain.audit import verification
from recommendations.domain.imports import writes
from recommendations.domain.imports.imports import bring_in
from recommendations.domain.people import records
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ForceUpdate, Inspection, SheetImport, SheetRow, TrackedRecommendation
from tests.commands.registers import HEADINGS, WORDS, register, written
from tests.conftest import AT
from tests.exchange.imports.sheets_of import SIMPLE, planned
from tests.faults.processes import Command, takes
from tests.snapshots import changed, contents

COLUMNS = SIMPLE | {"update": "Update", "update_on": "Said on"}
COUNTED = (SheetImport, SheetRow, TrackedRecommendation, ForceUpdate)
FOUR, ROWS, SOME, LONG = 4, 30, 40, 300


def rows(count: int) -> list[dict]:
    report = {"inspection": "Custody in Westmarch", "published_on": "15/1/2020", "update_on": "1/3/2020"}
    return [
        report | {"reference": f"OP-{n}", "number": str(n), "text": f"The force should do {n}.", "update": f"Done {n}."}
        for n in range(1, count + 1)
    ]


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


class Broken(Exception):
    """Something fails while rows are written."""


@pytest.mark.sqlite_alone
@pytest.mark.parametrize(("piece", "count"), [(50, 60), pytest.param(500, 600, marks=pytest.mark.soak)])
def test_a_failure_after_a_piece_of_many_rows_changes_nothing(westmarch, monkeypatch, piece, count):
    monkeypatch.setattr(writes, "AT_ONCE", piece)
    plan, before = planned(COLUMNS, *rows(count)), contents()

    def fail(done: int, total: int) -> None:
        raise Broken(f"{done} of {total}")

    with pytest.raises(Broken, match=f"{piece} of {count}"):
        bring_in(plan=plan, by=None, at=AT, progress=fail)
    assert changed(before, contents()) == []
    with pytest.raises(Refusal, match="changed since you opened the page"):  # a plan is used once
        bring_in(plan=plan, by=None, at=AT)
    assert changed(before, contents()) == []
    assert bring_in(plan=planned(COLUMNS, *rows(count)), by=None, at=AT).created == count


def test_a_row_that_the_database_refuses_changes_nothing(westmarch):
    """What no check foresaw: the last row would make a record that the database does not take."""
    plan, before = planned(COLUMNS, *rows(ROWS)), contents()
    plan.entries[-1].writes.updates[0]["done"] = ""
    with pytest.raises(IntegrityError):
        bring_in(plan=plan, by=None, at=AT)
    assert changed(before, contents()) == []


def test_a_change_since_the_preview_is_told_and_nothing_is_brought_in(westmarch):
    plan = planned(COLUMNS, *rows(ROWS))
    bring_in(plan=planned(COLUMNS, *rows(2)), by=None, at=AT)
    before = contents()
    with pytest.raises(
        Refusal, match=r"^30 rows of the register were changed since you opened the page\. Check the preview again\.$"
    ):
        bring_in(plan=plan, by=None, at=AT)
    assert changed(before, contents()) == []


def test_what_was_done_meanwhile_to_something_else_is_no_hindrance(westmarch, eastvale):
    """The trail went on since the preview: the plan is made again, says the same, and is done."""
    plan = planned(COLUMNS, *rows(ROWS))
    eastvale.name = "Eastvale Constabulary"
    records.keep(record=eastvale, by=None, at=AT)
    assert bring_in(plan=plan, by=None, at=AT).created == ROWS
    assert verification.verify() == []


def test_of_four_who_bring_in_one_file_at_once_one_does(at_once, westmarch):
    def act(place):
        plan = planned(COLUMNS, *rows(ROWS))
        try:
            return bring_in(plan=plan, by=None, at=AT).created
        except Refusal:
            return 0

    done = at_once(FOUR, act)
    assert sum(created for created in done) == ROWS
    assert (TrackedRecommendation.objects.count(), ForceUpdate.objects.count()) == (ROWS, ROWS)
    assert Inspection.objects.count() == 1
    assert verification.verify() == []


def start(file: Path, mapping: Path) -> Command:
    """The command in a process of its own."""
    return Command("import_register", file, "--force", "westmarch", "--mapping", mapping)


def ended(running: Command) -> tuple[int, str]:
    """The exit code, and what it said was wrong."""
    code, _, wrong = running.end()
    return code, wrong


@pytest.fixture
def mapping(tmp_path):
    return written(tmp_path / "mapping.json", WORDS)


def test_of_four_processes_with_one_file_one_brings_it_in(shared_database, westmarch, tmp_path, mapping):
    file = register(tmp_path)
    running = [start(file, mapping) for _ in range(FOUR)]
    said = [ended(each) for each in running]
    late = "3 rows of the register were changed since you opened the page. Check the preview again. Nothing was saved."
    assert [words for code, words in said if code and late not in words] == []
    assert SheetImport.objects.count() == 1
    assert TrackedRecommendation.objects.count() == 3
    assert verification.verify() == []


def long_register(folder: Path, name: str, count: int) -> Path:
    """A register of so many rows of a report of its own."""
    lines = [
        (f"{name}-{n}", f"Report {name}", "15/1/2020", str(n), f"The force should do {n}.", "", "30/9/2020", "Green")
        for n in range(1, count + 1)
    ]
    return register(folder, *lines, name=f"{name}.xlsx", headings=HEADINGS)


def kill_at_random(times: int, count: int, folder: Path, mapping: Path) -> int:
    """Kill the import of so many rows at so many moments; it is in whole or not at all. How many did not finish."""
    first = long_register(folder, "first", count)
    longest, dice, killed = takes(lambda: start(first, mapping)), random.Random(55), 0
    for place in range(times):
        before = counts()
        file = long_register(folder, f"file{place}", count)
        running = start(file, mapping)
        time.sleep(longest * (place + dice.random()) / times)
        running.kill()
        killed += ended(running)[0] == -signal.SIGKILL
        added = [now - then for now, then in zip(counts(), before, strict=True)]
        assert added in ([0] * len(COUNTED), [1, count, count, count])
        assert verification.verify() == []
        assert ended(start(file, mapping)) == (0, "")
        assert [now - then for now, then in zip(counts(), before, strict=True)] == [1, count, count, count]
    assert verification.verify() == []
    return killed


@pytest.mark.sqlite_alone
def test_an_import_that_is_killed_leaves_nothing_half_done(shared_database, westmarch, tmp_path, mapping):
    assert kill_at_random(3, SOME, tmp_path, mapping) > 0


@pytest.mark.soak
def test_an_import_that_is_killed_twenty_times_leaves_nothing_half_done(shared_database, westmarch, tmp_path, mapping):
    assert kill_at_random(20, LONG, tmp_path, mapping) > 10
