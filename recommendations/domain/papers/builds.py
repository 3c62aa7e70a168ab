"""Making a paper's file outside the request that asks for it: who asked, who works on it, what became of it.

A build is taken by one worker, which says every few seconds that it is at work. One that falls silent was killed: the
next worker takes the build up. Each step is a conditional UPDATE with the number of the attempt, so that a worker that
was thought dead finds its build taken, and keeps nothing (docs/adr/0014).
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from recommendations.domain.writing.records import locked
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import BuildKind, BuildState, BuildStep
from recommendations.models import PaperBuild, ScrutinyReport, TrackedRecommendation, User
from recommendations.periods import LONDON, say_nth
from recommendations.permissions import May

LARGE = 100  # recommendations: a draft of more is made outside the request
BEAT = datetime.timedelta(seconds=10)  # how often a worker says that it is at work
SILENT = datetime.timedelta(seconds=60)  # after so long without a word, it was killed
LIMIT = datetime.timedelta(minutes=15)  # for one attempt: a joint paper is several PDFs
WAITS = datetime.timedelta(minutes=30)  # from asking until somebody gives up
QUIET = datetime.timedelta(minutes=1)  # of waiting, without a worker: worth a word
MOST = 3  # attempts
STEPS = list(BuildStep)

FINAL = "This paper is finalised already. Its figures and its file are kept as they were."
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


def is_large(paper: ScrutinyReport) -> bool:
    """Whether the PDF of this draft takes too long for a request: it lists more than LARGE recommendations."""
    forces = paper.parts.values_list("force", flat=True) if paper.is_joint else [paper.force_id]
    return TrackedRecommendation.objects.filter(force__in=forces).count() > LARGE


def ask(*, paper: ScrutinyReport, kind: BuildKind, by: User, at: datetime.datetime) -> PaperBuild:
    """Ask for a paper's file: the build that waits or runs already, else a new one.

    Raises Refusal where the paper is finalised, or where somebody else asked to finalise it.
    """
    with transaction.atomic():
        if not locked(paper).is_draft:
            raise Refusal(FINAL)
        found = PaperBuild.objects.unfinished().filter(paper=paper, kind=kind).select_related("asked_by").first()
        if found and (why := why_given_up(found, at)):
            _move(found, state=BuildState.FAILED, problem=why, ended_at=at)
        elif found:
            if kind == BuildKind.FINALISE and found.asked_by_id != by.pk:
                raise Refusal(f"{found.asked_by.name} asked for this at {clock_time(found.asked_at)}: wait for that.")
            return found
        # written at once: a build is no record; what comes of it is
        return PaperBuild.objects.create(paper=paper, kind=kind, asked_by=by, asked_at=at)


def why_given_up(build: PaperBuild, at: datetime.datetime) -> str:
    """Why an unfinished build will not be finished any more; empty while it may be."""
    late = at - build.asked_at > WAITS
    if build.state == BuildState.WAITING and late:
        return NOBODY
    if is_silent(build, at) and (late or build.attempts >= MOST):
        return STOPPED
    return ""


def is_silent(build: PaperBuild, at: datetime.datetime) -> bool:
    """Whether the worker that has it has not said for so long that it is at work that it must be dead."""
    return build.state == BuildState.RUNNING and build.beat_at is not None and at - build.beat_at > SILENT


def claim_next(*, at: datetime.datetime) -> PaperBuild | None:
    """Take the build that waits longest, or one whose worker fell silent. None where there is none.

    What nobody finished in its time is marked as failed.
    """
    for build in PaperBuild.objects.unfinished().order_by("asked_at", "pk"):
        if why := why_given_up(build, at):
            _move(build, state=BuildState.FAILED, problem=why, ended_at=at)
        elif build.state == BuildState.WAITING or is_silent(build, at):
            begun = {"state": BuildState.RUNNING, "step": BuildStep.FIGURES, "started_at": at, "beat_at": at}
            if _move(build, attempts=build.attempts + 1, **begun):
                return build
    return None


def beat(build: PaperBuild, *, at: datetime.datetime, step: BuildStep | None = None) -> bool:
    """Say that the work goes on, and at which step. False: another worker has it now."""
    return _move(build, beat_at=at, **({"step": step} if step else {}))


def hold(build: PaperBuild) -> None:
    """Lock paper and build until the transaction ends. Raises TakenOver where it is not this worker's any more."""
    locked(build.paper)
    rows = PaperBuild.objects.select_for_update().filter(state=BuildState.RUNNING, attempts=build.attempts)
    if not rows.filter(pk=build.pk).exists():
        raise TakenOver


