"""Exports of the register and of single records as files. Each download is a trail entry."""

import datetime
from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from recommendations import trail
from recommendations.documents.formats.export_cover import ExportCover
from recommendations.documents.register.spreadsheet import Aids, Plain, as_csv, as_json, as_xlsx
from recommendations.documents.register.word import recommendation_docx, register_docx
from recommendations.domain.audit.verification import one_moment
from recommendations.domain.builds.builds import Progress
from recommendations.domain.register.export import large_files
from recommendations.domain.register.export.large_files import MadeFile
from recommendations.domain.register.export.lines import choices_of, lines_out
from recommendations.domain.register.export.marks import mark_of
from recommendations.domain.register.export.sheets import NOT_READ, UPDATE_FIELDS, UPDATES
from recommendations.domain.register.export.updates import updates_out
from recommendations.domain.register.sheet_columns import SheetField, in_use
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildState, Rag
from recommendations.enums.register_exports import ExportForm
from recommendations.forms.site.fields import typed_on
from recommendations.models import RegisterExport, TrackedRecommendation, User
from recommendations.models.register_exports import KEPT
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.register.columns import chosen, fields_of, named
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.word_export import about_asked, recommendation_paper, say_rows
from recommendations.views.site.requests import AuthenticatedRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _xlsx(asked: RegisterRequest, lines: Iterable[Any], about: ExportCover) -> bytes:
    """The workbook, with the updates of its rows on a sheet of their own, and a mark that identifies each row."""
    updates = updates_out(asked.query, asked.listing.ids, asked.user, asked.words)
    colours = {asked.rule.word(colour): colour for colour in reversed(Rag)}
    aids = Aids(colours, choices_of(asked.words), partial(mark_of, at=asked.now))
    also = [Plain(UPDATES, UPDATE_FIELDS, updates, NOT_READ)]
    return as_xlsx(lines, about, columns_of(asked), also=also, aids=aids)


def columns_of(asked: RegisterRequest) -> tuple[SheetField, ...]:
    """The columns of a file: those of the open view, otherwise all; headings fit the sources in the register."""
    found = fields_of(chosen(asked.view.columns)) if asked.view else in_use()
    return named(found, asked.choices.is_mixed, asked.unused)


# File extension → media type, and a function that makes the file from the request, its rows and the notes about them.
FORMS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "csv": ("text/csv; charset=utf-8", lambda asked, lines, about: as_csv(lines, columns_of(asked))),
    "json": ("application/json", lambda asked, lines, about: as_json(lines, about, columns_of(asked))),
    "docx": (WORD, lambda asked, lines, about: register_docx([*lines], about)),
}
MOST_LETTERS = 400  # the longest `about` of a trail entry
TAKEN_OUT = "export_register"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.SEE_REGISTER)
def export_register(request: AuthenticatedRequest, form: str) -> HttpResponse:
    """Download exactly the rows that the register shows at the same address, in its order.
    A large file needs a POST and is made outside the request.
    """
    if form not in FORMS:
        raise Http404
    asked = RegisterRequest(request)
    if asked.as_at is not None and asked.as_at.errors:
        return redirect(f"{reverse('register')}?{request.GET.urlencode()}")
    if large_files.is_large(form, asked.listing.count()):
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


def _made(form: str, asked: RegisterRequest) -> MadeFile:
    """Make the file. Its rows are read while it is written, all from one snapshot: that of the trail's head in it."""
    with one_moment():
        about = about_asked(asked, len(asked.listing.ids))
        lines = lines_out(asked.query, asked.listing.ids, asked.user, asked.rule, asked.words)
        content = FORMS[form][1](asked, lines, about)
    what = f"{form}, {say_rows(about.rows)} as at {asked.query.day}: {'; '.join(about.asked)}"
    return MadeFile(_name(asked, form), content, what[:MOST_LETTERS])


def make_file(form: str, query: str, user: User, at: datetime.datetime) -> MadeFile:
    """Make the file outside the request that asked for it at `at`. Relative dates are read as of that day."""
    with typed_on(london_day(at)):
        return _made(form, RegisterRequest.of(user, query, at))


def ask_for_file(request: AuthenticatedRequest, form: str, asked: RegisterRequest) -> HttpResponse:
    """On GET, the page that offers a large file; on POST, ask for it and redirect to its progress."""
    query = urlencode(asked.address.pairs)
    context = {
        "form_words": ExportForm(form).label,
        "rows": say_rows(asked.listing.count()),
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


def _asked_for(request: AuthenticatedRequest, pk: int) -> RegisterExport:
    """The request, without the file: it is read when it is downloaded."""
    now = timezone.now()
    return get_object_or_404(RegisterExport.objects.visible_to(request.user).kept_at(now).defer("content"), pk=pk)


@require_safe
@allow(May.SEE_REGISTER)
def register_export(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The progress of a large file, with its download once it is made."""
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
def register_export_progress(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The progress of a large file as JSON, for the page's script."""
    return progress_answer(large_files.progress_of(_asked_for(request, pk), timezone.now()))


@require_safe
@allow(May.SEE_REGISTER)
def register_export_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Download a large file once it is made. Each download is a trail entry."""
    build = _asked_for(request, pk)
    if build.state != BuildState.DONE:
        return redirect(build)
    if request.method == "HEAD":
        return file_answer(build.name, FORMS[build.form][0])
    trail.record(by=request.user, at=timezone.now(), verb=TAKEN_OUT, about=build.about)
    assert build.content is not None  # it is done
    return file_answer(build.name, FORMS[build.form][0], bytes(build.content))


@require_safe
@allow(May.SEE_REGISTER)
def tracked_word(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One recommendation as a Word document, as of today; with `notes=yes`, including the office's notes."""
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


def progress_answer(progress: Progress) -> JsonResponse:
    """The progress of background work as JSON, for the page's script (static/js/build.js)."""
    return JsonResponse(
        {"words": progress.words, "done": progress.done, "total": progress.total, "over": not progress.is_unfinished}
    )


def file_answer(name: str, kind: str, content: bytes = b"") -> HttpResponse:
    """A download that browsers save rather than open, and that no cache stores."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
