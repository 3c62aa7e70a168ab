"""Exports of the register and of single records as files. Each download is a trail entry."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
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
from recommendations.domain.actions.export import actions_out, marking_with_actions
from recommendations.domain.audit.verification import one_moment
from recommendations.domain.builds.builds import Progress
from recommendations.domain.register.export import large_files
from recommendations.domain.register.export.large_files import MadeFile
from recommendations.domain.register.export.lines import choices_of, lines_out
from recommendations.domain.register.export.marks import row_signature
from recommendations.domain.register.export.sheets import (
    ACTION_FIELDS,
    ACTIONS,
    ACTIONS_NOT_READ,
    NOT_READ,
    UPDATE_FIELDS,
    UPDATES,
)
from recommendations.domain.register.export.updates import updates_out
from recommendations.domain.register.sheet_columns import SheetField, columns_in_use
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildState, Rag
from recommendations.enums.builds import ExportForm
from recommendations.forms.site.fields import use_today
from recommendations.models import RegisterExport, TrackedRecommendation, User
from recommendations.models.register.exports import KEPT
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.register.columns import fields_of, fields_with_headings, view_columns
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.word_export import recommendation_paper, register_cover, say_rows
from recommendations.views.site.requests import AuthenticatedRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _xlsx(register_request: RegisterRequest, lines: Iterable[Any], about: ExportCover) -> bytes:
    """The workbook, with the updates and the actions of its rows on sheets of their own, and a mark for each row."""
    asked = (register_request.query, register_request.listing.ids, register_request.user)
    also = [Plain(UPDATES, UPDATE_FIELDS, updates_out(*asked, register_request.words), NOT_READ)]
    if Section.ACTIONS.is_on:
        also.append(Plain(ACTIONS, ACTION_FIELDS, actions_out(*asked), ACTIONS_NOT_READ))
        about = replace(about, marking=marking_with_actions(register_request.user, register_request.listing.ids))
    colours = {register_request.rule.word(colour): colour for colour in reversed(Rag)}
    aids = Aids(colours, choices_of(register_request.words), partial(row_signature, at=register_request.now))
    return as_xlsx(lines, about, columns_of(register_request), also=also, aids=aids)


def columns_of(register_request: RegisterRequest) -> tuple[SheetField, ...]:
    """The columns of a file: those of the open view, otherwise all; headings fit the sources in the register."""
    found = fields_of(view_columns(register_request.view.columns)) if register_request.view else columns_in_use()
    return fields_with_headings(found, register_request.choices.is_mixed, register_request.unused)


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
    made = _make_file(form, asked)
    trail.record(by=asked.user, at=asked.now, verb=TAKEN_OUT, about=made.about)
    return file_answer(name, kind, made.content)


def _name(register_request: RegisterRequest, form: str) -> str:
    return f"register-{register_request.query.day}.{form}"


def _make_file(form: str, register_request: RegisterRequest) -> MadeFile:
    """Make the file. Its rows are read while it is written, all from one snapshot: that of the trail's head in it."""
    with one_moment():
        about = register_cover(register_request, len(register_request.listing.ids))
        lines = lines_out(
            register_request.query,
            register_request.listing.ids,
            register_request.user,
            register_request.rule,
            register_request.words,
        )
        content = FORMS[form][1](register_request, lines, about)
    what = f"{form}, {say_rows(about.rows)} as at {register_request.query.day}: {'; '.join(about.asked)}"
    return MadeFile(_name(register_request, form), content, what[:MOST_LETTERS])


def make_file(form: str, query: str, user: User, at: datetime.datetime) -> MadeFile:
    """Make the file outside the request that asked for it at `at`. Relative dates are read as of that day."""
    with use_today(london_day(at)):
        return _make_file(form, RegisterRequest.of(user, query, at))


def ask_for_file(request: AuthenticatedRequest, form: str, register_request: RegisterRequest) -> HttpResponse:
    """On GET, the page that offers a large file; on POST, ask for it and redirect to its progress."""
    query = urlencode(register_request.address.pairs)
    context = {
        "form_words": ExportForm(form).label,
        "rows": say_rows(register_request.listing.count()),
        "register": register_request.address,
        "asked_for": RegisterExport.objects.visible_to(request.user).kept_at(register_request.now).defer("content"),
    }
    if request.method != "POST":
        return render(request, "register/export.html", context)
    try:
        return redirect(large_files.ask(form=form, query=query, by=request.user, at=register_request.now))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return render(request, "register/export.html", context, status=409)


def _requested_export(request: AuthenticatedRequest, pk: int) -> RegisterExport:
    """The request, without the file: it is read when it is downloaded."""
    now = timezone.now()
    return get_object_or_404(RegisterExport.objects.visible_to(request.user).kept_at(now).defer("content"), pk=pk)


@require_safe
@allow(May.SEE_REGISTER)
def register_export(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The progress of a large file, with its download once it is made."""
    build = _requested_export(request, pk)
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
    return progress_answer(large_files.progress_of(_requested_export(request, pk), timezone.now()))


@require_safe
@allow(May.SEE_REGISTER)
def register_export_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Download a large file once it is made. Each download is a trail entry."""
    build = _requested_export(request, pk)
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
