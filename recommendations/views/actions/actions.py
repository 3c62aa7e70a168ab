"""Actions: the list, the page of one, and one view for each verb that their forms call."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.domain.actions import actions as verbs
from recommendations.domain.actions.queries import lines_on
from recommendations.domain.writing.records import WITHDRAWN
from recommendations.forms.actions.actions import NewActionForm, TickForm
from recommendations.models import Action, ActionRow, TrackedRecommendation, User
from recommendations.permissions import May, allow
from recommendations.views.actions import page as pages
from recommendations.views.actions.list_page import ActionListPage
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error, submit_form, submitted_data

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.SEE_REGISTER)
def actions(request: AuthenticatedRequest) -> HttpResponse:
    """The actions, those late first, filtered by how they stand, force, owner and whose they are."""
    return render(request, "actions/list.html", {"list": ActionListPage(request.user, request.GET, localdate())})


@require_safe
@allow(May.SEE_REGISTER)
def action(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One action, with what happened to it and the form to bring it up to date."""
    return pages.show_action(request, pages.visible_action(request, pk))


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def add_actions(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Add one action to a recommendation, and come back for the next."""
    found = TrackedRecommendation.objects.visible_to(request.user).with_record()
    record = get_object_or_404(found, pk=pk)
    form = NewActionForm(submitted_data(request), tracked=record, by=request.user)

    def act(by: User, at: datetime.datetime) -> list[Action]:
        return verbs.add_actions(by=by, at=at, **form.verb_fields())

    to = f"{record.get_absolute_url()}?tab=actions#action-words"
    done = request.method == "POST" and submit_form(request, form, act, message="Action added.", to=to)
    if done:
        return done
    context = {"record": record, "form": form, "lines": lines_on(record, request.user, localdate())}
    return render(request, "actions/add.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def update_action(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say how an action stands now."""
    found = pages.visible_action(request, pk)
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}#form")
    form = pages.new_form(request, found, pages.UPDATE, data=request.POST)

    def act(by: User, at: datetime.datetime) -> ActionRow:
        return verbs.update_action(action=found, by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="Saved.", to=found)
    return done or pages.show_action(request, found, form=form)


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def withdraw_action(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for a reason, then withdraw an action that was added by mistake."""
    found = pages.visible_action(request, pk, or_withdrawn=request.method == "POST")
    if request.method != "POST":
        return pages.show_action(request, found, key=pages.WITHDRAW)
    form = pages.new_form(request, found, pages.WITHDRAW, data=request.POST)

    def act(by: User, at: datetime.datetime) -> Any:
        return verbs.withdraw_actions(actions=[found], by=by, at=at, **form.verb_fields())

    if done := submit_form(request, form, act, message="The action is withdrawn.", to=reverse("actions")):
        return done
    if not Action.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect_with_error(request, reverse("actions"), WITHDRAWN)
    return pages.show_action(request, found, key=pages.WITHDRAW, form=form)


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def withdraw_action_row(request: AuthenticatedRequest, pk: int, row: int) -> HttpResponse:
    """Ask for a reason, then withdraw one wrong entry of an action."""
    found = pages.visible_action(request, pk)
    wrong = get_object_or_404(found.rows.select_related("recorded_by"), pk=row)
    if request.method != "POST":
        return pages.show_action(request, found, key=pages.WITHDRAW_ROW, row=wrong)
    form = pages.new_form(request, found, pages.WITHDRAW_ROW, data=request.POST)

    def act(by: User, at: datetime.datetime) -> ActionRow:
        return verbs.withdraw_row(row=wrong, by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="The entry is withdrawn.", to=found)
    return done or pages.show_action(request, found, key=pages.WITHDRAW_ROW, form=form, row=wrong)


@require_POST
@allow(May.LOG_FORCE_UPDATE)
def tick_actions(request: AuthenticatedRequest) -> HttpResponse:
    """Say of the ticked actions that they are done, and go back to the list that they were ticked in."""
    form = TickForm(request.POST, actions=Action.objects.visible_to(request.user))
    back = request.POST.get("back", "")
    to = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("actions")

    def act(by: User, at: datetime.datetime) -> list[ActionRow]:
        return verbs.tick_actions(by=by, at=at, **form.verb_fields())

    done = submit_form(request, form, act, message="Done.", to=to)
    return done or redirect_with_error(request, to, str(next(iter(form.errors.values()))[0]))
