"""Papers' files while things go wrong: two workers at once, a worker or its child killed, a worker that is stopped.

What holds: figures, file, the trail's entry and that the build is done are kept together or not at all; a build is done
once; one whose worker was killed is taken up again or given up, and can be asked for again.
"""

import datetime
import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.audit import verification
from recommendations.domain.builds.builds import MOST, SILENT, STOPPED, BuildReclaimed
from recommendations.domain.papers import building, builds, papers
from recommendations.domain.papers.building import ask_to_finalise, build_next
from recommendations.domain.papers.due import make_due
from recommendations.domain.papers.verification import check_papers
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildState, BuildStep, Role
from recommendations.models import IssuedFile, PaperBuild, ScrutinyReport, TrailEntry
from tests.conftest import make_inspection, make_person, make_tracked
from tests.faults.installation import until
from tests.faults.processes import Command, takes
from tests.makers.builds import kept_alone
from tests.makers.quarters import PASSED

DAY = datetime.timedelta(days=1)
PATIENCE = 60  # seconds for a process to come to a step


@pytest.fixture
def draft(shared_database, westmarch, body, officer):
    make_tracked(make_inspection(westmarch))
    return papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())


@pytest.fixture
def asked(draft, approver):
    return ask_to_finalise(paper=draft, by=approver, at=timezone.now())


class Worker(Command):
    """The command in a process of its own, which can be killed, and so can the child that makes the PDF."""

    def __init__(self, *options: str):
        super().__init__("build_papers", *options)

    def reach(self, step: BuildStep, attempt: int = 1) -> None:
        """Wait until a build is at this step, for the so many-th time."""
        until = time.monotonic() + PATIENCE
        while not PaperBuild.objects.filter(state=BuildState.RUNNING, step=step, attempts=attempt).exists():
            assert time.monotonic() < until
            assert self.process.is_alive()
            time.sleep(0.01)

    def child(self) -> int:
        """The process that makes the PDF."""
        until = time.monotonic() + PATIENCE
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        while not listed.read_text().split():
            assert time.monotonic() < until
            time.sleep(0.01)
        return int(listed.read_text().split()[0])

    def end(self) -> tuple[int, str]:
        """Its exit code, and what it said was wrong; without the log's line for each file that it made."""
        code, _, said = super().end()
        return code, "".join(line for line in said.splitlines(keepends=True) if " INFO build outcome=done " not in line)


def grow_silent() -> None:
    """As if the worker that was killed had been killed some time ago."""
    for build in PaperBuild.objects.filter(state=BuildState.RUNNING):
        PaperBuild.objects.filter(pk=build.pk).update(beat_at=build.beat_at - 2 * SILENT)


def kept() -> tuple:
    """What there is of a finalised paper: its state, files, entries, and what is wrong."""
    entries = TrailEntry.objects.filter(verb="finalise_paper").count()
    wrong = [*verification.verify(), *(problem for check in check_papers() for problem in check.problems)]
    return (not ScrutinyReport.objects.get().is_draft, IssuedFile.objects.count(), entries, wrong)


NOTHING, WHOLE = (False, 0, 0, []), (True, 1, 1, [])


def state() -> tuple[str, int, str]:
    build = PaperBuild.objects.order_by("-pk").first()
    return build.state, build.attempts, build.problem


def test_of_many_who_ask_at_once_there_is_one_build(at_once, draft, approver):
    asked = at_once(6, lambda _: ask_to_finalise(paper=draft, by=approver, at=timezone.now()).pk)
    assert (len(set(asked)), PaperBuild.objects.count()) == (1, 1)


def test_of_two_people_who_ask_at_once_one_hears_of_the_other(at_once, draft, approver):
    people = [approver, make_person("Sam Second", Role.APPROVING_OFFICER)]

    def work(place):
        try:
            ask_to_finalise(paper=draft, by=people[place], at=timezone.now())
        except Refusal as refused:
            return refused.message.partition(" at ")[0]
        return ""

    said = sorted(at_once(2, work))
    assert said == ["", f"{PaperBuild.objects.get().asked_by.name} asked for this"]


def test_many_workers_at_once_build_once(at_once, asked):
    built = at_once(4, lambda _: build_next(timezone.now, render=render_paper))
    assert [build.state for build in built if build] == [BuildState.DONE]
    assert kept() == WHOLE


@pytest.mark.soak
def test_two_processes_at_once_build_once(asked):
    workers = [Worker(), Worker()]
    assert [worker.end() for worker in workers] == [(0, "")] * 2
    assert (kept(), state()) == (WHOLE, (BuildState.DONE, 1, ""))


@pytest.mark.sqlite_alone
@pytest.mark.parametrize("step", [pytest.param(BuildStep.FIGURES, marks=pytest.mark.soak), BuildStep.PDF])
def test_a_worker_that_is_killed_leaves_nothing_half_done_and_the_next_takes_it_up(asked, step):
    worker = Worker()
    worker.reach(step)
    worker.kill()
    assert (kept(), state()) == (NOTHING, (BuildState.RUNNING, 1, ""))
    assert Worker().end() == (0, "")
    assert (kept(), state()) == (NOTHING, (BuildState.RUNNING, 1, ""))  # it might be at work still
    grow_silent()
    assert Worker().end() == (0, "")
    assert (kept(), state()) == (WHOLE, (BuildState.DONE, 2, ""))


