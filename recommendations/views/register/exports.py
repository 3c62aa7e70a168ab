"""The register and its records taken out as files. Each time is an entry of the trail."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.register.spreadsheet import Aids, Plain, as_csv, as_json, as_xlsx
from recommendations.documents.register.word import inspection_docx, recommendation_docx, register_docx
from recommendations.domain.register.export.lines import choices_of, lines_out
from recommendations.domain.register.export.marks import mark_of
from recommendations.domain.register.export.sheets import NOT_READ, UPDATE_FIELDS, UPDATES
from recommendations.domain.register.export.updates import updates_out
from recommendations.enums import Rag
from recommendations.models import TrackedRecommendation
from recommendations.permissions import May, allow
from recommendations.views.inspections.page import with_facts
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.word_export import about_asked, inspection_paper, recommendation_paper, say_rows

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _xlsx(asked: RegisterRequest, lines, about) -> bytes:
    """The workbook, with every update of the rows on a sheet of its own, and a mark for each row."""
    updates = updates_out(asked.query, asked.listing.ids, asked.user, asked.words)
    colours = {asked.rule.word(colour): colour for colour in reversed(Rag)}
    aids = Aids(colours, choices_of(asked.words), partial(mark_of, at=asked.now))
    return as_xlsx(lines, about, also=[Plain(UPDATES, UPDATE_FIELDS, updates, NOT_READ)], aids=aids)


# The form of an address → its media type, and what makes the file of what was asked, its rows and what is said of them.
FORMS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "csv": ("text/csv; charset=utf-8", lambda asked, lines, about: as_csv(lines)),
    "json": ("application/json", lambda asked, lines, about: as_json(lines, about)),
    "docx": (WORD, lambda asked, lines, about: register_docx(lines, about)),
}
MOST_LETTERS = 400  # of what a trail entry is about


@require_safe
@allow(May.SEE_REGISTER)
def export_register(request, form):
    """Exactly the rows that the register shows at the same address, in its order, as a file."""
    if form not in FORMS:
        raise Http404
    asked = RegisterRequest(request)
    if asked.as_at is not None and asked.as_at.errors:
        return redirect(f"{reverse('register')}?{request.GET.urlencode()}")
    kind, make = FORMS[form]
    name = f"register-{asked.query.day}.{form}"
    if request.method == "HEAD":
        return file_answer(name, kind)
    lines = lines_out(asked.query, asked.listing.ids, asked.user, asked.rule, asked.words)
    about = about_asked(asked, len(lines))
    content = make(asked, lines, about)
    what = f"{form}, {say_rows(len(lines))} as at {asked.query.day}: {'; '.join(about.asked)}"
    trail.record(by=asked.user, at=asked.now, verb="export_register", about=what[:MOST_LETTERS])
    return file_answer(name, kind, content)


@require_safe
@allow(May.SEE_REGISTER)
def tracked_word(request, pk):
    """One recommendation as a Word document, as it stands today."""
    seen = TrackedRecommendation.objects.visible_to(request.user).with_record()
    found = get_object_or_404(seen.select_related("recommendation__cause"), pk=pk)
    name = f"{slugify(found.reference) or 'recommendation'}.docx"
    if request.method == "HEAD":
        return file_answer(name, WORD)
    at = timezone.now()
    content = recommendation_docx(recommendation_paper(found, by=request.user, at=at))
    trail.record(by=request.user, at=at, verb="export_tracked", subject=found)
    return file_answer(name, WORD, content)


@require_safe
@allow(May.SEE_INSPECTIONS)
def inspection_word(request, pk):
    """One inspection with what it asks as a Word document, as it stands today."""
    found = get_object_or_404(with_facts(request.user), pk=pk)
    name = f"{slugify(found.short_name) or 'inspection'}.docx"
    if request.method == "HEAD":
        return file_answer(name, WORD)
    at = timezone.now()
    content = inspection_docx(inspection_paper(found, by=request.user, at=at))
    trail.record(by=request.user, at=at, verb="export_inspection", subject=found)
    return file_answer(name, WORD, content)


def file_answer(name: str, kind: str, content: bytes = b"") -> HttpResponse:
    """A file to be saved, never to be opened in our own pages, and kept by no cache."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
