"""The page of a tracked recommendation: the record to read on the left, the forms on the right."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.register import notices
from recommendations.domain.register.dates import three_dates
from recommendations.domain.register.enforcements import enforcement_of
from recommendations.domain.register.entries import (
    ASSURANCE,
    STATUS,
    UPDATE,
    VoiceEntry,
    entries_for,
    in_sentence,
    latest,
    latest_of_step,
)
from recommendations.domain.register.parts.states import PartState, part_states, parts_and_addressees, parts_in_words
from recommendations.domain.register.rag import standings_on
from recommendations.domain.register.rag_reasons import ColourBasis, flags_of, reason
from recommendations.domain.register.rechecks.queries import closures_of, measure_of
from recommendations.domain.register.restrictions import restriction_of
from recommendations.domain.register.sheet_columns import WHO_TEXTS
from recommendations.domain.register.timeline import TimelineEvent, counts, groups_of, status_words, timeline
from recommendations.domain.sources.naming import status_label
from recommendations.enums import AssuranceView, Position
from recommendations.enums.disputes import DisputeDecision, DisputeStep
from recommendations.forms.site.base import VerbForm
from recommendations.models import (
    Closure,
    Label,
    RagRule,
    Recommendation,
    Thresholds,
    TrackedRecommendation,
    User,
)
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.attachments.addresses import EntryFiles, FilesShown
from recommendations.views.register.closing import weighing_of
from recommendations.views.register.panels import (
    RECORD_PANELS,
    RecordPage,
    RecordTab,
    TabContent,
    context_of,
    read_tabs,
    tabs_context,
)
from recommendations.views.register.place import carried_query, place_of, remembered_url
from recommendations.views.register.tracked_forms import panel_beside
from recommendations.views.register.tracked_panels import NOTE, PANELS, RECHECK, SLIP, FormPanel
from recommendations.views.register.withdrawing import EntryToWithdraw, withdraw_url
from recommendations.views.site.requests import AuthenticatedRequest

PAGE_SIZE = 50
ALL = "all"
DISPUTE_STEPS = (
    ("force", "Why the force does not accept it", DisputeStep.REASON),
    ("hmi", "Reply of {}", DisputeStep.REPLY),
    ("opcc", "Decision of the OPCC", DisputeStep.DECISION),
)
FILE_KINDS = {UPDATE: "update", ASSURANCE: "assurance"}


@dataclass(frozen=True)
class Card:
    """The latest entry of one voice."""

    voice: str
    label: str
    word: str
    text: str = ""
    who: str = ""
    evidence: tuple[str, ...] = ()
    initial: str = ""


class TimelineFilter(NamedTuple):
    """A group of events that the timeline can show alone ("" for all), and how many it has."""

    key: str
    label: str
    number: int


@dataclass(frozen=True)
class Shown:
    """A timeline event with the links that this user may follow from it; "moved twice" links to its anchor."""

    event: TimelineEvent
    withdraw_url: str
    response_url: str
    anchor: str
    files: EntryFiles | None = None


def show(
    request: AuthenticatedRequest,
    pk: int,
    *,
    key: str = "",
    form: VerbForm | None = None,
    entry: EntryToWithdraw | None = None,
) -> HttpResponse:
    """Render the record's page, with a panel's form beside it: `form` if it was submitted, otherwise a new one.
    `key` names the panel (tracked_panels.PANELS); `entry` is the EntryToWithdraw.
    """
    today, user = localdate(), request.user
    rule, words = RagRule.objects.on(today), Label.objects.words()
    record = _load_record(pk, user, rule, today)
    rows, closures = entries_for(record), record.closure_rows
    files = FilesShown(record, user)
    page = RecordPage(record, user, today, rows, words, files, _asked_tab(request))
    tabs = read_tabs(page)
    panel = panel_beside(request, record, words, rows, closures, key=key, form=form, entry=entry)
    events = timeline(record, rows, closures, words, today, record.part_rows)
    happened = timeline_context(request, events, files, groups_of(record), _since(panel["panel"], record))
    context = {
        **context_of(RECORD_PANELS, page),
        **_record_context(record, rows, closures, words, rule, today),
        "cards": cards(page),
        **happened,
        **_addresses(request, page, tabs, happened),
        "files": files,
        **panel,
        "measure": measure_of(closures),
        "weighing": weighing_of(panel["panel"], record, rows, words, files, user),
    }
    return render(request, "register/tracked/page.html", context)


def _asked_tab(request: AuthenticatedRequest) -> str:
    """The key of the tab in the address: that of the notes too where their form is asked for."""
    return NOTE if request.GET.get("form") == NOTE else request.GET.get("tab", "")


def _addresses(
    request: AuthenticatedRequest, page: RecordPage, tabs: list[tuple[RecordTab, TabContent]], happened: dict
) -> dict:
    """The way back, the tabs, and the addresses that links of the page begin with."""
    way_back, form = _way_back(request, page.record), request.GET.get("form", "")
    form_query = f"form={form}&" if form in PANELS and form != NOTE else ""
    first = (happened["heading"], happened["filters"][0].number)
    return way_back | tabs_context(tabs, first, page.tab, way_back["here"], form_query)


def _load_record(pk: int, user: User, rule: Thresholds, today: datetime.date) -> TrackedRecommendation:
    """Return the record, with what several parts of the page need loaded once; raises Http404 if the user may not
    see it."""
    record = get_object_or_404(TrackedRecommendation.objects.visible_to(user).with_record(), pk=pk)
    record.prefetched_state = list(standings_on(today, rule).filter(tracked=record))
    is_told = record.standing.restricted and user.has_perm(May.RESTRICT)
    record.restriction = restriction_of(record) if is_told else None
    record.enforcement = enforcement_of(record) if record.standing.direction_due_on else None
    record.its_parts, record.addressees = parts_and_addressees(record.recommendation)
    record.closure_rows = closures_of(record)
    return record


def _record_context(
    record: TrackedRecommendation,
    rows: list[VoiceEntry],
    closures: list[Closure],
    words: dict,
    rule: Thresholds,
    today: datetime.date,
) -> dict:
    """The context above the timeline: texts, colour and its reason, dates, voices."""
    colour, basis = record.standing.rag, ColourBasis.of_record(record.standing)
    return {
        "record": record,
        "who": [(field.short, name) for field in WHO_TEXTS if (name := getattr(record, field.key))],
        "recommendation": record.recommendation,
        "inspection": record.recommendation.inspection,
        "texts": marked_texts(record.recommendation, part_states(record), with_states=bool(record.part_rows)),
        "parts_done": parts_in_words(record.standing.parts, record.standing.parts_done),
        "addressees": record.addressees,
        "colour": colour,
        "rag_words": f"{rule.word(colour)}: {reason(basis, today)}{_look_again(record)}",
        "flags": flags_of(basis, today, rule),
        "notices": [
            *notices.handed_over_notices(record.force),
            *notices.restriction_notices(record.restriction),
            *notices.all_parts_done(record),
            *notices.notices(record, rows, closures, words, today, record.addressees),
        ],
        "dates": three_dates(record, basis, rows, today, rule),
        "dispute": dispute_of(record, rows),
    }


def _look_again(record: TrackedRecommendation) -> str:
    """ ", look again by 30 November 2026" for a closed record with a recheck planned, otherwise ""."""
    day = record.standing.look_again_on
    return f", look again by {say(day)}" if day and Section.RECHECKS.is_on else ""


@dataclass(frozen=True)
class MarkedText:
    """The text or one part: its number, the text before, in and after the deadline words, and the state of a part."""

    number: str
    pieces: tuple[str, str, str]
    state: PartState | None = None


def marked_texts(recommendation: Recommendation, states: list[PartState], *, with_states: bool) -> list[MarkedText]:
    """The text and its parts, with the first verbatim occurrence of the deadline words marked.
    Parts that the text already contains are left out, unless `with_states` asks for the state of each part.
    """
    shown = [each for each in states if with_states or each.part.text not in recommendation.text]
    texts: list[tuple[str, str, PartState | None]] = [("", recommendation.text, None)]
    texts += [(each.part.number, each.part.text, each if with_states else None) for each in shown]
    words, found = recommendation.deadline_words, []
    for number, text, state in texts:
        pieces = text.partition(words) if words else (text, "", "")
        words = "" if pieces[1] else words
        found.append(MarkedText(number, pieces, state))
    return found


@dataclass(frozen=True)
class DisputeCard:
    """A step of the dispute: whose it is, its label, and its latest entry with author and date."""

    voice: str
    label: str
    word: str = ""
    text: str = "Nothing recorded yet."
    who: str = ""


def dispute_of(record: TrackedRecommendation, rows: list[VoiceEntry]) -> list[DisputeCard]:
    """The steps of the dispute if the force does not accept the recommendation, otherwise an empty list."""
    if record.standing.position != Position.NOT_ACCEPTED:
        return []
    source = record.recommendation.inspection.source_word
    return [
        _dispute_card(voice, label.format(source), latest_of_step(rows, step)) for voice, label, step in DISPUTE_STEPS
    ]


def _dispute_card(voice: str, label: str, entry: VoiceEntry | None) -> DisputeCard:
    if entry is None:
        return DisputeCard(voice, label)
    word = DisputeDecision(entry.value).label if entry.value else ""
    again = f" Review on {say(entry.date)}." if entry.date else ""
    return DisputeCard(voice, label, word, f"{entry.text}{again}", f"{say(entry.on)}, {entry.who}".rstrip(", "))


def cards(page: RecordPage) -> list[Card]:
    """The three voices, each with its latest value, text, day and author; the office's also lists its evidence."""
    record, rows, words = page.record, page.entries, page.words
    update, assurance, status = (latest(rows, voice) for voice in (UPDATE, ASSURANCE, STATUS))
    source = record.recommendation.inspection
    label, initial = status_label(source.source_word), source.source_initial
    shown = tuple(page.card_lines[ASSURANCE, assurance.id]) if assurance else ()
    return [
        Card("force", "Force position", _force_word(record, update, words), *_text_and_who(update)),
        Card("opcc", "OPCC assurance", AssuranceView(assurance.value).label, *_text_and_who(assurance), shown)
        if assurance
        else Card("opcc", "OPCC assurance", "Not assessed yet"),
        Card("hmi", label, status_words(status, words), *_text_and_who(status, "recorded by "), initial=initial)
        if status
        else Card("hmi", label, "No status yet", initial=initial),
    ]


