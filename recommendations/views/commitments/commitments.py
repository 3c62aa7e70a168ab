"""Commitments: the list, the page of one with its checks, and one view for each verb that its forms call."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.commitments import commitments as verbs
from recommendations.domain.commitments.queries import CommitmentFilter, counts, filter_condition, rows_for, with_latest
from recommendations.domain.responses import following
from recommendations.forms.commitments.commitments import (
    MarkForm,
    WithdrawCheckForm,
    choices_of,
)
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import read_day
from recommendations.models import Commitment, CommitmentCheck, User
from recommendations.permissions import May, allow
from recommendations.views.commitments import marking
from recommendations.views.commitments import page as pages
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

PAGE = 25
ORDER = (F("next_on").asc(nulls_last=True), "-checked_on", "pk")
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.SEE_RESPONSES)
def commitments(request: AuthenticatedRequest) -> HttpResponse:
    """The commitments, overdue checks first, filtered by state, keeper or day of the next check."""
    today = localdate()
    all_of_them = Commitment.objects.visible_to(request.user)
    keepers = list(all_of_them.order_by("keeper").values_list("keeper", flat=True).distinct())
    show, keeper, due = _read_filters(request.GET, keepers)
    asked = ({"keeper": keeper} if keeper else {}) | ({"next_on": due} if due else {})
    found = with_latest(all_of_them.filter(**asked))
    numbers = counts(found, today)
    rows = found.filter(filter_condition(show, today)).select_related("of__response").order_by(*ORDER)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_for(page, today),
        "tabs": [
            (each, numbers[each], each.words, _query(each, keeper, due), each == show) for each in CommitmentFilter
        ],
        "keepers": choices_of(keepers),
        "keeper": keeper,
        "show": show,
        "due": due,
        "query": f"{_query(show, keeper, due)}&",
        "is_empty": not keepers,
    }
    return render(request, "commitments/list.html", context)


def _read_filters(params: QueryDict, keepers: list[str]) -> tuple[CommitmentFilter, Any | str, Any]:
    """The filters in the query string; invalid values are ignored."""
    state, keeper = params.get("state", ""), params.get("keeper", "")
    return (
        CommitmentFilter(state) if state in list(CommitmentFilter) else CommitmentFilter.ALL,
        keeper if keeper in keepers else "",
        _day(params.get("due")),
    )


def _day(typed: str | None) -> datetime.date | None:
    try:
        return read_day(typed) if typed else None
    except ValidationError:
        return None


def _query(show: CommitmentFilter, keeper: str, due: str) -> str:
    return urlencode({"state": show} | ({"keeper": keeper} if keeper else {}) | ({"due": due} if due else {}))


@require_safe
@allow(May.SEE_RESPONSES)
def commitment(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One commitment, with its checks as a timeline and the form to record one."""
    return pages.show(request, pages.visible(request, pk))


@shown_or_sent
@allow(May.CHECK_COMMITMENTS)
def check_commitment(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Record what a check found."""
    found = pages.visible(request, pk)
    if request.method != "POST":
        return redirect(found)
    form = pages.new_form(request, found, pages.CHECK, data=request.POST)
    return _submit(request, found, pages.CHECK, form, verbs.check_commitment, "Check recorded.")


@shown_or_sent
@allow(May.CHECK_COMMITMENTS)
def edit_commitment(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change who keeps it, when it is checked next, or how often."""
    found = pages.visible(request, pk)
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}?form={pages.EDIT}#form")
    form = pages.new_form(request, found, pages.EDIT, data=request.POST)
    return _submit(request, found, pages.EDIT, form, verbs.edit_commitment, "Saved.")


def _submit(
    request: AuthenticatedRequest, commitment: Commitment, key: str, form: VerbForm, verb: Callable, message: str
) -> HttpResponse:
    """Call the verb with the submitted form, or show the page again with that form and its errors."""

    def act(by: User, at: datetime.datetime) -> Any:
        return verb(commitment=commitment, by=by, at=at, **form.verb_fields())

    return submit_form(request, form, act, message=message, to=commitment.get_absolute_url()) or pages.show(
        request, commitment, key=key, form=form
    )


@shown_or_sent
@allow(May.CHECK_COMMITMENTS)
def withdraw_check(request: AuthenticatedRequest, pk: int, check: int) -> HttpResponse:
    """Ask for a reason beside the record, then withdraw the check."""
    found = pages.visible(request, pk)
    row = get_object_or_404(found.checks.select_related("recorded_by"), pk=check)
    if request.method != "POST":
        return pages.show(request, found, key=pages.WITHDRAW, check=row)
    form = WithdrawCheckForm(request.POST)

    def act(by: User, at: datetime.datetime) -> CommitmentCheck:
        return verbs.withdraw_check(check=row, by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="Check withdrawn.", to=found.get_absolute_url())
    return done or pages.show(request, found, key=pages.WITHDRAW, form=form, check=row)


@shown_or_sent
@allow(May.CHECK_COMMITMENTS)
def mark_commitment(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Mark a sentence of a published response as a commitment."""
    version, comment = marking.version_and_comment(request, pk)
    if request.method != "POST":
        return marking.show(request, version, comment, marking.filled_form(request, version, comment))
    form = MarkForm(request.POST, version=version, comment=comment)

    def act(by: User, at: datetime.datetime) -> Commitment:
        return following.mark_commitment(by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="Followed as a commitment.", to=lambda made: made)
    return done or marking.show(request, version, comment, form)
