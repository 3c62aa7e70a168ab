"""From a draft to a filed paper: compile, render outside any transaction, then keep figures and bytes together.

How figures become a file is given: documents/papers/rendering.py has the program's way.
"""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from recommendations.domain.audit.verification import one_moment
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.papers import Compiled, check_joint, compile_joint, finalise_joint
from recommendations.domain.papers.public_edition import leaves_out
from recommendations.enums import BuildStep
from recommendations.models import ScrutinyReport, User

# (figures or a joint paper's Compiled, author=, created_at=, seconds=, draft=False, public=False) → the PDF's bytes.
# `seconds` is the time that it may take, None what a request may take. Raises RenderFailed.
RenderPaper = Callable[..., bytes]


class Watch:
    """What is told how far a file has come, and around what it is kept. This one is for work that nobody watches."""

    seconds: int | None = None  # for the PDF

    def step(self, step: BuildStep) -> None:
        """The next step begins."""

    def keeping(self) -> AbstractContextManager[None]:
        """A context around the keeping of figures and file. What it raises, nothing is kept of."""
        return nullcontext()


class Unhurried(Watch):
    """For work that no request waits for: a large paper takes its time."""

    seconds = 300


UNWATCHED = Watch()


def preview_paper(
    *, paper: ScrutinyReport, render: RenderPaper, at: datetime.datetime, watch: Watch = UNWATCHED
) -> bytes:
    """The PDF of a draft as it would be now: the figures are live, and each page says so. Raises RenderFailed."""
    compiled = (compile_joint if paper.is_joint else compile_figures)(paper=paper, known_at=at)
    watch.step(BuildStep.PDF)
    return _renderer(paper, render, at, watch)(compiled, draft=True)


def finalise_paper(
    *, paper: ScrutinyReport, render: RenderPaper, by: User | None, at: datetime.datetime, watch: Watch = UNWATCHED
) -> ScrutinyReport:
    """Compile the figures as recorded up to `at` (UTC), make the PDF, keep both. Raises Refusal or RenderFailed.

    Where the edition for the public leaves something out, it is a file of its own.
    """
    if paper.is_joint:
        return _finalise_joint(paper, render, by=by, at=at, watch=watch)
    with one_moment():
        figures = compile_figures(paper=paper, known_at=at)
    papers.check_can_finalise(paper, figures, by=by, at=at)
    watch.step(BuildStep.PDF)
    content, public = _files(_renderer(paper, render, at, watch), figures, [figures])
    watch.step(BuildStep.KEEPING)
    with watch.keeping():
        return papers.finalise(paper=paper, figures=figures, content=content, public=public, by=by, at=at)


def _finalise_joint(
    paper: ScrutinyReport, render: RenderPaper, *, by: User | None, at: datetime.datetime, watch: Watch
) -> ScrutinyReport:
    """The same for a joint paper and its parts, together.

    Each force gets the paper that is about it as a file of its own, since it may not read the others' chapters.
    """
    with one_moment():
        compiled = compile_joint(paper=paper, known_at=at)
    check_joint(paper, compiled, by=by, at=at)
    watch.step(BuildStep.PDF)
    of_parts, made = [figures for _, figures in compiled.parts], _renderer(paper, render, at, watch)
    content, public = _files(made, compiled, of_parts)
    extracts = [made(figures) for figures in of_parts]
    watch.step(BuildStep.KEEPING)
    with watch.keeping():
        return finalise_joint(
            paper=paper, compiled=compiled, content=content, extracts=extracts, public=public, by=by, at=at
        )


def _renderer(paper: ScrutinyReport, render: RenderPaper, at: datetime.datetime, watch: Watch) -> RenderPaper:
    """`render` for one paper at one moment."""
    return partial(render, author=papers.author_of(paper), created_at=at, seconds=watch.seconds)


def _files(made: RenderPaper, compiled: Figures | Compiled, of_forces: Sequence[Figures]) -> tuple[bytes, bytes | None]:
    """The paper's PDF, and that of its edition for the public where that leaves something out."""
    return made(compiled), made(compiled, public=True) if leaves_out(of_forces) else None