def _force_word(record: TrackedRecommendation, update: VoiceEntry | None, words: dict) -> str:
    stage = words["stage"].get(record.standing.stage, record.standing.stage)
    if update is None:
        return "No update yet"
    return f"{Position(update.value).label}, {in_sentence(stage)}" if update.value else stage


def _text_and_who(entry: VoiceEntry | None, by: str = "") -> tuple[str, str]:
    if entry is None:
        return "", ""
    text = shorten(entry.text, 280)
    if entry.voice == ASSURANCE and entry.date:
        text += f" Look again on {say(entry.date)}."
    who = f"{by}{entry.who}" if entry.who else ""
    return text, ", ".join(part for part in (say(entry.on), who) if part)


def _way_back(request: AuthenticatedRequest, record: TrackedRecommendation) -> dict:
    """The page that this one was opened from, and the query string that carries it on. `here` is the page's own
    address, ready for one more name=value."""
    place = place_of(request, record)
    return {
        "place": place,
        "back": place.back if place else remembered_url(request.session),
        "here": f"{record.get_absolute_url()}?{f'{place.query}&' if place else ''}",
        "other_force": _other_force(record, place.past_day) if place else "",
        "carried": f"?{place.query}" if place else "",
    }


def _other_force(record: TrackedRecommendation, past_day: datetime.date | None) -> str:
    """On whose register it was on the past day of the list, in words; "" if it is with the same force now."""
    if past_day is None or record.came_on is None or record.came_on <= past_day:
        return ""
    row = record.standings.at(past_day).exclude(force=record.force_id).select_related("force").first()
    return f"On {say(past_day)} it was with {row.force.details_on(past_day)}." if row else ""


