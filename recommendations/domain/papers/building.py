"""Build papers' files outside requests, one at a time, reporting progress.

The worker (manage.py build_papers) can be killed at any moment: the paper's files and the build's completion are saved
in one transaction, and another worker takes over a build whose worker has stopped reporting.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from recommendations.domain.papers import builds
from recommendations.domain.papers.builds import FINAL
from recommendations.domain.papers.finalising import RenderPaper, Unhurried, finalise_paper, preview_paper
from recommendations.domain.papers.joint.counts import count_joint
from recommendations.domain.papers.joint.papers import check_joint
from recommendations.domain.papers.papers import check_can_finalise
from recommendations.domain.papers.sections.counts import count_papers
from recommendations.domain.writing.building import WatchedBuild, work_on
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildKind
from recommendations.models import PaperBuild, ScrutinyReport, User


def ask_to_finalise(*, paper: ScrutinyReport, by: User, at: datetime.datetime) -> PaperBuild:
    """Ask for a paper to be finalised. Raises Refusal if it cannot be finalised now, or not by this person.

    The checks need only the paper's counts, not its full figures.
    """
    check_before_asking(paper, by=by, at=at)
    return builds.ask(paper=paper, kind=BuildKind.FINALISE, by=by, at=at)


def check_before_asking(paper: ScrutinyReport, *, by: User, at: datetime.datetime) -> None:
    """Raise Refusal or NotAllowed if this person cannot finalise the paper now. Reads only."""
    if not paper.is_draft:
        raise Refusal(FINAL)
    if paper.is_joint:
        check_joint(paper, count_joint(paper=paper, known_at=at), by=by, at=at)
    else:
        check_can_finalise(paper, count_papers([paper], at)[paper.own_force.pk], by=by, at=at)


class Watched(WatchedBuild, Unhurried):
    """Reports a build's progress, and saves its result only if the build still belongs to this worker."""

    build: PaperBuild

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Save the paper and complete the build in one transaction, checking again that the person may finalise it."""
        with transaction.atomic():
            builds.hold(self.build)
            builds.who_finalises(self.build)
            yield
            builds.finish(self.build, at=self.clock())


def build_next(clock: Callable[[], datetime.datetime], *, render: RenderPaper) -> PaperBuild | None:
    """Claim the next build, run it and return it with its outcome, or return None if no build is waiting.

    `clock` returns the current time in UTC at each step; `render` makes the PDF.
    """
    build = builds.claim_next(at=clock())
    if build is None:
        return None
    watch = Watched(build, clock)
    work_on(build, watch, lambda: _make(build, render, watch))
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
