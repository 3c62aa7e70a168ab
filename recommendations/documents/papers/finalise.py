"""From a draft to a filed paper: compile, render outside any transaction, then keep figures and bytes together."""

import datetime
from contextlib import nullcontext

from recommendations.documents.papers import finalise_joint as issuing_joint
from recommendations.documents.papers.document import public_paper, scrutiny_paper
from recommendations.documents.pdf.render import SECONDS, Rendered, render
from recommendations.domain.audit.verification import one_moment
from recommendations.domain.papers import papers
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.public_edition import leaves_out
from recommendations.domain.papers.sections.counts import count_papers
from recommendations.enums import BuildStep
from recommendations.models import ScrutinyReport
from recommendations.trail import COMMAND_LINE


class Watch:
    """What is told how far a file has come, and around what it is kept. This one is for work that nobody watches."""

    seconds = SECONDS  # for the PDF

    def step(self, step: BuildStep) -> None:
        """The next step begins."""

    def keeping(self):
        """A context around the keeping of figures and file. What it raises, nothing is kept of."""
        return nullcontext()


class Unhurried(Watch):
    """For work that no request waits for: a large paper takes its time."""

    seconds = 300


UNWATCHED = Watch()


def preview(paper: ScrutinyReport, *, at: datetime.datetime, watch: Watch = UNWATCHED) -> Rendered:
    """A draft as it would be now: the figures are live, and each page says so. Raises RenderFailed."""
    if paper.is_joint:
        return issuing_joint.preview(paper, author=author(paper), at=at, watch=watch)
    figures = compile_figures(paper=paper, known_at=at)
    watch.step(BuildStep.PDF)
    document = scrutiny_paper(figures, author=author(paper), created_at=at, draft=True)
    return render(document, seconds=watch.seconds)


def finalise(paper: ScrutinyReport, *, by, at: datetime.datetime, watch: Watch = UNWATCHED) -> ScrutinyReport:
    """Compile the figures as known at `at` (UTC), make the PDF, keep both. Raises Refusal or RenderFailed.

    Where the edition for the public leaves something out, it is a file of its own.
    """
    if paper.is_joint:
        return issuing_joint.finalise(paper, author=author(paper), by=by, at=at, watch=watch)
    with one_moment():
        figures = compile_figures(paper=paper, known_at=at)
    papers.check_can_finalise(paper, figures, by=by, at=at)
    watch.step(BuildStep.PDF)
    said, public = {"author": author(paper), "created_at": at}, None
    content = render(scrutiny_paper(figures, **said), seconds=watch.seconds).pdf
    if leaves_out([figures]):
        public = render(public_paper(figures, **said), seconds=watch.seconds).pdf
    watch.step(BuildStep.KEEPING)
    with watch.keeping():
        return papers.finalise(paper=paper, figures=figures, content=content, public=public, by=by, at=at)


def check(paper: ScrutinyReport, *, by, at: datetime.datetime) -> None:
    """Raise Refusal where this person cannot finalise the paper now: what it counts is enough to say so."""
    if paper.is_joint:
        return issuing_joint.check(paper, by=by, at=at)
    return papers.check_can_finalise(paper, count_papers([paper], at)[paper.force_id], by=by, at=at)


def author(paper: ScrutinyReport) -> str:
    return paper.prepared_by.name if paper.prepared_by else COMMAND_LINE
