"""What is made outside the request that asks for it: who works on it, how far it is, what became of it.

A build is taken by one worker, which says every few seconds that it is at work. One that falls silent was killed: the
next worker takes the build up. Each step is a conditional UPDATE with the number of the attempt, so that a worker that
was thought dead finds its build taken, and keeps nothing (docs/adr/0014).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from recommendations.domain.writing.conditional_update import update_if_unchanged
from recommendations.enums import BuildState
from recommendations.models.builds import Build
from recommendations.periods import LONDON, say_nth

BEAT = datetime.timedelta(seconds=10)  # how often a worker says that it is at work
SILENT = datetime.timedelta(seconds=60)  # after so long without a word, it was killed
LIMIT = datetime.timedelta(minutes=15)  # for one attempt: a joint paper is several PDFs
WAITS = datetime.timedelta(minutes=30)  # from asking until somebody gives up
QUIET = datetime.timedelta(minutes=1)  # of waiting, without a worker: worth a word
MOST = 3  # attempts

NOBODY = "It was not started within 30 minutes. Ask the person who runs Oversight whether build_papers is running."
STOPPED = "It was stopped before it was finished, and was not started again in time."
BROKEN = "It was not made, because of an error in Oversight. The error is in the log."


class TakenOver(Exception):
    """Another worker has this build now, or it was given up. Whoever is told so keeps nothing."""


@dataclass(frozen=True)
class Progress:
    """How far a build is, in words and in steps; `problem` says why nothing comes of it."""

    words: str
    done: int
    total: int
    is_unfinished: bool
    problem: str = ""


def under_way[AnyBuild: Build](rows: QuerySet[AnyBuild], at: datetime.datetime) -> AnyBuild | None:
    """The first of these unfinished ones, if it may still be finished; if it is too late for that, it has failed."""
    found = rows.first()
    return None if found is None or give_up_if_late(found, at) else found


def give_up_if_late(build: Build, at: datetime.datetime) -> bool:
    """Mark as failed what will not be finished any more; whether it is so."""
    why = why_given_up(build, at)
    return bool(why) and update_if_unchanged(build, state=BuildState.FAILED, problem=why, ended_at=at)


def why_given_up(build: Build, at: datetime.datetime) -> str:
    """Why an unfinished build will not be finished any more; empty while it may be."""
    late = at - build.asked_at > WAITS
    if build.state == BuildState.WAITING and late:
        return NOBODY
    if is_silent(build, at) and (late or build.attempts >= MOST):
        return STOPPED
    return ""


def is_silent(build: Build, at: datetime.datetime) -> bool:
    """Whether the worker that has it has not said for so long that it is at work that it must be dead."""
    return build.state == BuildState.RUNNING and build.beat_at is not None and at - build.beat_at > SILENT


def claim_next[AnyBuild: Build](model: type[AnyBuild], *, step: str, at: datetime.datetime) -> AnyBuild | None:
    """Take the build that waits longest, or one whose worker fell silent, at its first step. None where there is none.

    What nobody finished in its time is marked as failed.
    """
    for build in model.objects.unfinished().order_by("asked_at", "pk"):
        if why_given_up(build, at):
            give_up_if_late(build, at)
        elif build.state == BuildState.WAITING or is_silent(build, at):
            begun = {"state": BuildState.RUNNING, "step": step, "started_at": at, "beat_at": at}
            if update_if_unchanged(build, attempts=build.attempts + 1, **begun):
                return build
    return None


def beat(build: Build, *, at: datetime.datetime, step: str | None = None) -> bool:
    """Say that the work goes on, and at which step. False: another worker has it now."""
    return update_if_unchanged(build, beat_at=at, **({"step": step} if step else {}))


def finish(build: Build, *, at: datetime.datetime, **made: Any) -> None:
    """It is made; `made` are the columns that hold what. Raises TakenOver."""
    if not update_if_unchanged(build, state=BuildState.DONE, ended_at=at, **made):
        raise TakenOver


def fail(build: Build, problem: str, *, at: datetime.datetime) -> None:
    """Nothing came of it, and `problem` says why. Whoever took it over meanwhile goes on."""
    update_if_unchanged(build, state=BuildState.FAILED, problem=problem, ended_at=at)


def release(build: Build) -> None:
    """Give it back unless it is finished: the worker is being stopped, and another one begins it again."""
    build.state = BuildState.RUNNING  # what this worker wrote last may have been rolled back
    update_if_unchanged(build, state=BuildState.WAITING, step="")


def progress_of(build: Build, steps: Sequence[Any], at: datetime.datetime) -> Progress:
    """How far it is at a moment, in its `steps` (members of an enum).

    What nobody finished in its time has failed, whether a worker said so or not.
    """
    problem = build.problem or why_given_up(build, at)
    if problem:
        return Progress("", 0, len(steps), is_unfinished=False, problem=problem)
    if not build.is_unfinished:
        return Progress(str(BuildState(build.state).label), len(steps), len(steps), is_unfinished=False)
    done = [*steps].index(build.step) if build.step else 0
    return Progress(_words(build, str(steps[done].label), at), done, len(steps), is_unfinished=True)


def _words(build: Build, step: str, at: datetime.datetime) -> str:
    if build.state == BuildState.WAITING:
        late = " It has not started yet: is build_papers running?" if at - build.asked_at > QUIET else ""
        return f"Waiting for its turn.{late}"
    if is_silent(build, at):
        return "It was stopped. It is starting again."
    again = f" This is the {say_nth(build.attempts)} attempt." if build.attempts > 1 else ""
    return f"{step}.{again}"


def clock_time(moment: datetime.datetime) -> str:
    """A moment of today in London: "10:31"."""
    return f"{moment.astimezone(LONDON):%H:%M}"
