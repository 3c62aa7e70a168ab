"""The figures of a paper, on one force or several, as a document and as its PDF."""

import datetime

from recommendations.documents.papers.document import ScrutinyPaper, public_paper, scrutiny_paper
from recommendations.documents.papers.joint_document import joint_paper
from recommendations.documents.pdf.render import SECONDS, render
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.papers import CompiledJoint


def paper_document(
    compiled: Figures | CompiledJoint,
    *,
    author: str,
    created_at: datetime.datetime,
    draft: bool = False,
    public: bool = False,
) -> ScrutinyPaper:
    """The document of figures compiled at `created_at` (UTC); `public` makes the public edition."""
    if isinstance(compiled, CompiledJoint):
        parts = [(part.force.slug, figures) for part, figures in compiled.parts if part.force]
        return joint_paper(compiled.figures, parts, author=author, created_at=created_at, draft=draft, public=public)
    one = public_paper if public else scrutiny_paper
    return one(compiled, author=author, created_at=created_at, draft=draft)


def render_paper(
    compiled: Figures | CompiledJoint,
    *,
    author: str,
    created_at: datetime.datetime,
    draft: bool = False,
    public: bool = False,
    seconds: int | None = None,
) -> bytes:
    """The PDF, for domain/papers/finalising.py; the other arguments as for paper_document. Raises RenderFailed.
    `seconds` is the time limit; None is the limit of a request.
    """
    document = paper_document(compiled, author=author, created_at=created_at, draft=draft, public=public)
    return render(document, seconds=seconds or SECONDS).pdf
