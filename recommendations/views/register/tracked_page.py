"""What the page of a tracked recommendation shows: what is read on the left, what is done on the right."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import CharField, IntegerField, Value
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.commitments.queries import CommitmentRow, rows_for, with_latest
from recommendations.domain.evidence.choices import can_point
from recommendations.domain.evidence.queries import EvidenceRow, of_tracked
from recommendations.domain.register import notices
from recommendations.domain.register.dates import three_dates
from recommendations.domain.register.entries import (
    ASSURANCE,
    STATUS,
    UPDATE,
    VOICES,
    VoiceEntry,
    entries_for,
    in_sentence,
    latest,
)
from recommendations.domain.register.rag import standings_on
from recommendations.domain.register.rag_reasons import ColourBasis, flags_of, reason
from recommendations.domain.register.restrictions import restriction_of
from recommendations.domain.register.sheet_columns import WHO_TEXTS
from recommendations.domain.register.timeline import TimelineEvent, counts, groups_of, status_words, timeline
from recommendations.domain.register.voices import may_withdraw
from recommendations.domain.sources.naming import status_label
from recommendations.enums import AssuranceView, Position
from recommendations.models import Commitment, Label, RagRule, TrackedRecommendation
from recommendations.models.inspections import shorten
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.views.attachments.addresses import EntryFiles, FilesShown
from recommendations.views.register.place import carried, place_of, remembered
from recommendations.views.register.tracked_forms import panel_beside

PAGE_SIZE = 50
ALL = "all"
FILES = "files"
FILE_KINDS = {UPDATE: "update", ASSURANCE: "assurance"}


@dataclass(frozen=True)
class Card:
    """The latest word of one voice."""

    voice: str
    label: str
    word: str
    text: str = ""
    who: str = ""
    evidence: tuple[str, ...] = ()
    initial: str = ""


@dataclass(frozen=True)
class Shown:
    """An event with the addresses that this person may follow from it, and the anchor that "moved twice" leads to."""

    event: TimelineEvent
    withdraw_url: str
    response_url: str
    anchor: str
    files: EntryFiles | None = None


def show(request, pk: int, *, key: str = "", form=None, entry=None):
    """The page of the record, with the form of a panel beside it: `form` as it was sent, or a new one.

    `key` names the panel (tracked_panels.PANELS); `entry` is the dated row that the panel is about, to withdraw it.
    """
    today, user = localdate(), request.user
    rule = RagRule.objects.on(today)
    seen = TrackedRecommendation.objects.visible_to(user).with_record().select_related("recommendation__cause")
    record = get_object_or_404(seen.with_standing(standings_on(today, rule)), pk=pk)
    record.restriction = restriction_of(record) if user.has_perm(May.RESTRICT) else None
    words, rows = Label.objects.words(), entries_for(record)
    closures = list(record.closures.select_related("requested_by", "decided_by", "reopened_by"))
    evidence, files = of_tracked(record, user, today), FilesShown(record, user)
    place = place_of(request, record)
    context = {
        "place": place,
        "back": place.back if place else remembered(request.session),
        "here": f"{record.get_absolute_url()}?{f'{place.query}&' if place else ''}",
        "carried": f"?{place.query}" if place else "",
        **_read(record, rows, closures, words, rule, today),
        "cards": cards(record, rows, words, evidence),
        "evidence": evidence,
        "evidence_actions": evidence_actions(record, rows, user),
        **happened(request, timeline(record, rows, closures, words, today), files, groups_of(record)),
        "files": files,
        "own_files": files.of("tracked", record.pk, None),
        **panel_beside(request, record, words, rows, closures, key=key, form=form, entry=entry),
        "promised": promised(record, user, today),
    }
    return render(request, "register/tracked/page.html", context)


def _read(record, rows: list[VoiceEntry], closures, words: dict, rule, today) -> dict:
    """What is read before the timeline: the words, the colour and why, the dates, the voices."""
    colour, basis = record.standing.rag, ColourBasis.of_record(record.standing)
    parts, addressees = lists_of(record.recommendation)
    return {
        "record": record,
        "who": [(field.short, name) for field in WHO_TEXTS if (name := getattr(record, field.key))],
        "recommendation": record.recommendation,
        "inspection": record.recommendation.inspection,
        "texts": marked(record.recommendation, parts),
        "addressees": addressees,
        "colour": colour,
        "rag_words": f"{rule.word(colour)}: {reason(basis, today)}",
        "flags": flags_of(basis, today, rule),
        "notices": [
            *notices.restricted(record.restriction),
            *notices.notices(record, rows, closures, words, today, addressees),
        ],
        "dates": three_dates(record, basis, rows, today, rule),
    }


def promised(record, user, today) -> list[CommitmentRow]:
    """The commitments that the comments on it make; none for those who may not see responses."""
    visible = Commitment.objects.visible_to(user)
    found = visible.filter(comment__answers__recommendation=record.recommendation_id)
    return rows_for(with_latest(visible.filter(pk__in=found.values("pk"))), today)


def lists_of(recommendation) -> tuple[list[tuple[str, str]], list[str]]:
    """The parts (number, text) and the addressees of a recommendation, in order, in one query."""

    def rows(queryset, which: int, *columns):
        return queryset.order_by().values_list(Value(which, IntegerField()), "position", *columns)

    parts = rows(recommendation.parts, 0, "number", "text")
    found = sorted(parts.union(rows(recommendation.addressees, 1, Value("", CharField()), "name"), all=True).order_by())
    return [row[2:] for row in found if row[0] == 0], [row[3] for row in found if row[0] == 1]


def marked(recommendation, parts) -> list[tuple[str, tuple[str, str, str]]]:
    """The text and its parts as (number, (before, deadline words, after)).

    The words are marked once, where they stand letter by letter. Parts that the text holds already are not repeated.
    """
    parts = [part for part in parts if part[1] not in recommendation.text]
    words, found = recommendation.deadline_words, []
    for number, text in [("", recommendation.text), *parts]:
        pieces = text.partition(words) if words else (text, "", "")
        words = "" if pieces[1] else words
        found.append((number, pieces))
    return found


def evidence_actions(record, rows: list[VoiceEntry], user) -> list[tuple[str, str]]:
    """Where this person can point at evidence: of the recommendation, and of the latest assurance."""
    if not can_point(user):
        return []
    found = [(reverse("point_from_recommendation", args=[record.pk]), "Link evidence")]
    if assurance := latest(rows, ASSURANCE):
        address = reverse("point_from_assurance", args=[assurance.id])
        found.append((address, f"Link evidence to the assurance of {say(assurance.on)}"))
    return found


def cards(record, rows: list[VoiceEntry], words: dict, evidence: list[EvidenceRow]) -> list[Card]:
    """The three voices, apart, each with its latest word, text, day and person; beside the office's, its evidence."""
    update, assurance, status = (latest(rows, voice) for voice in (UPDATE, ASSURANCE, STATUS))
    source = record.recommendation.inspection
    label, initial = status_label(source.source_word), source.source_initial
    shown = tuple(row.short for row in evidence if assurance and row.evidence.assurance_id == assurance.id)
    return [
        Card("force", "Force position", _force_word(record, update, words), *_text_and_who(update)),
        Card("opcc", "OPCC assurance", AssuranceView(assurance.value).label, *_text_and_who(assurance), shown)
        if assurance
        else Card("opcc", "OPCC assurance", "Not assessed yet"),
        Card("hmi", label, status_words(status, words), *_text_and_who(status, "recorded by "), initial=initial)
        if status
        else Card("hmi", label, "Nothing heard yet", initial=initial),
    ]


