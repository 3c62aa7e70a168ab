"""From a draft to a filed paper: compile, render outside any transaction, then keep figures and bytes together."""

import datetime

from recommendations.documents.pdf import Rendered, render
from recommendations.documents.scrutiny import scrutiny_paper
from recommendations.domain import papers
from recommendations.domain.audit import one_moment
from recommendations.domain.scrutiny import compile_figures
from recommendations.models import ScrutinyReport
from recommendations.trail import COMMAND_LINE


def preview(paper: ScrutinyReport, *, at: datetime.datetime) -> Rendered:
    """A draft as it would be now: the figures are live, and each page says so. Raises RenderFailed."""
    figures = compile_figures(paper=paper, known_at=at)
    return render(scrutiny_paper(figures, author=author(paper), created_at=at, draft=True))


def finalise(paper: ScrutinyReport, *, by, at: datetime.datetime) -> ScrutinyReport:
    """Compile the figures as known at `at` (UTC), make the PDF, keep both. Raises Refusal or RenderFailed."""
    with one_moment():
        figures = compile_figures(paper=paper, known_at=at)
    papers.check_can_finalise(paper, figures, by=by, at=at)
    rendered = render(scrutiny_paper(figures, author=author(paper), created_at=at))
    return papers.finalise(paper=paper, figures=figures, content=rendered.pdf, by=by, at=at)


def author(paper: ScrutinyReport) -> str:
    return paper.prepared_by.name if paper.prepared_by else COMMAND_LINE
