"""The states of background builds: which worker has one, its progress, its outcome.

One worker claims a build and sends heartbeats. If it goes silent, it was killed, and the next worker takes over. Each
step is a conditional UPDATE on the attempt's number, so that a worker presumed dead finds its build taken, and saves
nothing (docs/adr/0014).
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

BEAT = datetime.timedelta(seconds=10)  # between heartbeats
SILENT = datetime.timedelta(seconds=60)  # without a heartbeat: the worker was killed
LIMIT = datetime.timedelta(minutes=15)  # for one attempt: a joint paper is several PDFs
WAITS = datetime.timedelta(minutes=30)  # from the request until it is given up
QUIET = datetime.timedelta(minutes=1)  # of waiting without a worker: worth a remark
MOST = 3  # attempts

NOBODY = "It was not started within 30 minutes. Ask the person who runs Oversight whether build_papers is running."
STOPPED = "It was stopped before it was finished, and was not started again in time."
BROKEN = "It was not made, because of an error in Oversight. The error is in the log."


class BuildReclaimed(Exception):
    """Raised if another worker has this build now, or it was given up. The worker then saves nothing."""


@dataclass(frozen=True)
class Progress:
    """The progress of a build, in words and in steps; `problem` is why it failed."""

    words: str
    done: int
    total: int
    is_unfinished: bool
    problem: str = ""


def running_build[AnyBuild: Build](rows: QuerySet[AnyBuild], at: datetime.datetime) -> AnyBuild | None:
    """The first of these unfinished builds, unless it can't be finished any more: then it is marked as failed."""
    found = rows.first()
    return None if found is None or give_up_if_late(found, at) else found


def give_up_if_late(build: Build, at: datetime.datetime) -> bool:
    """Mark a build as failed if it can't be finished any more; returns whether it was."""
    why = why_given_up(build, at)
    return bool(why) and update_if_unchanged(build, state=BuildState.FAILED, problem=why, ended_at=at)


def why_given_up(build: Build, at: datetime.datetime) -> str:
    """Why an unfinished build can't be finished any more, or ""."""
    late = at - build.asked_at > WAITS
    if build.state == BuildState.WAITING and late:
        return NOBODY
    if is_silent(build, at) and (late or build.attempts >= MOST):
        return STOPPED
    return ""


def is_silent(build: Build, at: datetime.datetime) -> bool:
    """Whether the build's worker has sent no heartbeat for so long that it must be dead."""
    return build.state == BuildState.RUNNING and build.beat_at is not None and at - build.beat_at > SILENT


def is_any_unfinished(*models: type[Build]) -> bool:
    """Whether a build of one of these kinds waits or runs: one query, for a worker that asks again and again."""
    first, *others = (model.objects.unfinished().order_by().values("pk") for model in models)
    return first.union(*others, all=True).exists()


def claim_next[AnyBuild: Build](model: type[AnyBuild], *, step: str, at: datetime.datetime) -> AnyBuild | None:
    """Claim the oldest build that waits or whose worker went silent, at its first step, or return None.

    Builds that can't be finished any more are marked as failed.
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
    """Send a heartbeat, with the current step if given. False: another worker has it now."""
    return update_if_unchanged(build, beat_at=at, **({"step": step} if step else {}))


def finish(build: Build, *, at: datetime.datetime, **made: Any) -> None:
    """Mark a build as finished; `made` are the result's columns. Raises TakenOver."""
    if not update_if_unchanged(build, state=BuildState.DONE, ended_at=at, **made):
        raise BuildReclaimed


def fail(build: Build, problem: str, *, at: datetime.datetime) -> None:
    """Mark a build as failed, with the reason. Has no effect if another worker has taken it over."""
    update_if_unchanged(build, state=BuildState.FAILED, problem=problem, ended_at=at)


def release(build: Build) -> None:
    """Release an unfinished build, since the worker is being stopped, so that another one starts it again."""
    build.state = BuildState.RUNNING  # what this worker wrote last may have been rolled back
    update_if_unchanged(build, state=BuildState.WAITING, step="")


def progress_of(build: Build, steps: Sequence[Any], at: datetime.datetime) -> Progress:
    """The progress of a build at a moment. `steps` are the members of its enum of steps.

    A build that can't be finished any more counts as failed, whether or not it is marked so.
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
