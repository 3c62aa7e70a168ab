"""The page of one action: what it is of, how it stands and stood, and the form that brings it up to date."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.actions.actions import VOICE_NEEDS
from recommendations.domain.actions.queries import ActionLine, held_up_by, line_of
from recommendations.domain.attachments.rules import force_behind
from recommendations.enums.actions import ActionVoice
from recommendations.forms.actions.actions import UpdateActionForm, WithdrawActionForm
from recommendations.forms.site.base import VerbForm
from recommendations.models import Action, ActionRow, User
from recommendations.periods import london_day, say
from recommendations.permissions import May
from recommendations.views.attachments.addresses import files_on
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.typed_drafts import FORMS, form_with_draft

UPDATE, WITHDRAW, WITHDRAW_ROW = "update", "withdraw", "withdraw-row"
TITLES = {UPDATE: "Bring it up to date", WITHDRAW: "Withdraw the action", WITHDRAW_ROW: "Withdraw an entry"}
BUTTONS = {UPDATE: "Save", WITHDRAW: "Withdraw", WITHDRAW_ROW: "Withdraw"}
TYPED = "action-update"


@dataclass(frozen=True, kw_only=True)
class ActionEvent:
    """A row of an action as its timeline shows it: what it changed. `withdrawn` says when, by whom and why."""

    row: ActionRow
    title: str
    lines: tuple[str, ...]
    withdraw_url: str = ""

    @property
    def on(self) -> datetime.date:
        return self.row.effective_on

    @property
    def by(self) -> str:
        return f"by {self.row.recorded_by.name}" if self.row.recorded_by else ""

    @property
    def recorded_on(self) -> datetime.date | None:
        """The day of recording, if later than the day itself."""
        day = london_day(self.row.recorded_at)
        return day if day > self.row.effective_on else None

    @property
    def withdrawn(self) -> str:
        if self.row.withdrawn_at is None:
            return ""
        who = f" by {self.row.withdrawn_by.name}" if self.row.withdrawn_by else ""
        return f"Withdrawn on {say(london_day(self.row.withdrawn_at))}{who}: {self.row.withdrawn_why}"


def visible_action(request: AuthenticatedRequest, pk: int, *, or_withdrawn: bool = False) -> Action:
    """The action with this id. Raises Http404 if the user may not see it; and if it is withdrawn, unless asked."""
    on_file = Action.on_file.visible_to(request.user).select_related("force", "recorded_by")
    return get_object_or_404(on_file if or_withdrawn else on_file.filter(withdrawn_at=None), pk=pk)


def may_change(user: User, action: Action) -> bool:
    """Whether a person may speak in the voice of an action that they see."""
    return user.has_perm(VOICE_NEEDS[ActionVoice(action.voice)])


def show_action(
    request: AuthenticatedRequest,
    action: Action,
    *,
    key: str = UPDATE,
    form: VerbForm | None = None,
    row: ActionRow | None = None,
) -> HttpResponse:
    """Render the page with a form beside it: the submitted `form`, or a new one. `row` is to be withdrawn."""
    may = may_change(request.user, action)
    if key != UPDATE and not may:
        raise PermissionDenied("an action of the office")
    line = line_of(action, request.user, localdate())
    context = {
        "action": action,
        "line": line,
        "events": list(_events(action, may)),
        "held_up": held_up_by(action, request.user, localdate()),
        "files": files_on("action", [action.pk], request.user, force_behind(action))[action.pk],
        "may_change": may,
        "key": key,
        "row": row,
        "panel_title": TITLES[key],
        "button": BUTTONS[key],
        "address": _address(action, key, row),
        "close_url": _close_url(line, request.user),
        "form": form or (new_form(request, action, key) if may else None),
    }
    return render(request, "actions/action.html", context, status=422 if form is not None else 200)


def new_form(request: AuthenticatedRequest, action: Action, key: str, *, data: QueryDict | None = None) -> VerbForm:
    """The form of a key: with submitted `data`, otherwise as new, with what was typed earlier and not saved."""
    if key != UPDATE:
        return WithdrawActionForm(data)
    return form_with_draft(request, TYPED, action.pk, partial(_update_form, action), data=data)


def _update_form(
    action: Action, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
) -> UpdateActionForm:
    return UpdateActionForm(data, record=action, initial=initial or {})


def _initial_form(request: AuthenticatedRequest, pk: int) -> UpdateActionForm:
    action = visible_action(request, pk)
    if not may_change(request.user, action):
        raise PermissionDenied("an action of the office")
    return _update_form(action)


FORMS[TYPED] = _initial_form


def _address(action: Action, key: str, row: ActionRow | None) -> str:
    if key == WITHDRAW_ROW:
        assert row
        return reverse("withdraw_action_row", args=[action.pk, row.pk])
    return reverse(f"{key}_action", args=[action.pk])


def _close_url(line: ActionLine, user: User) -> str:
    """Where the office says what shows that an action is done that was agreed at a meeting; "" for others."""
    can_close = line.is_open and line.action.needs_evidence and user.has_perm(May.RECORD_MEETINGS)
    return reverse("close_meeting_action", args=[line.action.pk]) if can_close else ""


def _events(action: Action, may: bool) -> Iterator[ActionEvent]:
    """The rows, newest first, each with what it changed. The first has nothing to be withdrawn to."""
    rows = list(action.rows.select_related("recorded_by", "withdrawn_by", "waits_for").latest_first())
    standing = [row for row in rows if row.withdrawn_at is None]
    before: dict[int, ActionRow] = {later.pk: earlier for later, earlier in pairwise(standing)}
    for row in rows:
        is_open = may and row.withdrawn_at is None and len(standing) > 1
        url = reverse("withdraw_action_row", args=[action.pk, row.pk]) if is_open else ""
        yield _event(row, before.get(row.pk), url)


def _event(row: ActionRow, before: ActionRow | None, withdraw_url: str) -> ActionEvent:
    changes = []
    if before is None or row.due_on != before.due_on:
        changes.append(f"To be done by {say(row.due_on)}{f', not {say(before.due_on)}' if before else ''}.")
    if before is None or row.owner != before.owner:
        changes.append(f"Owner: {row.owner}.")
    if row.waits_for and (before is None or row.waits_for_id != before.waits_for_id):
        other = "an action of another force" if row.waits_elsewhere else f"“{row.waits_for.words.rstrip('.')}”"
        changes.append(f"Waits for {other}.")
    if row.waits_words and (before is None or row.waits_words != before.waits_words):
        changes.append(f"Waits for: {row.waits_words}")
    title = row.get_state_display() if before is None or row.state != before.state else "Changed"
    return ActionEvent(row=row, title=title, lines=tuple(filter(None, (row.note, *changes))), withdraw_url=withdraw_url)
