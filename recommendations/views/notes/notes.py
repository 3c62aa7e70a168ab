"""Office notes: those on a record with the form to add one, withdrawing one, and the user's own."""

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.notes import notes as verbs
from recommendations.domain.notes import queries
from recommendations.domain.notes.records import MODELS, records_for
from recommendations.domain.ownership.people import office_names
from recommendations.forms.notes.notes import OfficeNoteForm, WithdrawNoteForm
from recommendations.models import OfficeNote, User
from recommendations.permissions import May, allow
from recommendations.views.register.place import carried_query
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

PAGE = 50
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
# The tabs of the user's own notes, by their value in the query string.
SHOWS = {"": ("Naming you", queries.naming), "written": ("Written by you", queries.notes_written_by)}


@require_safe
@allow(May.WRITE_NOTES)
def notes(request: AuthenticatedRequest) -> HttpResponse:
    """The notes that name this user, or that they wrote, each with its record."""
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    page = Paginator(SHOWS[show][1](request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": queries.lines_of_several(page.object_list, request.user),
        "tabs": [(key, words, key == show) for key, (words, _) in SHOWS.items()],
        "show": show,
        "query": f"show={show}&" if show else "",
    }
    return render(request, "notes/list.html", context)


@shown_or_sent
@allow(May.WRITE_NOTES)
def record_notes(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """All notes on one record, and the form to add one."""
    record = _record(request, kind, pk)
    form = OfficeNoteForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> OfficeNote:
        return verbs.add_note(record=record, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(
        request, form, act, message="Note saved.", to=_back_to_notes(request, record)
    )
    return done or _render_notes(request, record, kind, form)


def _back_to_notes(request: AuthenticatedRequest, record: Any) -> str:
    """The notes on the record's page, which are a tab of a recommendation's; with the list that it was opened from."""
    carried = carried_query(request.GET)
    return f"{record.get_absolute_url()}{carried}{'&' if carried else '?'}tab=notes#notes"


def _record(request: AuthenticatedRequest, kind: str, pk: int) -> Any:
    if kind not in MODELS:
        raise Http404
    return get_object_or_404(records_for(request.user, kind), pk=pk)


def _render_notes(request: AuthenticatedRequest, record: Any, kind: str, form: OfficeNoteForm) -> HttpResponse:
    names = office_names()
    page = Paginator(queries.all_on(record, request.user), PAGE).get_page(request.GET.get("page"))
    lines = queries.lines_of(page.object_list, request.user, names)
    context = {"record": record, "kind": kind, "form": form, "page": page, "lines": lines, "people": names}
    return render(request, "notes/record.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.WRITE_NOTES)
def withdraw_note(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for a reason, then withdraw the note."""
    note = get_object_or_404(OfficeNote.on_file.visible_to(request.user).filter(written_by=request.user), pk=pk)
    record = _record(request, note.about, note.about_id)
    form = WithdrawNoteForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> OfficeNote:
        return verbs.withdraw_note(note=note, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(
        request, form, act, message="The note is withdrawn.", to=_back_to_notes(request, record)
    )
    context = {"form": form, "note": note, "record": record}
    return done or render(request, "notes/withdraw.html", context, status=422 if form.errors else 200)
