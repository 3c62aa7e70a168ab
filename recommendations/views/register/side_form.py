"""The form beside the register: its row, the latest entry of its voice, and the way to the next row."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from recommendations.domain.register.entries import ASSURANCE, STATUS, UPDATE, VoiceEntry, entries_for, latest
from recommendations.domain.register.timeline import status_words
from recommendations.enums import AssuranceView
from recommendations.models import TrackedRecommendation, User
from recommendations.models.inspections import shorten
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


def voice_of(asked: RegisterRequest) -> str:
    """The requested voice if this user may record it, otherwise the force's."""
    voice = asked.params.get("voice", "")
    return voice if voice in voices_of(asked.user) else UPDATE


def is_refused(asked: RegisterRequest) -> bool:
    """Whether the requested voice is one that this user may not record."""
    voice = asked.params.get("voice", "")
    return voice in VOICES and voice not in voices_of(asked.user)


def voices_of(user: User) -> list[str]:
    return [voice for voice in VOICES if user.has_perm(PANELS[voice].may)]


def opened_by(asked: RegisterRequest) -> TrackedRecommendation | None:
    """The record whose form is requested, if this user may see it and add to it; None for a past day."""
    pk = asked.number("add")
    if pk is None or asked.as_at is not None or not voices_of(asked.user):
        return None
    return visible_to(asked.user).filter(pk=pk).first()


def visible_to(user: User) -> QuerySet[TrackedRecommendation]:
    return TrackedRecommendation.objects.visible_to(user).with_record()


def beside(
    asked: RegisterRequest,
    request: AuthenticatedRequest,
    record: TrackedRecommendation,
    reference_of: dict[int, str],
    form: Any = None,
) -> SideForm:
    """The form for a record: new, or `form` as submitted. `reference_of` maps ids to references, including the
    next row's."""
    voice, next_pk = voice_of(asked), next_of(asked, record.pk)
    last = latest(entries_for(record), voice)
    if form is None:
        form = new_form(voice, request, record, words=asked.words)
    if voice == UPDATE:
        form.last = last
    return SideForm(
        record=record,
        voice=voice,
        form=form,
        action=sent_to(asked, record, voice),
        last=_last_words(last, asked.words),
        last_by=", ".join(part for part in (say(last.on), last.who) if part) if last else "",
        place=_place(asked, record.pk),
        next_pk=next_pk,
        next_reference=reference_of.get(next_pk, "") if next_pk else "",
        skip_to=open_at(asked, next_pk, voice) if next_pk else "",
        close=back_to(asked, record.pk),
        tabs=[_tab(asked, record, PANELS[each], each == voice) for each in voices_of(asked.user)],
    )


def _tab(
    asked: RegisterRequest, record: TrackedRecommendation, panel: FormPanel, current: bool
) -> tuple[str, str, bool]:
    return tab_of(panel, record), open_at(asked, record.pk, panel.key), current


def sent_to(asked: RegisterRequest, record: TrackedRecommendation, voice: str) -> str:
    """The address that the form posts to, with the list's query string."""
    to = asked.address.but(voice=None if voice == UPDATE else voice)
    path = reverse("register_add_update", args=[record.pk])
    return f"{path}{str(to).removeprefix(to.path)}#{row_id(record.pk)}"


def open_at(asked: RegisterRequest, pk: int, voice: str, **more: Any) -> str:
    """The address of the register with a row's form open, scrolled to the row."""
    to = asked.address.but(voice=None if voice == UPDATE else voice, **more, add=pk)
    return f"{to}#{row_id(pk)}"


def back_to(asked: RegisterRequest, pk: int) -> str:
    """The list without the form, scrolled to the row."""
    return f"{asked.address.but(page=page_with(asked, pk))}#{row_id(pk)}"


def row_id(pk: int) -> str:
    return f"row-{pk}"


def next_of(asked: RegisterRequest, pk: int) -> int | None:
    """The next row of the list; for a row that has left the list, the one named in the query string."""
    if place := asked.listing.place_of(pk):
        return place.after
    named = asked.number("next")
    return named if named and asked.listing.place_of(named) else None


def _place(asked: RegisterRequest, pk: int) -> str:
    place = asked.listing.place_of(pk)
    return f"{place.number:,} of {asked.listing.count():,}" if place else ""


def _last_words(last: VoiceEntry | None, words: dict) -> str:
    """The latest entry of the voice, shortened."""
    if last is None:
        return ""
    said = shorten(last.text, 240)
    if last.voice == UPDATE:
        return f"{said} Forecast {say(last.date)}." if last.date else said
    word = AssuranceView(last.value).label if last.voice == ASSURANCE else status_words(last, words)
    return f"{word}. {said}".strip()