def who_finalises(build: PaperBuild) -> User:
    """The person who asked, as they are now. Raises NotAllowed where they may not finalise papers any more."""
    person = User.objects.get(pk=build.asked_by_id)
    if not person.has_perm(May.FINALISE_PAPER):
        raise NotAllowed(f"{person.name} can no longer finalise papers. Another approving officer can.")
    return person


def finish(build: PaperBuild, *, at: datetime.datetime, content: bytes | None = None) -> None:
    """It is made. Of a draft `content` is kept, and that of earlier ones is not. Raises TakenOver."""
    if not _move(build, state=BuildState.DONE, ended_at=at, content=content):
        raise TakenOver
    # written at once: only the latest draft's file is kept
    PaperBuild.objects.filter(paper=build.paper_id, content__isnull=False).exclude(pk=build.pk).update(content=None)


def fail(build: PaperBuild, problem: str, *, at: datetime.datetime) -> None:
    """Nothing came of it, and `problem` says why. Whoever took it over meanwhile goes on."""
    _move(build, state=BuildState.FAILED, problem=problem, ended_at=at)


def release(build: PaperBuild) -> None:
    """Give it back unless it is finished: the worker is being stopped, and another one begins it again."""
    build.state = BuildState.RUNNING  # what this worker wrote last may have been rolled back
    _move(build, state=BuildState.WAITING, step="")


def _move(build: PaperBuild, **values: Any) -> bool:
    """Change a build while it is where this worker left it: the conditional UPDATE keeps two workers apart."""
    rows = PaperBuild.objects.filter(pk=build.pk, state=build.state, attempts=build.attempts)
    # written at once: a conditional UPDATE keeps two workers apart
    moved = rows.update(**values) == 1
    if moved:
        for name, value in values.items():
            setattr(build, name, value)
    return moved


def latest_of(paper: ScrutinyReport) -> dict[str, PaperBuild]:
    """The newest build of each kind of a paper, by kind. One query."""
    builds = PaperBuild.objects.filter(paper=paper).defer("content").select_related("asked_by")
    return {build.kind: build for build in builds.order_by("asked_at", "pk")}


def made_of(paper: ScrutinyReport) -> bytes | None:
    """The PDF of a draft that was made last, where one is kept."""
    build = PaperBuild.objects.filter(paper=paper, content__isnull=False).first()
    return bytes(build.content) if build and build.content is not None else None


def has_file(build: PaperBuild) -> bool:
    """Whether the PDF that was made is still kept: no newer one was made, and the paper is a draft."""
    return PaperBuild.objects.filter(pk=build.pk, content__isnull=False).exists()


def progress_of(build: PaperBuild, at: datetime.datetime) -> Progress:
    """How far it is at a moment. What nobody finished in its time has failed, whether a worker said so or not."""
    problem = build.problem or why_given_up(build, at)
    if problem:
        return Progress("", 0, len(STEPS), is_unfinished=False, problem=problem)
    if not build.is_unfinished:
        return Progress(build.get_state_display(), len(STEPS), len(STEPS), is_unfinished=False)
    done = STEPS.index(BuildStep(build.step)) if build.step else 0
    return Progress(_words(build, at), done, len(STEPS), is_unfinished=True)


def _words(build: PaperBuild, at: datetime.datetime) -> str:
    if build.state == BuildState.WAITING:
        late = " It has not started yet: is build_papers running?" if at - build.asked_at > QUIET else ""
        return f"Waiting for its turn.{late}"
    if is_silent(build, at):
        return "It was stopped. It is starting again."
    again = f" This is the {say_nth(build.attempts)} attempt." if build.attempts > 1 else ""
    return f"{build.get_step_display()}.{again}"


def clock_time(moment: datetime.datetime) -> str:
    """A moment of today in London: "10:31"."""
    return f"{moment.astimezone(LONDON):%H:%M}"
