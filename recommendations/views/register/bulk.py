"""Bulk changes of recommendations: select on the register, fill in, preview, apply."""

import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.register.bulk.undo import bulk_acts, read_bulk_acts, undo_bulk_change
from recommendations.domain.register.bulk.verbs import MOST
from recommendations.forms.register.bulk import UndoBulkForm, read_ids, read_versions
from recommendations.forms.register.query_string import number_of
from recommendations.forms.site.base import new_token
from recommendations.models import TrackedRecommendation, TrailEntry, User
from recommendations.permissions import May, allow
from recommendations.views.register.bulk_page import (
    ACTIONS,
    ASK,
    MAY_UNDO,
    BulkVerb,
    Selection,
    action_for_sources,
    askings,
    bulk_url,
    change_context,
    check,
    left_out_sentence,
    plan_of,
    rows_changed_meanwhile,
    say_number,
    selected_records,
)
from recommendations.views.register.register import show as show_register
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

NO_ACTION = "Choose what to do with them."
NO_ROWS = "Tick at least one recommendation first."
FILL, SHOW, CHANGE = "fill", "show", "change"
PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.SEE_REGISTER)
def change_many(request: AuthenticatedRequest) -> HttpResponse:
    """From the ticked rows to the change, step by step. Each step carries the list's query string."""
    asked = RegisterRequest(request)
    if request.method != "POST" or asked.as_at is not None:
        return redirect(str(asked.address))
    chosen = next(filter(None, request.POST.getlist("act")), "")  # a button comes before the list
    action = ACTIONS.get(chosen)
    action = action and action_for_sources(action, asked)
    if action and not request.user.has_perm(action.may):
        raise PermissionDenied(f"needs {action.may}")
    ids = selected_ids(asked, request.POST)
    rows = selected_records(asked, ids) if len(ids) <= MOST else []
    if action is None or not rows:
        sent = {"ticked": frozenset(ids[:MOST]), "act": action.key if action else ""}
        return show_register(request, asked, selection=Selection.of(asked, wrong=_wrong(action, ids), **sent))
    return _step(request, asked, action, rows)


@require_safe
@allow(May.LOG_FORCE_UPDATE)
def bulk_changes(request: AuthenticatedRequest) -> HttpResponse:
    """Bulk changes made by users of the same side (office or force), newest first."""
    page = Paginator(bulk_acts(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "register/bulk/changes.html", {"page": page, "acts": read_bulk_acts(page.object_list)})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.LOG_FORCE_UPDATE)
def bulk_change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One bulk change: what it did, its recommendations, and undoing it."""
    done = next(iter(read_bulk_acts(bulk_acts(request.user).filter(pk=pk))), None)
    if done is None:
        raise Http404
    form = UndoBulkForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> TrailEntry:
        if not by.has_perm(MAY_UNDO[done.entry.verb]):
            raise PermissionDenied(f"needs {MAY_UNDO[done.entry.verb]}")
        return undo_bulk_change(entry=done.entry, by=by, at=at, **form.verb_fields())

    message = f"{done.words}: {say_number(done.number)}. This is undone."
    undone = submitted_data(request) is not None and submit_form(
        request, form, act, message=message, to=reverse("bulk_changes")
    )
    return undone or render(request, "register/bulk/change.html", change_context(done, form, request.user))


def selected_ids(register_request: RegisterRequest, sent: QueryDict) -> list[int]:
    """The selected ids: from an earlier step, or the ticked rows, or all rows of the list, in list order."""
    if "selected" in sent:
        return read_ids(sent.get("selected", ""))
    if "all" in sent:
        return list(register_request.listing.ids)
    ticked = dict.fromkeys(pk for pk in map(number_of, sent.getlist("pick")) if pk is not None)
    places = {pk: place for place, pk in enumerate(register_request.listing.ids)}
    return sorted(ticked, key=lambda pk: places.get(pk, len(places)))


def _wrong(action: BulkVerb | None, ids: list[int]) -> tuple[str, ...]:
    """What is missing from the selection on the register, or that it is too large."""
    if len(ids) > MOST:
        return (
            f"{say_number(len(ids))} are too many: {MOST:,} can be changed at once. Narrow the list with a filter.",
        )
    return (*(() if ids else (NO_ROWS,)), *(() if action else (NO_ACTION,))) or (NO_ROWS,)


def _step(
    request: AuthenticatedRequest,
    register_request: RegisterRequest,
    action: BulkVerb,
    rows: list[TrackedRecommendation],
) -> HttpResponse:
    """The step that the button asks for: fill in, preview or apply."""
    step = request.POST.get("step", "")
    typed = _data_with_token(request.POST) if step in (FILL, SHOW, CHANGE) else None
    form = action.form(typed, by=request.user, on=localdate())
    form.about(rows)
    shown = read_versions(request.POST.get("shown", ""))
    if step == CHANGE:
        saved = _change(request, register_request, action, rows, form, shown)
        if saved:
            return saved
        rows = selected_records(register_request, [row.pk for row in rows])
    plan = plan_of(rows, form)
    if step == SHOW:
        check(form, plan, rows)
    context = {
        "action": action,
        "form": form,
        "plan": plan,
        "to": bulk_url(register_request),
        "back": str(register_request.address),
    }
    if action.key == ASK:
        return render(request, "register/bulk/ask.html", context | {"askings": askings(plan, rows)})
    ready = step in (SHOW, CHANGE) and plan.changing and set(form.errors) <= {NON_FIELD_ERRORS}
    context["meanwhile"] = rows_changed_meanwhile(rows, shown, request.user) if step == CHANGE else []
    return render(request, "register/bulk/confirm.html" if ready else "register/bulk/fill.html", context)


def _data_with_token(sent: QueryDict) -> QueryDict:
    """The submitted data, with a new token against double submission if it has none."""
    typed = sent.copy()
    if not typed.get("once"):
        typed["once"] = new_token()
    return typed


def _change(
    request: AuthenticatedRequest,
    register_request: RegisterRequest,
    action: BulkVerb,
    rows: list[TrackedRecommendation],
    form: Any,
    shown_versions: dict[int, int],
) -> HttpResponse | None:
    """Apply the change to the rows that were shown; None if it is refused, with the reason in the form's errors."""
    if action.verb is None:
        return None
    versions = {row.pk: shown_versions[row.pk] for row in rows if row.pk in shown_versions}
    left_out = [row.reference for row in rows if row.pk not in versions]

    def act(by: User, at: datetime.datetime) -> Any:
        assert action.verb
        return action.verb(versions=versions, by=by, at=at, **form.verb_fields())

    message = format_html(
        '{}{} <a class="govuk-link" href="{}">Undo</a>',
        action.done.format(say_number(len(versions))),
        left_out_sentence(left_out),
        reverse("bulk_changes"),
    )
    return submit_form(request, form, act, message=message, to=str(register_request.address))
