"""The form beside the register: its row, the latest entry of its voice, and the way to the next row."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from recommendations.domain.register.entries import ASSURANCE, STATUS, UPDATE, VoiceEntry, entries_for, latest
from recommendations.domain.register.timeline import status_words
from recommendations.enums import AssuranceView
from recommendations.models import TrackedRecommendation, User
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say
from recommendations.views.register.page import page_with
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.register.tracked_forms import new_form, tab_of
from recommendations.views.register.tracked_panels import PANELS, FormPanel
from recommendations.views.site.requests import AuthenticatedRequest

VOICES = (UPDATE, ASSURANCE, STATUS)


@dataclass(frozen=True)
class SideForm:
    """The form beside the list. `place` is "" if the row has left the list; `next_pk` is the following row."""

    record: TrackedRecommendation
    voice: str
    form: object
    action: str
    last: str
    last_by: str
    place: str
    next_pk: int | None
    next_reference: str
    skip_to: str
    close: str
    tabs: list[tuple[str, str, bool]]


def voice_of(register_request: RegisterRequest) -> str:
    """The requested voice if this user may record it, otherwise the force's."""
    voice = register_request.params.get("voice", "")
    return voice if voice in voices_of(register_request.user) else UPDATE


def is_refused(register_request: RegisterRequest) -> bool:
    """Whether the requested voice is one that this user may not record."""
    voice = register_request.params.get("voice", "")
    return voice in VOICES and voice not in voices_of(register_request.user)


def voices_of(user: User) -> list[str]:
    return [voice for voice in VOICES if user.has_perm(PANELS[voice].may)]


def opened_record(register_request: RegisterRequest) -> TrackedRecommendation | None:
    """The record whose form is requested, if this user may see it and add to it; None for a past day."""
    pk = register_request.number("add")
    if pk is None or register_request.as_at is not None or not voices_of(register_request.user):
        return None
    return visible_to(register_request.user).filter(pk=pk).first()


def visible_to(user: User) -> QuerySet[TrackedRecommendation]:
    return TrackedRecommendation.objects.visible_to(user).with_record()


def side_form(
    register_request: RegisterRequest,
    request: AuthenticatedRequest,
    record: TrackedRecommendation,
    reference_of: dict[int, str],
    form: Any = None,
) -> SideForm:
    """The form for a record: new, or `form` as submitted. `reference_of` maps ids to references, including the
    next row's."""
    voice, next_pk = voice_of(register_request), next_of(register_request, record.pk)
    last = latest(entries_for(record), voice)
    if form is None:
        form = new_form(voice, request, record, words=register_request.words)
    if voice == UPDATE:
        form.last = last
    return SideForm(
        record=record,
        voice=voice,
        form=form,
        action=form_action(register_request, record, voice),
        last=_last_words(last, register_request.words),
        last_by=", ".join(part for part in (say(last.on), last.who) if part) if last else "",
        place=_place(register_request, record.pk),
        next_pk=next_pk,
        next_reference=reference_of.get(next_pk, "") if next_pk else "",
        skip_to=open_at(register_request, next_pk, voice) if next_pk else "",
        close=back_to(register_request, record.pk),
        tabs=[_tab(register_request, record, PANELS[each], each == voice) for each in voices_of(register_request.user)],
    )


def _tab(
    register_request: RegisterRequest, record: TrackedRecommendation, panel: FormPanel, current: bool
) -> tuple[str, str, bool]:
    return tab_of(panel, record), open_at(register_request, record.pk, panel.key), current


def form_action(register_request: RegisterRequest, record: TrackedRecommendation, voice: str) -> str:
    """The address that the form posts to, with the list's query string."""
    to = register_request.address.but(voice=None if voice == UPDATE else voice)
    path = reverse("register_add_update", args=[record.pk])
    return f"{path}{str(to).removeprefix(to.path)}#{row_id(record.pk)}"


def open_at(register_request: RegisterRequest, pk: int, voice: str, **more: Any) -> str:
    """The address of the register with a row's form open, scrolled to the row."""
    to = register_request.address.but(voice=None if voice == UPDATE else voice, **more, add=pk)
    return f"{to}#{row_id(pk)}"


def back_to(register_request: RegisterRequest, pk: int) -> str:
    """The list without the form, scrolled to the row."""
    return f"{register_request.address.but(page=page_with(register_request, pk))}#{row_id(pk)}"


def row_id(pk: int) -> str:
    return f"row-{pk}"


def next_of(register_request: RegisterRequest, pk: int) -> int | None:
    """The next row of the list; for a row that has left the list, the one named in the query string."""
    if place := register_request.listing.place_of(pk):
        return place.after
    named = register_request.number("next")
    return named if named and register_request.listing.place_of(named) else None


def _place(register_request: RegisterRequest, pk: int) -> str:
    place = register_request.listing.place_of(pk)
    return f"{place.number:,} of {register_request.listing.count():,}" if place else ""


def _last_words(last: VoiceEntry | None, words: dict) -> str:
    """The latest entry of the voice, shortened."""
    if last is None:
        return ""
    said = shorten(last.text, 240)
    if last.voice == UPDATE:
        return f"{said} Forecast {say(last.date)}." if last.date else said
    word = AssuranceView(last.value).label if last.voice == ASSURANCE else status_words(last, words)
    return f"{word}. {said}".strip()
