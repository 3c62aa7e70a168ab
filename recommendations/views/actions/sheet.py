"""Actions from a sheet: read, looked at row by row, added together, and taken back."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.actions import actions as verbs
from recommendations.domain.actions.sheets import (
    PlannedAction,
    added_with,
    agreed_actions,
    new_actions_of,
    plan_of_sheet,
)
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.actions.sheet import ActionSheetForm, UndoActionSheetForm
from recommendations.models import Action, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error, submit_form, submitted_data

AGREED = "agreed"
NOT_YET = "Nothing is added yet. Correct the rows that are marked, or take them out."
CHANGED = "Some of them have changed since. Withdraw them one by one."
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def action_sheet(request: AuthenticatedRequest) -> HttpResponse:
    """Read pasted cells or a file, show what each row would add, and add it when that is confirmed."""
    initial = {"cells": agreed_actions(request.user)} if request.GET.get("from") == AGREED else {}
    about: dict[str, Any] = {"by": request.user, "on": localdate(), "initial": initial}
    form = ActionSheetForm(submitted_data(request), request.FILES or None, **about)
    planned: list[PlannedAction] = []
    if request.method == "POST" and form.is_valid():
        planned = plan_of_sheet(form.lines, request.user)
        if "add" in request.POST and (done := _add(request, form, planned)):
            return done
    context = {
        "form": form,
        "planned": planned,
        "new": sum(each.is_new for each in planned),
        "wrong": sum(bool(each.problems) for each in planned),
        "agreed": f"?from={AGREED}",
    }
    return render(request, "actions/sheet.html", context, status=422 if form.errors else 200)


def _add(request: AuthenticatedRequest, form: ActionSheetForm, planned: list[PlannedAction]) -> HttpResponse | None:
    def act(by: User, at: datetime.datetime) -> list[Action]:
        if any(each.problems for each in planned):
            raise Refusal(NOT_YET, "cells", code="rows")
        force = planned[0].tracked[0].force
        new = new_actions_of(force, planned, form.voice_chosen)
        return verbs.add_actions(force=force, actions=new, by=by, at=at)

    def address_of_undo(made: list[Action]) -> str:
        return reverse("undo_action_sheet", args=[made[0].pk])

    number = sum(each.is_new for each in planned)
    message = f"{number} {'action' if number == 1 else 'actions'} added."
    return submit_form(request, form, act, message=message, to=address_of_undo)


@shown_or_sent
@allow(May.LOG_FORCE_UPDATE)
def undo_action_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show what a sheet added, and take all of it back when that is confirmed."""
    mine = Action.objects.visible_to(request.user).filter(recorded_by=request.user)
    actions = added_with(get_object_or_404(mine, pk=pk))
    changed = [each for each in actions if each.version > 1]
    form = UndoActionSheetForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> list[Action]:
        return verbs.withdraw_actions(actions=actions, by=by, at=at, **form.verb_fields())

    if request.method == "POST" and changed:
        return redirect_with_error(request, reverse("actions"), CHANGED)
    done = request.method == "POST" and submit_form(
        request, form, act, message=f"{len(actions)} actions taken back.", to=reverse("action_sheet")
    )
    context = {"form": form, "actions": actions, "changed": changed}
    return done or render(request, "actions/undo.html", context, status=422 if form.errors else 200)
