"""A public paper as web pages and its register as data, force by force, without sign-in."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recommendations.documents.papers.document import public_paper
from recommendations.documents.papers.register_files import CSV, XLSX, base_name, register_files
from recommendations.documents.papers.web_edition import paper_page
from recommendations.documents.pdf.attachments import embedded_files
from recommendations.domain.papers.public_edition import public_figures
from recommendations.domain.public.paper_editions import PublicEdition, find_edition
from recommendations.domain.public.papers import find_paper_file
from recommendations.permissions import public
from recommendations.views.public.http import answer, page

FORMS = {"csv": CSV, "xlsx": XLSX}  # file extension → media type


@require_safe
@public
def read(
    request: HttpRequest, slug: str, start: datetime.date, end: datetime.date, issue: int, part: str
) -> HttpResponse:
    """The text of the PDF about one force; a long register is paginated."""
    address = (slug, start, end, issue)
    found = _edition(*address, part)
    if found.withdrawn:
        return _gone_response(request, address)
    document = paper_page(
        public_paper(found.figures, author=found.author, created_at=found.finalised_at),
        number=request.GET.get("page", 1),
        spreadsheet_url=reverse("public_paper_register", args=[*address, part, "xlsx"]),
        csv_url=reverse("public_paper_register", args=[*address, part, "csv"]),
    )
    return page(request, "public/papers/read.html", {"document": document, "address": address, "part": found.part})


@require_safe
@public
def register(
    request: HttpRequest, slug: str, start: datetime.date, end: datetime.date, issue: int, part: str, form: str
) -> HttpResponse:
    """The register of one force as a file: the bytes embedded in the PDF."""
    address = (slug, start, end, issue)
    found = _edition(*address, part)
    if form not in FORMS:
        raise Http404
    if found.withdrawn:
        return _gone_response(request, address)
    file = find_paper_file(*address)
    assert file is not None  # its edition exists
    content = _embedded_file(bytes(file[0].content), form, found) or _generate_file(form, found)
    return answer(request, content, FORMS[form], name=f"{base_name(found.figures)}.{form}")


def _edition(slug: str, start: datetime.date, end: datetime.date, issue: int, part: str) -> PublicEdition:
    found = find_edition(slug, start, end, issue, part)
    if found is None:
        raise Http404
    return found


def _gone_response(request: HttpRequest, address: tuple[str, datetime.date, datetime.date, int]) -> HttpResponse:
    return page(
        request, "public/gone.html", {"address": reverse("public_paper", args=address), "what": "paper"}, status=410
    )


def _embedded_file(pdf: bytes, form: str, edition: PublicEdition) -> bytes:
    """The file embedded in the PDF for this force; b"" for papers from before files were embedded."""
    files = [content for kind, content in embedded_files(pdf) if kind == FORMS[form]]
    return files[edition.place] if files else b""


def _generate_file(form: str, edition: PublicEdition) -> bytes:
    files = register_files(public_figures(edition.figures))
    return next(file.content for file in files if file.media_type == FORMS[form])