def _since(panel: FormPanel, record: TrackedRecommendation) -> datetime.date | None:
    """The day of closing, if the panel asks what happened after it; otherwise None."""
    return record.standing.closed_on if panel.key in (RECHECK, SLIP) else None


def timeline_context(
    request: AuthenticatedRequest,
    events: list[TimelineEvent],
    files: FilesShown,
    groups: dict[str, str],
    since: datetime.date | None = None,
) -> dict:
    """The context of the timeline: one page of it, its filters with their counts. With `since`, only events of that
    day or later.
    """
    events = [event for event in events if since is None or event.on >= since]
    show_only = request.GET.get("show", "")
    show_only = show_only if show_only in groups else ""
    shown = [event for event in events if show_only in ("", event.group)]
    whole = request.GET.get("page") == ALL
    page = Paginator(shown, max(len(shown), 1) if whole else PAGE_SIZE).get_page(request.GET.get("page"))
    numbers = counts(events)
    moved = next((event for event in page if event.moved), None)
    return {
        "page": page,
        "events": [_timeline_entry(request, event, event is moved, files) for event in page],
        "whole": whole,
        "heading": "Since it was closed" if since else "What happened",
        "show_only": show_only,
        "shown": groups.get(show_only, "everything"),
        "filters": [
            TimelineFilter("", "Everything", len(events)),
            *(TimelineFilter(key, label, numbers[key]) for key, label in groups.items()),
        ],
    }


def files_of_event(event: TimelineEvent, files: FilesShown) -> EntryFiles | None:
    """The files attached to an event's entry, or None if events of this kind have no files."""
    if event.closure:
        by = event.closure.requested_by
        return files.of("closure", event.closure.pk, by.force_id if by else None)
    if event.look:
        return files.of("recheck", event.look.pk, None, withdrawn=bool(event.look.withdrawn_at))
    if event.said and event.said.voice in FILE_KINDS:
        said = event.said
        return files.of(FILE_KINDS[said.voice], said.id, said.force, withdrawn=bool(said.withdrawn_at))
    return None


def _timeline_entry(
    request: AuthenticatedRequest, event: TimelineEvent, is_first_move: bool, files: FilesShown
) -> Shown:
    withdraws = withdraw_url(event, request.user)
    seen = event.response and request.user.has_perm(May.SEE_RESPONSES)
    return Shown(
        event,
        withdraw_url=withdraws and withdraws + carried_query(request.GET),
        response_url=reverse("response", args=[event.response]) if seen else "",
        anchor="moves" if is_first_move else "",
        files=files_of_event(event, files),
    )