def _force_word(record, update: VoiceEntry | None, words: dict) -> str:
    stage = words["stage"].get(record.standing.stage, record.standing.stage)
    if update is None:
        return "No update yet"
    return f"{Position(update.value).label}, {in_sentence(stage)}" if update.value else stage


def _text_and_who(said: VoiceEntry | None, by: str = "") -> tuple[str, str]:
    if said is None:
        return "", ""
    text = shorten(said.text, 280)
    if said.voice == ASSURANCE and said.date:
        text += f" Look again on {say(said.date)}."
    who = f"{by}{said.who}" if said.who else ""
    return text, ", ".join(part for part in (say(said.on), who) if part)


def happened(request, events: list[TimelineEvent], files: FilesShown, groups: dict[str, str]) -> dict:
    """The timeline's page, its filter and the counts of each group, and of events with files where there are any."""
    groups = groups | ({FILES: "Files"} if files.all else {})
    show_only = request.GET.get("show", "")
    show_only = show_only if show_only in groups else ""
    with_files = [event for event in events if (found := files_of_event(event, files)) and found.lines]
    shown = with_files if show_only == FILES else [event for event in events if show_only in ("", event.group)]
    whole = request.GET.get("page") == ALL
    page = Paginator(shown, max(len(shown), 1) if whole else PAGE_SIZE).get_page(request.GET.get("page"))
    numbers = counts(events) | {FILES: len(with_files)}
    moved = next((event for event in page if event.moved), None)
    return {
        "page": page,
        "events": [_shown(request, event, event is moved, files) for event in page],
        "whole": whole,
        "show_only": show_only,
        "filters": [("", "All", len(events))] + [(key, label, numbers[key]) for key, label in groups.items()],
    }


def files_of_event(event: TimelineEvent, files: FilesShown) -> EntryFiles | None:
    """The files on what an event tells of; None where no file hangs on such an event."""
    if event.closure:
        by = event.closure.requested_by
        return files.of("closure", event.closure.pk, by.force_id if by else None)
    if event.said and event.said.voice in FILE_KINDS:
        said = event.said
        return files.of(FILE_KINDS[said.voice], said.id, said.force, withdrawn=bool(said.withdrawn_at))
    return None


def _shown(request, event: TimelineEvent, is_first_move: bool, files: FilesShown) -> Shown:
    user, said, withdraw_url, response_url = request.user, event.said, "", ""
    if said and not said.withdrawn_at and may_withdraw(user, VOICES[said.voice], said.force):
        withdraw_url = reverse("withdraw", args=[said.tracked, said.voice, said.id]) + carried(request.GET)
    if event.response and user.has_perm(May.SEE_RESPONSES):
        response_url = reverse("response", args=[event.response])
    anchor = "moves" if is_first_move else ""
    return Shown(event, withdraw_url, response_url, anchor, files_of_event(event, files))