@pytest.mark.sqlite_alone
def test_a_child_that_is_killed_is_the_reason_and_it_can_be_tried_again(asked, draft, approver):
    worker = Worker()
    worker.reach(BuildStep.PDF)
    os.kill(worker.child(), signal.SIGKILL)
    code, said = worker.end()
    assert code == 0
    found, attempts, problem = state()
    assert (found, attempts, problem in said) == (BuildState.FAILED, 1, True)
    assert problem == "The PDF needed more than 2,048 MB of memory, so it was not made."
    assert kept() == NOTHING
    ask_to_finalise(paper=draft, by=approver, at=timezone.now())
    assert build_next(timezone.now, render=kept_alone).state == BuildState.DONE
    assert (kept(), state()) == (WHOLE, (BuildState.DONE, 1, ""))


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_what_is_killed_again_and_again_is_given_up_and_can_be_tried_again(asked, draft, approver):
    for attempt in range(1, MOST + 1):
        worker = Worker()
        worker.reach(BuildStep.PDF, attempt)
        worker.kill()
        grow_silent()
    assert Worker().end() == (0, "")
    assert (kept(), state()) == (NOTHING, (BuildState.FAILED, MOST, STOPPED))
    ask_to_finalise(paper=draft, by=approver, at=timezone.now())
    assert Worker().end() == (0, "")
    assert kept() == WHOLE


@pytest.mark.sqlite_alone
@pytest.mark.parametrize("how", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.soak)])
def test_a_worker_that_is_stopped_gives_back_what_it_makes(asked, how):
    worker = Worker("--wait")
    worker.reach(BuildStep.PDF)
    worker.child()
    os.kill(worker.pid, how)
    assert worker.end()[0] == 0
    assert (kept(), state()) == (NOTHING, (BuildState.WAITING, 1, ""))
    assert build_next(timezone.now, render=kept_alone).state == BuildState.DONE
    assert kept() == WHOLE


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_a_worker_that_waits_takes_up_what_is_asked_for_later_and_stops_at_once(draft, approver):
    worker = Worker("--wait")
    ask_to_finalise(paper=draft, by=approver, at=timezone.now())
    until = time.monotonic() + PATIENCE
    while state()[0] != BuildState.DONE:
        assert time.monotonic() < until
        time.sleep(0.05)
    os.kill(worker.pid, signal.SIGTERM)
    code, wrong = worker.end()
    # Python says so of a signal that came in a finaliser; the worker sends itself another
    assert (code, "" if wrong.endswith("SystemExit: 0\n") else wrong) == (0, "")
    assert kept() == WHOLE


def processor_seconds(pid: int) -> float:
    """What a process, its threads and its children have taken of a processor."""
    children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    threads = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return sum(int(each.split()[0]) for each in threads) / 1e9 + sum(map(processor_seconds, children))


@pytest.mark.soak
def test_a_worker_that_waits_takes_next_to_nothing_of_a_processor(shared_database, shows):
    worker, seconds, shares = Worker("--wait"), 20, []
    until(lambda: (worker.folder / "last-runs/build_papers.json").exists())
    for _ in range(3):  # in the first the process that makes the next PDF gets ready
        before = processor_seconds(worker.pid)
        time.sleep(seconds)
        shares.append((processor_seconds(worker.pid) - before) / seconds)
    share = min(shares)
    os.kill(worker.pid, signal.SIGTERM)
    worker.end()
    shows(f"a worker with nothing to make takes {share:.2%} of a processor on {connection.vendor}")
    assert share <= 0.002


def test_a_worker_that_was_thought_dead_keeps_nothing(asked):
    """It comes back from a long sleep when the file is made: another has the build."""

    class Slept(building.PaperBuildObserver):
        def step(self, step):
            super().step(step)
            if step == BuildStep.KEEPING:
                grow_silent()
                assert builds.claim_next(at=timezone.now()) is not None

    build = builds.claim_next(at=timezone.now())
    with pytest.raises(BuildReclaimed):
        building._make(build, kept_alone, Slept(build, timezone.now))
    assert (kept(), state()) == (NOTHING, (BuildState.RUNNING, 2, ""))


def test_of_many_runs_at_once_each_due_draft_is_made_once(at_once, westmarch, eastvale, body):
    on = PASSED.end + DAY
    made = at_once(4, lambda _: [paper.about for paper in make_due(on, timezone.now())])
    assert sorted(name for names in made for name in names) == ["Eastvale Police", "Westmarch Police"]
    assert (ScrutinyReport.objects.count(), verification.verify()) == (2, [])


def correct() -> None:
    """The next draft, where the newest paper is finalised."""
    if not ScrutinyReport.objects.filter(state="draft").exists():
        papers.correct(paper=ScrutinyReport.objects.order_by("-issue").first(), by=None, at=timezone.now())


@pytest.mark.soak
def test_thirty_kills_at_any_moment_leave_nothing_or_all(asked, approver):
    longest, chance, killed = takes(Worker), random.Random(5), 0
    for _ in range(30):
        correct()
        ask_to_finalise(paper=ScrutinyReport.objects.get(state="draft"), by=approver, at=timezone.now())
        worker = Worker()
        time.sleep(chance.uniform(0, longest))
        worker.kill()
        killed += worker.end()[0] == -signal.SIGKILL
        grow_silent()
        finalised = ScrutinyReport.objects.exclude(state="draft").count()
        entries = TrailEntry.objects.filter(verb="finalise_paper").count()
        assert finalised == IssuedFile.objects.count() == entries
        assert verification.verify() == []
    assert killed > 15
