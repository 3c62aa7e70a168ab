"""The figures of a paper, on one force or several, as a document and as its PDF."""

import datetime

from recommendations.documents.papers.document import ScrutinyPaper, public_paper, scrutiny_paper
from recommendations.documents.papers.joint_document import joint_paper
from recommendations.documents.pdf.render import SECONDS, render
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.papers import Compiled


def paper_document(
    compiled: Figures | Compiled, *, author: str, created_at: datetime.datetime, draft: bool = False, public=False
) -> ScrutinyPaper:
    """The document of what was compiled at `created_at` (UTC); `public` is the edition that anybody may read."""
    said = {"author": author, "created_at": created_at, "draft": draft}
    if isinstance(compiled, Compiled):
        parts = [(part.force.slug, figures) for part, figures in compiled.parts]
        return joint_paper(compiled.figures, parts, **said, public=public)
    return (public_paper if public else scrutiny_paper)(compiled, **said)


def render_paper(compiled: Figures | Compiled, *, seconds: int | None = None, **said) -> bytes:
    """The PDF, for domain/papers/finalising.py; `said` as of paper_document. Raises RenderFailed.

    `seconds` is the time that it may take; None is what a request may take.
    """
    return render(paper_document(compiled, **said), seconds=seconds or SECONDS).pdf
