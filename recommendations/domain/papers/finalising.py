"""Finalise a draft paper: compile it, render it outside any transaction, then save figures and files together.

The function that renders figures is passed in: see documents/papers/rendering.py.
"""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from recommendations.domain.audit.verification import one_moment
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.papers import (
    CompiledJoint,
    check_joint,
    compile_joint,
    compile_paper,
    finalise_joint,
)
from recommendations.domain.papers.public_edition import leaves_out
from recommendations.enums import BuildStep
from recommendations.models import ScrutinyReport, User

# (Figures or CompiledJoint, author=, created_at=, seconds=, draft=False, public=False) → the PDF's bytes.
# `seconds` is the time limit, or None for that of a request. Raises RenderFailed.
RenderPaper = Callable[..., bytes]


class BuildObserver:
    """Receives the progress of a build and wraps the saving. This base class does nothing."""

    seconds: int | None = None  # for the PDF

    def step(self, step: BuildStep) -> None:
        """Report that the next step begins."""

    def saving(self) -> AbstractContextManager[None]:
        """Return a context manager around the saving. If it raises, nothing is saved."""
        return nullcontext()


class LongBuild(BuildObserver):
    """For work outside requests: a large paper may take longer."""

    seconds = 300


NO_OBSERVER = BuildObserver()


def preview_paper(
    *, paper: ScrutinyReport, render: RenderPaper, at: datetime.datetime, observer: BuildObserver = NO_OBSERVER
) -> bytes:
    """Return the PDF of a draft with its current figures, marked as a draft on each page. Raises RenderFailed."""
    compiled = compile_paper(paper=paper, known_at=at)
    observer.step(BuildStep.PDF)
    return _renderer(paper, render, at, observer)(compiled, draft=True)


def finalise_paper(
    *,
    paper: ScrutinyReport,
    render: RenderPaper,
    by: User | None,
    at: datetime.datetime,
    observer: BuildObserver = NO_OBSERVER,
) -> ScrutinyReport:
    """Compile the figures as recorded up to `at` (UTC), make the PDF and save both. Raises Refusal or RenderFailed.

    If the public edition leaves something out, it is saved as a second file.
    """
    if paper.is_joint:
        return _finalise_joint(paper, render, by=by, at=at, observer=observer)
    with one_moment():
        figures = compile_figures(paper=paper, known_at=at)
    papers.check_can_finalise(paper, figures, by=by, at=at)
    observer.step(BuildStep.PDF)
    content, public = _files(_renderer(paper, render, at, observer), figures, [figures])
    observer.step(BuildStep.KEEPING)
    with observer.saving():
        return papers.finalise(paper=paper, figures=figures, content=content, public=public, by=by, at=at)


def _finalise_joint(
    paper: ScrutinyReport, render: RenderPaper, *, by: User | None, at: datetime.datetime, observer: BuildObserver
) -> ScrutinyReport:
    """Finalise a joint paper together with its parts.

    Each force gets the paper about itself as a separate file, since it may not read the other forces' chapters.
    """
    with one_moment():
        compiled = compile_joint(paper=paper, known_at=at)
    check_joint(paper, compiled, by=by, at=at)
    observer.step(BuildStep.PDF)
    of_parts = [figures for _, figures in compiled.parts]
    render_file = _renderer(paper, render, at, observer)
    content, public = _files(render_file, compiled, of_parts)
    extracts = [render_file(figures) for figures in of_parts]
    observer.step(BuildStep.KEEPING)
    with observer.saving():
        return finalise_joint(
            paper=paper, compiled=compiled, content=content, extracts=extracts, public=public, by=by, at=at
        )


def _renderer(
    paper: ScrutinyReport, render: RenderPaper, at: datetime.datetime, observer: BuildObserver
) -> RenderPaper:
    """Return `render` with the arguments for one paper and moment filled in."""
    return partial(render, author=papers.author_of(paper), created_at=at, seconds=observer.seconds)


def _files(
    render_file: RenderPaper, compiled: Figures | CompiledJoint, of_forces: Sequence[Figures]
) -> tuple[bytes, bytes | None]:
    """Return the paper's PDF, and that of its public edition if it leaves something out."""
    return render_file(compiled), render_file(compiled, public=True) if leaves_out(of_forces) else None
