"""Writing the minutes: all items on one page, by keys, with what is typed kept as it is typed."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.accountability import minutes as verbs
from recommendations.domain.accountability.data import AgreedAction, ItemWords
from recommendations.domain.accountability.queries import agreed_actions, items_of, numbers_of, open_items, words_of
from recommendations.domain.accountability.restricted import restricted_items
from recommendations.domain.accountability.what_stands import action_facts, request_facts
from recommendations.forms.accountability.minutes import ItemFields, MinutesForm
from recommendations.models import AccountabilityMeeting, AgendaItem, User
from recommendations.periods import london_day, say
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.accountability.meetings import visible_meeting, why_not
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error, submit_form
from recommendations.views.submission.typed_drafts import FORMS, form_with_draft

KEY = "minutes"


def _form(
    meeting: AccountabilityMeeting,
    items: list[AgendaItem],
    data: QueryDict | None = None,
    *,
    initial: dict[str, Any] | None = None,
) -> MinutesForm:
    return MinutesForm(
        data,
        initial=initial,
        meeting=meeting,
        items=items,
        open_items=open_items(items),
        has_actions=Section.ACTIONS.is_on,
    )


def _initial_form(request: AuthenticatedRequest, pk: int) -> MinutesForm:
    meeting = visible_meeting(request, pk)
    if not request.user.has_perm(May.RECORD_MEETINGS) or why_not(meeting, "write_minutes"):
        raise Http404
    return _form(meeting, items_of(meeting))


FORMS[KEY] = _initial_form


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.RECORD_MEETINGS)
def write_minutes(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Write what was asked, answered and agreed at each item."""
    meeting, day = visible_meeting(request, pk), london_day(timezone.now())
    ahead = f"The meeting is on {say(meeting.on)}. Write its minutes from then on." if meeting.on > day else ""
    if refused := why_not(meeting, "write_minutes") or ahead:
        return redirect_with_error(request, meeting, refused)
    items, more = items_of(meeting), request.POST.get("another", "")
    form = _bound_form(request, meeting, items, more)

    def act(by: User, at: datetime.datetime) -> AccountabilityMeeting:
        return verbs.write_minutes(meeting=meeting, by=by, at=at, **form.verb_fields())

    is_sent = request.method == "POST" and not more
    to = reverse("write_minutes", args=[pk])
    done = is_sent and submit_form(request, form, act, message="The minutes are saved.", to=to)
    rows = _rows(request, meeting, items, form, more)
    form.titles = {row.item.pk: f"{row.number}. {row.words.title}" for row in rows}
    context = {"meeting": meeting, "form": form, "rows": rows}
    return done or render(request, "accountability/minutes.html", context, status=422 if is_sent else 200)


def _bound_form(
    request: AuthenticatedRequest, meeting: AccountabilityMeeting, items: list[AgendaItem], more: str
) -> MinutesForm:
    """The form with what was sent; with another row for an action it is shown as it was typed, unchecked."""

    def make(data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> MinutesForm:
        return _form(meeting, items, data, initial=initial)

    if more:
        form = form_with_draft(request, KEY, meeting.pk, make)
        typed = {name: str(text) for name, text in request.POST.items() if name in form.fields and name != "once"}
        form.initial = {**form.initial, **typed}
        return form  # type: ignore[return-value]  # what `make` returns
    data = request.POST if request.method == "POST" else None
    return form_with_draft(request, KEY, meeting.pk, make, data=data)  # type: ignore[return-value]  # as above


@dataclass(frozen=True)
class MinutesRow:
    """An item: what the agenda says, its fields, and what was agreed already. `added` has a new row for an action."""

    item: AgendaItem
    number: str
    words: ItemWords
    restricted: bool
    fields: ItemFields
    agreed: tuple[AgreedAction, ...]
    stands: list[tuple[str, str]]
    added: bool


def _rows(
    request: AuthenticatedRequest, meeting: AccountabilityMeeting, items: list[AgendaItem], form: MinutesForm, more: str
) -> list[MinutesRow]:
    day = london_day(timezone.now())
    words, hidden = words_of(meeting, items, request.user, day), restricted_items(items)
    return [
        MinutesRow(
            item=item,
            number=number,
            words=words[item.pk],
            restricted=item.pk in hidden,
            fields=form.fields_of(item, more == str(item.pk)),
            agreed=agreed_actions(item),
            stands=_stands(item, day),
            added=more == str(item.pk),
        )
        for item, number in zip(items, numbers_of(items), strict=True)
    ]


def _stands(item: AgendaItem, day: datetime.date) -> list[tuple[str, str]]:
    """How what an item carries forward stands today."""
    if item.action:
        return list(action_facts(item.action, day))
    return list(request_facts(item.request, day)) if item.request else []
