"""Changes ahead: administrators enter, rehearse, confirm, change and withdraw them; officers read what is confirmed."""

import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.people.two_people import has_second
from recommendations.domain.succession import plans as verbs
from recommendations.enums.succession import SuccessionKind
from recommendations.forms.succession.plans import (
    ConfirmSuccessionForm,
    SuccessionForm,
    SuccessionKindForm,
    WithdrawSuccessionForm,
)
from recommendations.models import Succession, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submit_or_render, submitted_data
from recommendations.views.succession import page

ENTERED = "Entered. Another administrator confirms it, then it is done on its day."
CHANGED = "Changed. Another administrator confirms it again."
CONFIRMED = "Confirmed."
WITHDRAWN = "Withdrawn. Nothing happens on that day."
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.ADMINISTER)
def succession_list(request: AuthenticatedRequest) -> HttpResponse:
    """The changes that are still to come, then those that were done or withdrawn, the last first."""
    found = Succession.objects.visible_to(request.user).with_names()
    return render(request, "succession/list.html", page.lists(list(found)))


@require_safe
@allow(May.ADMINISTER)
def choose_succession(request: AuthenticatedRequest) -> HttpResponse:
    """Choose the kind of change, then go on to its form."""
    form = SuccessionKindForm(request.GET if "kind" in request.GET or request.GET.get("then") else None)
    if form.is_bound and form.is_valid():
        return redirect("add_succession", SuccessionKind(form.cleaned_data["kind"]))
    return render(request, "succession/choose.html", {"form": form}, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.ADMINISTER)
def add_succession(request: AuthenticatedRequest, kind: SuccessionKind) -> HttpResponse:
    """Enter a change of one kind."""
    form = SuccessionForm(submitted_data(request), kind=kind, today=localdate())

    def act(by: User, at: datetime.datetime) -> Succession:
        return verbs.enter_succession(by=by, at=at, **form.verb_fields())

    context = {"kind": kind, "back": reverse("choose_succession"), "has_second": has_second(asked_by=request.user.pk)}
    return submit_or_render(request, form, act, "succession/form.html", context, message=ENTERED, to=_own_page)


def _own_page(plan: Succession) -> Succession:
    return plan


@shown_or_sent
@allow(May.SEE_CHANGES_AHEAD)
def succession(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One change: what was entered, its rehearsal, and for another administrator the button that confirms it."""
    plan = _visible(request, pk)
    form = ConfirmSuccessionForm(submitted_data(request), record=plan)
    done = request.method == "POST" and _confirm(request, form, plan)
    context = page.context(plan, request.user, timezone.now())
    return done or render(request, "succession/plan.html", context | {"form": form}, status=422 if form.errors else 200)


def _confirm(request: AuthenticatedRequest, form: ConfirmSuccessionForm, plan: Succession) -> HttpResponse | None:
    def act(by: User, at: datetime.datetime) -> Succession:
        return verbs.confirm_succession(plan=plan, by=by, at=at, **form.verb_fields())

    return submit_form(request, form, act, message=CONFIRMED, to=plan)


def _visible(request: AuthenticatedRequest, pk: int) -> Succession:
    rows = Succession.objects.visible_to(request.user).with_names()
    return get_object_or_404(rows.select_related("entered_by", "confirmed_by", "withdrawn_by"), pk=pk)


def _open(request: AuthenticatedRequest, pk: int) -> Succession:
    """A change that can still be changed or withdrawn: on a GET, 404 if not; a POST is refused with the reason."""
    plan = _visible(request, pk)
    if not plan.is_open and request.method != "POST":
        raise Http404
    return plan


@shown_or_sent
@allow(May.ADMINISTER)
def change_succession(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change what was entered, with a reason."""
    plan = _open(request, pk)
    form = SuccessionForm(submitted_data(request), kind=plan.kind_of_change, today=localdate(), plan=plan)

    def act(by: User, at: datetime.datetime) -> Succession:
        return verbs.change_succession(by=by, at=at, **form.verb_fields())

    context = {"kind": plan.kind_of_change, "back": plan.get_absolute_url(), "plan": plan, "title": page.title_of(plan)}
    return submit_or_render(request, form, act, "succession/form.html", context, message=CHANGED, to=plan)


@shown_or_sent
@allow(May.ADMINISTER)
def withdraw_succession(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a change, with a reason."""
    plan = _open(request, pk)
    form = WithdrawSuccessionForm(submitted_data(request), record=plan)

    def act(by: User, at: datetime.datetime) -> Succession:
        return verbs.withdraw_succession(plan=plan, by=by, at=at, **form.verb_fields())

    context = {"plan": plan, "title": page.title_of(plan)}
    to = reverse("successions")
    return submit_or_render(request, form, act, "succession/withdraw.html", context, message=WITHDRAWN, to=to)
