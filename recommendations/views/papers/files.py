"""Other formats of a paper: web pages, and its register as a spreadsheet and as CSV."""

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.documents.papers.register_files import CSV, XLSX, base_name, register_files
from recommendations.documents.papers.web_edition import PaperPage, paper_page
from recommendations.documents.pdf.attachments import embedded_files
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.downloads import DRAFT
from recommendations.domain.papers.papers import author_of
from recommendations.models import ScrutinyReport
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.papers.downloads import note_download
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest

# File extension → media type, and how a download is named in the records.
FORMS = {"xlsx": (XLSX, "Spreadsheet"), "csv": (CSV, "CSV")}


def _paper(request: AuthenticatedRequest, pk: int) -> ScrutinyReport:
    papers = ScrutinyReport.objects.visible_to(request.user).select_related("force", "panel", "prepared_by")
    return get_object_or_404(papers, pk=pk)


def _figures(paper: ScrutinyReport, at: datetime.datetime) -> Figures:
    """The filed figures or, for a draft, live ones."""
    return compile_figures(paper=paper, known_at=at) if paper.is_draft else Figures.from_json(paper.figures)


@require_safe
@allow(May.SEE_PAPERS)
def read_paper(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A paper as web pages. A joint paper is read force by force."""
    found = _paper(request, pk)
    if found.is_joint:
        return redirect(found)
    document = _page(request, found, timezone.now())
    context = {"paper": found, "period": Period(found.start, found.end), "document": document}
    return render(request, "papers/read.html", context)


def _page(request: AuthenticatedRequest, paper: ScrutinyReport, at: datetime.datetime) -> PaperPage:
    created_at = at if paper.is_draft else paper.finalised_at
    said: dict[str, Any] = {"author": author_of(paper), "created_at": created_at, "draft": paper.is_draft}
    return paper_page(
        scrutiny_paper(_figures(paper, at), **said),
        number=request.GET.get("page", 1),
        spreadsheet_url=reverse("paper_register", args=[paper.pk, "xlsx"]),
        csv_url=reverse("paper_register", args=[paper.pk, "csv"]),
    )


@require_safe
@allow(May.SEE_PAPERS)
def paper_register(request: AuthenticatedRequest, pk: int, form: str) -> HttpResponse:
    """The register of a paper as a file: the bytes embedded in its PDF or, for a draft, newly made."""
    if form not in FORMS:
        raise Http404
    found = _paper(request, pk)
    if found.is_joint:
        raise Http404
    figures, (kind, word) = _figures(found, timezone.now()), FORMS[form]
    name = f"{base_name(figures, found.is_draft)}.{form}"
    if request.method == "HEAD":
        return file_answer(name, kind)
    content = _embedded_file(found, kind) or _generate_file(figures, kind, draft=found.is_draft)
    note_download(request, found, f"{DRAFT}{word}" if found.is_draft else word)
    return file_answer(name, kind, content)


def _embedded_file(paper: ScrutinyReport, kind: str) -> bytes | None:
    """The file of this media type embedded in the PDF; None for a draft, or a paper from before files were embedded."""
    return dict(embedded_files(bytes(paper.file.content))).get(kind) if paper.file else None


def _generate_file(figures: Figures, kind: str, *, draft: bool) -> bytes:
    return next(file.content for file in register_files(figures, draft=draft) if file.media_type == kind)
