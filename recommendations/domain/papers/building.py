"""Build papers' files outside requests, one at a time, reporting progress.

The worker (manage.py build_papers) can be killed at any moment: the paper's files and the build's completion are saved
in one transaction, and another worker takes over a build whose worker has stopped reporting.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from recommendations.domain.builds.building import WatchedBuild, work_on
from recommendations.domain.papers import builds
from recommendations.domain.papers.builds import FINAL
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.finalising import LongBuild, RenderPaper, finalise_paper, preview_paper
from recommendations.domain.papers.joint.papers import CompiledJoint, check_joint, compile_joint
from recommendations.domain.papers.papers import check_can_finalise
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildKind
from recommendations.models import PaperBuild, ScrutinyReport, User


def ask_to_finalise(*, paper: ScrutinyReport, by: User, at: datetime.datetime) -> PaperBuild:
    """Ask for a paper to be finalised. Raises Refusal if it cannot be finalised now, or not by this person."""
    compile_to_finalise(paper, by=by, at=at)
    return builds.ask(paper=paper, kind=BuildKind.FINALISE, by=by, at=at)


def compile_to_finalise(paper: ScrutinyReport, *, by: User, at: datetime.datetime) -> Figures | CompiledJoint:
    """Compile a draft as it would be finalised now. Reads only.

    Raises Refusal or NotAllowed if this person cannot finalise it now.
    """
    if not paper.is_draft:
        raise Refusal(FINAL)
    if paper.is_joint:
        compiled = compile_joint(paper=paper, known_at=at)
        check_joint(paper, compiled, by=by, at=at)
        return compiled
    figures = compile_figures(paper=paper, known_at=at)
    check_can_finalise(paper, figures, by=by, at=at)
    return figures


class PaperBuildObserver(WatchedBuild, LongBuild):
    """Reports a build's progress, and saves its result only if the build still belongs to this worker."""

    build: PaperBuild

    @contextmanager
    def saving(self) -> Iterator[None]:
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
    observer = PaperBuildObserver(build, clock)
    work_on(build, observer, lambda: _make(build, render, observer))
    return build


def _make(build: PaperBuild, render: RenderPaper, observer: PaperBuildObserver) -> None:
    paper, at = ScrutinyReport.objects.get(pk=build.paper_id), build.started_at
    assert at is not None  # paperbuild_state_has_its_moments
    if build.kind == BuildKind.FINALISE:
        finalise_paper(paper=paper, render=render, by=builds.who_finalises(build), at=at, observer=observer)
    elif not paper.is_draft:
        raise Refusal(FINAL)
    else:
        content = preview_paper(paper=paper, render=render, at=at, observer=observer)
        builds.finish(build, at=observer.clock(), content=content)
