"""The register and its records taken out as files. Each time is an entry of the trail."""

import datetime
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from recommendations import trail
from recommendations.documents.register.spreadsheet import Aids, Plain, as_csv, as_json, as_xlsx
from recommendations.documents.register.word import inspection_docx, recommendation_docx, register_docx
from recommendations.domain.register.export import large_files
from recommendations.domain.register.export.large_files import MadeFile
from recommendations.domain.register.export.lines import choices_of, lines_out
from recommendations.domain.register.export.marks import mark_of
from recommendations.domain.register.export.sheets import NOT_READ, UPDATE_FIELDS, UPDATES
from recommendations.domain.register.export.updates import updates_out
from recommendations.domain.register.sheet_columns import SheetField, in_use
from recommendations.domain.writing.builds import Progress
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Rag
from recommendations.enums.register_exports import ExportForm
from recommendations.forms.site.fields import typed_on
from recommendations.models import RegisterExport, TrackedRecommendation, User
from recommendations.models.register_exports import KEPT
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.inspections.page import with_facts
from recommendations.views.register.columns import chosen, fields_of, named
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.word_export import about_asked, inspection_paper, recommendation_paper, say_rows

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _xlsx(asked: RegisterRequest, lines, about) -> bytes:
    """The workbook, with every update of the rows on a sheet of its own, and a mark for each row."""
    updates = updates_out(asked.query, asked.listing.ids, asked.user, asked.words)
    colours = {asked.rule.word(colour): colour for colour in reversed(Rag)}
    aids = Aids(colours, choices_of(asked.words), partial(mark_of, at=asked.now))
    also = [Plain(UPDATES, UPDATE_FIELDS, updates, NOT_READ)]
    return as_xlsx(lines, about, columns_of(asked), also=also, aids=aids)


def columns_of(asked: RegisterRequest) -> tuple[SheetField, ...]:
    """The columns of a file: those of the view that is open, else all; named for the sources that the register has."""
    found = fields_of(chosen(asked.view.columns)) if asked.view else in_use()
    return named(found, asked.choices.is_mixed, asked.unused)


# The form of an address → its media type, and what makes the file of what was asked, its rows and what is said of them.
FORMS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "csv": ("text/csv; charset=utf-8", lambda asked, lines, about: as_csv(lines, columns_of(asked))),
    "json": ("application/json", lambda asked, lines, about: as_json(lines, about, columns_of(asked))),
    "docx": (WORD, lambda asked, lines, about: register_docx(lines, about)),
}
MOST_LETTERS = 400  # of what a trail entry is about
TAKEN_OUT = "export_register"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.SEE_REGISTER)
def export_register(request, form):
    """Exactly the rows that the register shows at the same address, in its order, as a file.

    A large one is asked for by a POST, and made outside the request.
    """
    if form not in FORMS:
        raise Http404
    asked = RegisterRequest(request)
    if asked.as_at is not None and asked.as_at.errors:
        return redirect(f"{reverse('register')}?{request.GET.urlencode()}")
    if large_files.is_large(form, len(asked.listing.ids)):
        return ask_for_file(request, form, asked)
    if request.method == "POST":
        return redirect(request.get_full_path())
    name, kind = _name(asked, form), FORMS[form][0]
    if request.method == "HEAD":
        return file_answer(name, kind)
    made = _made(form, asked)
    trail.record(by=asked.user, at=asked.now, verb=TAKEN_OUT, about=made.about)
    return file_answer(name, kind, made.content)


def _name(asked: RegisterRequest, form: str) -> str:
    return f"register-{asked.query.day}.{form}"


def _made(form: str, asked: RegisterRequest, lines_are_read=lambda: None) -> MadeFile:
    """The file of a question."""
    lines = lines_out(asked.query, asked.listing.ids, asked.user, asked.rule, asked.words)
    about = about_asked(asked, len(lines))
    lines_are_read()
    content = FORMS[form][1](asked, lines, about)
    what = f"{form}, {say_rows(len(lines))} as at {asked.query.day}: {'; '.join(about.asked)}"
    return MadeFile(_name(asked, form), content, what[:MOST_LETTERS])


def make_file(form: str, query: str, user: User, at: datetime.datetime, lines_are_read: Callable[[], None]) -> MadeFile:
    """The same for a file that is made outside the request that asked for it. Days in words are read as on its day."""
    with typed_on(london_day(at)):
        return _made(form, RegisterRequest.of(user, query, at), lines_are_read)


def ask_for_file(request, form: str, asked: RegisterRequest):
    """The page that asks for a large file, or, sent, the one that says how far it is."""
    query = urlencode(asked.address.pairs)
    context = {
        "form_words": ExportForm(form).label,
        "rows": say_rows(len(asked.listing.ids)),
        "register": asked.address,
        "asked_for": RegisterExport.objects.visible_to(request.user).kept_at(asked.now).defer("content"),
    }
    if request.method != "POST":
        return render(request, "register/export.html", context)
    try:
        return redirect(large_files.ask(form=form, query=query, by=request.user, at=asked.now))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return render(request, "register/export.html", context, status=409)


def _asked_for(request, pk: int) -> RegisterExport:
    now = timezone.now()
    return get_object_or_404(RegisterExport.objects.visible_to(request.user).kept_at(now), pk=pk)


@require_safe
@allow(May.SEE_REGISTER)
def register_export(request, pk):
    """How far a large file is; the file itself once it is made."""
    build = _asked_for(request, pk)
    context = {
        "build": build,
        "form_words": ExportForm(build.form).label,
        "progress": large_files.progress_of(build, timezone.now()),
        "again": f"{reverse('export_register', args=[build.form])}?{build.query}",
        "until": build.asked_at + KEPT,
    }
    return render(request, "register/export.html", context)


@require_safe
@allow(May.SEE_REGISTER)
def register_export_progress(request, pk):
    """The same for the page's script."""
    return progress_answer(large_files.progress_of(_asked_for(request, pk), timezone.now()))


@require_safe
@allow(May.SEE_REGISTER)
def register_export_file(request, pk):
    """A large file that was made. Each time that it is fetched is an entry of the trail."""
    build = _asked_for(request, pk)
    if build.content is None:
        return redirect(build)
    if request.method == "HEAD":
        return file_answer(build.name, FORMS[build.form][0])
    trail.record(by=request.user, at=timezone.now(), verb=TAKEN_OUT, about=build.about)
    return file_answer(build.name, FORMS[build.form][0], bytes(build.content))


@require_safe
@allow(May.SEE_REGISTER)
def tracked_word(request, pk):
    """One recommendation as a Word document, as it stands today; with the office's notes where `notes` is asked for."""
    seen = TrackedRecommendation.objects.visible_to(request.user).with_record()
    found = get_object_or_404(seen.select_related("recommendation__cause"), pk=pk)
    name = f"{slugify(found.reference) or 'recommendation'}.docx"
    if request.method == "HEAD":
        return file_answer(name, WORD)
    at = timezone.now()
    with_notes = request.GET.get("notes") == "yes"
    content = recommendation_docx(recommendation_paper(found, by=request.user, at=at, with_notes=with_notes))
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


def progress_answer(progress: Progress) -> JsonResponse:
    """How far something is that is made outside requests, for the script of its page (static/js/build.js)."""
    return JsonResponse(
        {"words": progress.words, "done": progress.done, "total": progress.total, "over": not progress.is_unfinished}
    )


def file_answer(name: str, kind: str, content: bytes = b"") -> HttpResponse:
    """A file to be saved, never to be opened in our own pages, and kept by no cache."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
