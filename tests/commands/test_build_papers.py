"""manage.py build_papers: one pass does all that waits, says what became of it, and says when nothing waits."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recommendations.domain.papers import papers
from recommendations.domain.papers.building import ask_to_finalise
from recommendations.domain.people import records
from recommendations.enums import BuildState
from recommendations.last_runs import last_run
from recommendations.management.commands import build_papers as worker
from recommendations.models import PaperBuild, ScrutinyReport
from tests.makers.quarters import PASSED
from tests.per_module import per_module


@per_module
def asked(westmarch, body, officer, approver):
    paper = papers.prepare(force=westmarch, start=PASSED.start, end=PASSED.end, by=officer, at=timezone.now())
    return ask_to_finalise(paper=paper, by=approver, at=timezone.now())


def run() -> tuple[str, str]:
    out, wrong = io.StringIO(), io.StringIO()
    call_command("build_papers", stdout=out, stderr=wrong)
    return out.getvalue().strip(), wrong.getvalue().strip()


def test_what_waits_is_made_once(asked):
    days = f"{PASSED.start:%-d %B %Y} to {PASSED.end:%-d %B %Y}"
    said = f"Finalise the paper: Scrutiny report: Westmarch Police, {days}: made"
    assert [run(), run()] == [(said, ""), ("Nothing waits to be made.", "")]
    assert not ScrutinyReport.objects.get().is_draft


@pytest.mark.django_db
def test_a_pass_without_waiting_is_noted_for_monitoring(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    assert last_run("build_papers") is None
    run()
    assert timezone.now() - last_run("build_papers").at < datetime.timedelta(minutes=1)


class Clock:
    """Time that passes only where the worker sleeps. After a minute it is stopped."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def perf_counter(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now > 60:
            raise SystemExit(0)


@pytest.fixture
def clock(monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    clock = Clock()
    monkeypatch.setattr(worker, "time", clock)
    return clock


def waiting_worker() -> worker.Command:
    """One that has tidied up, and with that closed the connection if it was old: here it is the test's."""
    command = worker.Command(stdout=io.StringIO())
    command.tidied_at = 0
    return command


def test_a_worker_with_nothing_to_make_makes_less_than_one_query_a_second(db, clock):
    with CaptureQueriesContext(connection) as queries, pytest.raises(SystemExit):
        waiting_worker().wait_for_builds()
    assert len(queries) == 42


def test_what_is_asked_for_while_it_waits_is_begun_within_two_seconds(asked, clock):
    build = PaperBuild.objects.get()
    PaperBuild.objects.filter(pk=build.pk).update(state=BuildState.DONE, ended_at=build.asked_at)
    command, begun = waiting_worker(), []

    def ask_again(seconds: float) -> None:
        clock.now += seconds
        if clock.now == 30:
            PaperBuild.objects.filter(pk=build.pk).update(state=BuildState.WAITING, ended_at=None)
        elif clock.now > 30 and not PaperBuild.objects.filter(pk=build.pk, state=BuildState.WAITING).exists():
            begun.append(clock.now)
            raise SystemExit(0)

    clock.sleep = ask_again
    with pytest.raises(SystemExit):
        command.wait_for_builds()
    assert begun == [32]


def test_what_is_refused_is_said_beside_it(asked, approver):
    approver.is_active = False
    records.keep(record=approver, by=None, at=timezone.now())
    out, wrong = run()
    assert out == ""
    assert wrong.endswith("Margaret Osei can no longer finalise papers. Another approving officer can.")
    assert ScrutinyReport.objects.get().is_draft
