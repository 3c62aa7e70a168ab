"""The work on papers' files outside requests: one build at a time, watched, and given up where another has it.

Whoever runs this (manage.py build_papers) may be killed at any moment: what is kept of a paper and that its build is
done are one transaction, and a build whose worker falls silent is taken up by the next one.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from django.db import DatabaseError, connection, connections, transaction

from recommendations import trail
from recommendations.domain.papers import builds
from recommendations.domain.papers.builds import BROKEN, FINAL, TakenOver
from recommendations.domain.papers.finalising import RenderPaper, Unhurried, finalise_paper, preview_paper
from recommendations.domain.papers.joint.counts import count_joint
from recommendations.domain.papers.joint.papers import check_joint
from recommendations.domain.papers.papers import check_can_finalise
from recommendations.domain.papers.sections.counts import count_papers
from recommendations.domain.writing.refusals import NotAllowed, Refusal, RenderFailed
from recommendations.enums import BuildKind, BuildStep
from recommendations.models import PaperBuild, ScrutinyReport, User

logger = logging.getLogger(__name__)


def ask_to_finalise(*, paper: ScrutinyReport, by: User, at: datetime.datetime) -> PaperBuild:
    """Ask for a paper to be finalised, where it can be now and by this person. Raises Refusal where it cannot.

    What it counts is enough to say so.
    """
    check_before_asking(paper, by=by, at=at)
    return builds.ask(paper=paper, kind=BuildKind.FINALISE, by=by, at=at)


def check_before_asking(paper: ScrutinyReport, *, by: User, at: datetime.datetime) -> None:
    """Raise Refusal where a paper cannot be finalised now, or not by this person. Reads only."""
    if not paper.is_draft:
        raise Refusal(FINAL)
    if paper.is_joint:
        check_joint(paper, count_joint(paper=paper, known_at=at), by=by, at=at)
    else:
        check_can_finalise(paper, count_papers([paper], at)[paper.own_force.pk], by=by, at=at)


class Watched(Unhurried):
    """Tells how far a build has come, and keeps only what is still this worker's to keep."""

    def __init__(self, build: PaperBuild, clock: Callable[[], datetime.datetime]) -> None:
        self.build, self.clock = build, clock

    def step(self, step: BuildStep) -> None:
        """Raises TakenOver where another worker has the build now."""
        if not builds.beat(self.build, at=self.clock(), step=step):
            raise TakenOver

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """One transaction for what is kept and for the build's being done. The person is looked at once more."""
        with transaction.atomic():
            builds.hold(self.build)
            builds.who_finalises(self.build)
            yield
            builds.finish(self.build, at=self.clock())

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Say every few seconds that the work goes on, from a thread with a connection of its own."""
        if connection.in_atomic_block:  # a test's own transaction: nobody else sees the build
            yield
            return
        over = Event()
        thread = Thread(target=self._beat, args=(over, self.clock() + builds.LIMIT), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, over: Event, until: datetime.datetime) -> None:
        """Until the work is over, or has taken longer than one attempt may: then the next worker takes it up."""
        goes_on = True
        while goes_on and not over.wait(builds.BEAT.total_seconds()) and self.clock() < until:
            with suppress(DatabaseError):  # one that is missed: the next says it
                goes_on = builds.beat(self.build, at=self.clock())
            connections.close_all()


def build_next(clock: Callable[[], datetime.datetime], *, render: RenderPaper) -> PaperBuild | None:
    """Take one build and do its work; return it with what became of it. None where nothing waits.

    `clock` gives the moment of each step, in UTC; `render` makes the PDF.
    """
    build = builds.claim_next(at=clock())
    if build is None:
        return None
    watch = Watched(build, clock)
    try:
        with watch.beating():
            _make(build, render, watch)
    except TakenOver:
        logger.warning("Build %s was taken over.", build.pk)
    except (RenderFailed, Refusal) as wrong:
        _record_refusal(build, wrong, clock())
        builds.fail(build, str(wrong), at=clock())
    except Exception:
        logger.exception("Build %s failed.", build.pk)
        builds.fail(build, BROKEN, at=clock())
    except BaseException:  # the worker is being stopped
        builds.release(build)
        raise
    return build


def _make(build: PaperBuild, render: RenderPaper, watch: Watched) -> None:
    paper, at = ScrutinyReport.objects.get(pk=build.paper_id), build.started_at
    assert at is not None  # paperbuild_state_has_its_moments
    if build.kind == BuildKind.FINALISE:
        finalise_paper(paper=paper, render=render, by=builds.who_finalises(build), at=at, watch=watch)
    elif not paper.is_draft:
        raise Refusal(FINAL)
    else:
        content = preview_paper(paper=paper, render=render, at=at, watch=watch)
        builds.finish(build, at=watch.clock(), content=content)


def _record_refusal(build: PaperBuild, wrong: Exception, at: datetime.datetime) -> None:
    """Who is refused what is their own work is on the trail, as when a page refuses it."""
    if isinstance(wrong, NotAllowed):
        about = f"{build.get_kind_display()} {build.paper_id}"
        trail.record(by=build.asked_by, at=at, verb="refused", reason=wrong.message, about=about)
