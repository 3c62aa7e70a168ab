"""The register: the office's main list, today or as at a past day, and the form beside it."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.register import voices
from recommendations.domain.register.entries import ASSURANCE, STATUS, UPDATE
from recommendations.domain.register.export.large_files import LARGE
from recommendations.domain.register.rows import RegisterRow
from recommendations.domain.similar.updates import log_linked_update
from recommendations.forms.register.query_string import address_of_view, number_of
from recommendations.forms.site.base import Form
from recommendations.models import SavedView, TrackedRecommendation, User
from recommendations.permissions import May, allow
from recommendations.views.register.bulk_page import Selection
from recommendations.views.register.cells import rows_in_view
from recommendations.views.register.page import band_of, linked_switch, page_context, page_of
from recommendations.views.register.panels import REGISTER_PANELS, context_of
from recommendations.views.register.place import list_query, remember
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.side_form import (
    SideForm,
    back_to,
    is_refused,
    next_of,
    open_at,
    opened_record,
    side_form,
    visible_to,
    voice_of,
)
from recommendations.views.register.tracked_forms import new_form
from recommendations.views.register.tracked_panels import PANELS
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

WITHIN, MOST_LETTERS = "within", 4000  # the list in which the masthead searches, as a query string

VERBS: dict[str, tuple[Callable[..., Any], str]] = {
    UPDATE: (log_linked_update, "Force update added to {}."),
    ASSURANCE: (voices.record_assurance, "OPCC assurance recorded on {}."),
    STATUS: (voices.record_inspectorate_status, "{source} status recorded on {}."),
}


class SavedViewPanel(Protocol):
    """The form of a saved view beside the list. `view` is the one that it changes, None for a new one."""

    @property
    def form(self) -> Form: ...

    @property
    def view(self) -> SavedView | None: ...


@require_safe
@allow(May.SEE_REGISTER)
def register(request: AuthenticatedRequest) -> HttpResponse:
    if WITHIN in request.GET:
        return redirect(_search_within(request))
    asked = RegisterRequest(request)
    if asked.as_at is not None and asked.as_at.errors:
        return render(request, "register/no_such_day.html", {"band": band_of(asked), "form": asked.as_at})
    if not request.GET and asked.opens_with:
        return redirect(str(address_of_view(asked.opens_with)))
    if asked.opens_with and asked.view is None:
        asked.close_view()
    remember(request.session, asked)
    return show(request, asked, opened_record(asked))


def _search_within(request: AuthenticatedRequest) -> str:
    """The address of the list that was searched in, with the words of the masthead's search box."""
    within = request.GET[WITHIN]
    params = QueryDict(within if len(within) <= MOST_LETTERS else "", mutable=True)
    params["q"] = request.GET.get("q", "")
    return str(RegisterRequest(request, params).address)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.LOG_FORCE_UPDATE)
def add_update(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Add an entry of one voice from the list, then go to the next row or stay at this one."""
    asked = RegisterRequest(request)
    record = get_object_or_404(visible_to(request.user), pk=pk)
    voice = voice_of(asked)
    if is_refused(asked):
        raise PermissionDenied(f"needs {PANELS[asked.params.get('voice', '')].may}")
    if request.method != "POST":
        return redirect(open_at(asked, pk, voice))
    form = new_form(voice, request, record, words=asked.words, data=request.POST)
    verb, message = VERBS[voice]

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(tracked=record, by=by, at=at, **form.verb_fields())

    after = _next_url(request, asked, record, voice)
    saved = submit_form(
        request,
        form,
        act,
        message=message.format(record, source=record.recommendation.inspection.source_word),
        to=after,
    )
    return saved or show(request, asked, record, form)


def _next_url(
    request: AuthenticatedRequest, register_request: RegisterRequest, record: TrackedRecommendation, voice: str
) -> str:
    """The address after saving: the next row, the list after the last row, or this row again."""
    following = number_of(request.POST.get("next", ""))
    if request.POST.get("then") != "next":
        return open_at(register_request, record.pk, voice, next=following)
    if following is None:
        return back_to(register_request, record.pk)
    return open_at(register_request, following, voice)


def _add_prefix(register_request: RegisterRequest, panel: SideForm | None) -> str:
    """The address that opens the next form, of the same voice as the one that is open."""
    return register_request.address.but(voice=panel.voice if panel and panel.voice != UPDATE else None).prefix


def show(
    request: AuthenticatedRequest,
    register_request: RegisterRequest,
    record: TrackedRecommendation | None = None,
    form: Any = None,
    selection: Selection | None = None,
    view_panel: SavedViewPanel | None = None,
) -> HttpResponse:
    """Render the list, and beside it the form for `record` or that of a saved view (`view_panel`), otherwise the bulk
    actions. `selection` is what was ticked, with what is missing in it.
    """
    opened = record.pk if record else None
    page = page_of(register_request, opened)
    rows = list(page.object_list)
    panel = None
    if record:
        panel = side_form(register_request, request, record, _references(register_request, rows, opened), form)
    is_beside = bool(panel or view_panel)
    context = {
        **page_context(register_request, is_beside),
        **list_context(register_request, request.user),
        "page": page,
        "rows": rows_in_view(register_request, rows, is_beside),
        "linked_switch": linked_switch(register_request, rows),
        "view_panel": view_panel,
        "beside": is_beside,
        "panel": panel,
        "form": panel.form if panel else view_panel.form if view_panel else None,
        "selection": None if is_beside or register_request.query.past else selection or Selection.of(register_request),
        "opened": opened,
        "may_add": not (register_request.query.past or view_panel) and request.user.has_perm(May.LOG_FORCE_UPDATE),
        "add_prefix": _add_prefix(register_request, panel),
    }
    return render(request, "register/page.html", context)


def _references(register_request: RegisterRequest, rows: Sequence[RegisterRow], opened: int | None) -> dict[int, str]:
    """The references of a page's rows, and of the row after the open one, which may be on the next page."""
    found = {row.pk: row.reference for row in rows}
    following = next_of(register_request, opened) if opened else None
    beyond = register_request.rows([following]) if following and following not in found else []
    return found | {row.pk: row.reference for row in beyond}


def list_context(register_request: RegisterRequest, user: User) -> dict:
    """The context of the list that does not depend on the form beside it."""
    path = register_request.address.path
    return {
        **context_of(REGISTER_PANELS, register_request),
        "band": band_of(register_request) if register_request.as_at is not None else None,
        "past": register_request.query.past,
        "may_add_inspection": user.has_perm(May.EDIT_INSPECTIONS),
        "may_review_legacy": user.has_perm(May.EDIT_TRACKED),
        "from_list": list_query(register_request),
        "is_large": register_request.listing.count() > LARGE,
        "query": register_request.address.prefix.removeprefix(f"{path}?"),
        "query_of_all_columns": register_request.address.without("view").prefix.removeprefix(f"{path}?"),
    }
