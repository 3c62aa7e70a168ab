"""What the page of a tracked recommendation shows: what is read on the left, what is done on the right."""

import datetime
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
    latest_of_step,
)
from recommendations.domain.register.parts.states import PartState, part_states, parts_in_words
from recommendations.domain.register.rag import is_overdue, standings_on
from recommendations.domain.register.rag_reasons import ColourBasis, flags_of, reason
from recommendations.domain.register.rechecks.queries import closures_of, measure_of
from recommendations.domain.register.restrictions import restriction_of
from recommendations.domain.register.risk_strip import StripCell, risk_strip
from recommendations.domain.register.sheet_columns import WHO_TEXTS
from recommendations.domain.register.timeline import TimelineEvent, counts, groups_of, status_words, timeline
from recommendations.domain.register.voices import may_withdraw
from recommendations.domain.similar.queries import SimilarOnes, similar_to
from recommendations.domain.sources.naming import status_label
from recommendations.domain.sources.queries import is_in_action_plan
from recommendations.enums import AssuranceView, Position
from recommendations.enums.disputes import DisputeDecision, DisputeStep
from recommendations.models import Commitment, Label, RagRule, SubRecommendation, TrackedRecommendation
from recommendations.models.inspections import shorten
from recommendations.periods import say
from recommendations.permissions import May
from recommendations.sections import Section
from recommendations.views.attachments.addresses import EntryFiles, FilesShown
from recommendations.views.register.closing import weighing_of
from recommendations.views.register.place import carried, place_of, remembered
from recommendations.views.register.tracked_forms import panel_beside
from recommendations.views.register.tracked_panels import RECHECK, SLIP

PAGE_SIZE = 50
ALL = "all"
FILES = "files"
DISPUTE_STEPS = (
    ("force", "Why the force does not accept it", DisputeStep.REASON),
    ("hmi", "Reply of {}", DisputeStep.REPLY),
    ("opcc", "Decision of the OPCC", DisputeStep.DECISION),
)
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
    rule, words = RagRule.objects.on(today), Label.objects.words()
    record = _found(pk, user, rule, today)
    rows, closures = entries_for(record), record.looks
    evidence, files = of_tracked(record, user, today), FilesShown(record, user)
    similar = similar_beside(record, user)
    panel = panel_beside(request, record, words, rows, closures, key=key, form=form, entry=entry)
    events = timeline(record, rows, closures, words, today, record.part_rows)
    context = {
        **similar,
        **_way_back(request, record),
        **_read(record, rows, closures, words, rule, today),
        "cards": cards(record, rows, words, evidence),
        "evidence": evidence,
        "evidence_actions": evidence_actions(record, rows, user),
        **happened(request, events, files, groups_of(record), _since(panel["panel"], record)),
        "files": files,
        "own_files": files.of("tracked", record.pk, None),
        **panel,
        "measure": measure_of(closures),
        "weighing": weighing_of(panel["panel"], record, rows, words, files, user),
        **followed_in(record, user, today),
    }
    return render(request, "register/tracked/page.html", context)


def _found(pk: int, user, rule, today) -> TrackedRecommendation:
    """The record with what several parts of its page read: each is asked for once."""
    seen = TrackedRecommendation.objects.visible_to(user).with_record().select_related("recommendation__cause")
    record = get_object_or_404(seen.with_standing(standings_on(today, rule)), pk=pk)
    record.restriction = restriction_of(record) if user.has_perm(May.RESTRICT) else None
    record.its_parts, record.addressees = lists_of(record.recommendation)
    record.looks = closures_of(record)
    return record


def similar_beside(record, user) -> dict:
    """What it is linked with, and while it is open what is suggested as much like it. The form beside it asks too."""
    of = record.recommendation
    text = "\n".join((of.heading, of.text, *(part.text for part in record.its_parts)))
    found = similar_to({record.pk: text}, user)[record.pk]
    record.similar = SimilarOnes(found.linked) if record.standing.closed_on else found
    return {"may_decide_similar": user.has_perm(May.EDIT_TRACKED)}


def followed_in(record, user, today) -> dict:
    """What else follows it: the promises of responses, and whether this person can read the plan that answers it."""
    in_plan = user.has_perm(May.DRAFT_PAPER) and is_in_action_plan(record.recommendation.inspection, today)
    return {"promised": promised(record, user, today), "in_plan": in_plan}


def _read(record, rows: list[VoiceEntry], closures, words: dict, rule, today) -> dict:
    """What is read before the timeline: the words, the colour and why, the dates, the voices."""
    colour, basis = record.standing.rag, ColourBasis.of_record(record.standing)
    return {
        "record": record,
        "who": [(field.short, name) for field in WHO_TEXTS if (name := getattr(record, field.key))],
        "recommendation": record.recommendation,
        "inspection": record.recommendation.inspection,
        "texts": marked(record.recommendation, part_states(record), told=bool(record.part_rows)),
        "parts_done": parts_in_words(record.standing.parts, record.standing.parts_done),
        "addressees": record.addressees,
        "colour": colour,
        "rag_words": f"{rule.word(colour)}: {reason(basis, today)}{_look_again(record)}",
        "flags": flags_of(basis, today, rule),
        "notices": [
            *notices.restricted(record.restriction),
            *notices.all_parts_done(record),
            *notices.notices(record, rows, closures, words, today, record.addressees),
        ],
        "dates": three_dates(record, basis, rows, today, rule),
        "dispute": dispute_of(record, rows),
        "strip": strip_of(record, rows, words),
    }


def strip_of(record, rows: list[VoiceEntry], words: dict) -> list[StripCell]:
    """Risk and delay of an open one, where the office uses them."""
    if not Section.RISK.is_on or record.standing.closed_on:
        return []
    return risk_strip(rows, words, is_overdue=is_overdue(record.standing.rag))


def _look_again(record) -> str:
    """ ", look again by 30 November 2026" of one that is closed and watched."""
    day = record.standing.look_again_on
    return f", look again by {say(day)}" if day and Section.RECHECKS.is_on else ""


def promised(record, user, today) -> list[CommitmentRow]:
    """The commitments that the comments on it make; none for those who may not see responses."""
    visible = Commitment.objects.visible_to(user)
    found = visible.filter(comment__answers__recommendation=record.recommendation_id)
    return rows_for(with_latest(visible.filter(pk__in=found.values("pk"))), today)


def lists_of(recommendation) -> tuple[list[SubRecommendation], list[str]]:
    """The parts and the addressees of a recommendation, in order, in one query."""

    def rows(queryset, which: int, *columns):
        return queryset.order_by().values_list(Value(which, IntegerField()), "position", "pk", *columns)

    parts = rows(recommendation.parts, 0, "number", "text")
    found = sorted(parts.union(rows(recommendation.addressees, 1, Value("", CharField()), "name"), all=True).order_by())
    columns = ("position", "pk", "number", "text")
    made = [dict(zip(columns, row[1:], strict=True)) for row in found if row[0] == 0]
    of = {"recommendation_id": recommendation.pk}
    return [SubRecommendation(**of, **each) for each in made], [row[4] for row in found if row[0] == 1]


@dataclass(frozen=True)
class MarkedText:
    """The text, or a part of it: its number, its words around those of the deadline, and how a part stands."""

    number: str
    pieces: tuple[str, str, str]
    state: PartState | None = None


def marked(recommendation, states: list[PartState], *, told: bool) -> list[MarkedText]:
    """The text and its parts. The words of the deadline are marked once, where they stand letter by letter.

    Parts that the text holds already are not repeated, unless it is `told` how each of them stands.
    """
    shown = [each for each in states if told or each.part.text not in recommendation.text]
    texts = [("", recommendation.text, None)]
    texts += [(each.part.number, each.part.text, each if told else None) for each in shown]
    words, found = recommendation.deadline_words, []
    for number, text, state in texts:
        pieces = text.partition(words) if words else (text, "", "")
        words = "" if pieces[1] else words
        found.append(MarkedText(number, pieces, state))
    return found


@dataclass(frozen=True)
class DisputeCard:
    """A step of the dispute: whose it is, what it is called, what was said last, by whom and when."""

    voice: str
    label: str
    word: str = ""
    text: str = "Nothing recorded yet."
    who: str = ""


def dispute_of(record, rows: list[VoiceEntry]) -> list[DisputeCard]:
    """What was said where the force does not accept the recommendation, step by step; nothing of any other."""
    if record.standing.position != Position.NOT_ACCEPTED:
        return []
    source = record.recommendation.inspection.source_word
    return [
        _dispute_card(voice, label.format(source), latest_of_step(rows, step)) for voice, label, step in DISPUTE_STEPS
    ]


def _dispute_card(voice: str, label: str, said: VoiceEntry | None) -> DisputeCard:
    if said is None:
        return DisputeCard(voice, label)
    word = DisputeDecision(said.value).label if said.value else ""
    again = f" Review on {say(said.date)}." if said.date else ""
    return DisputeCard(voice, label, word, f"{said.text}{again}", f"{say(said.on)}, {said.who}".rstrip(", "))


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


def _way_back(request, record) -> dict:
    """Where the page was opened from, and what its own links carry of that."""
    place = place_of(request, record)
    return {
        "place": place,
        "back": place.back if place else remembered(request.session),
        "here": f"{record.get_absolute_url()}?{f'{place.query}&' if place else ''}",
        "carried": f"?{place.query}" if place else "",
    }


def _since(panel, record) -> datetime.date | None:
    """The day of closing, where the question is what came after it."""
    return record.standing.closed_on if panel.key in (RECHECK, SLIP) else None


def happened(
    request,
    events: list[TimelineEvent],
    files: FilesShown,
    groups: dict[str, str],
    since: datetime.date | None = None,
) -> dict:
    """The timeline's page, its filter and the counts of each group, and of events with files where there are any.

    With `since` of that day and later alone.
    """
    events = [event for event in events if since is None or event.on >= since]
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
        "since_closing": since is not None,
        "show_only": show_only,
        "filters": [("", "All", len(events))] + [(key, label, numbers[key]) for key, label in groups.items()],
    }


def files_of_event(event: TimelineEvent, files: FilesShown) -> EntryFiles | None:
    """The files on what an event tells of; None where no file hangs on such an event."""
    if event.closure:
        by = event.closure.requested_by
        return files.of("closure", event.closure.pk, by.force_id if by else None)
    if event.look:
        return files.of("recheck", event.look.pk, None, withdrawn=bool(event.look.withdrawn_at))
    if event.said and event.said.voice in FILE_KINDS:
        said = event.said
        return files.of(FILE_KINDS[said.voice], said.id, said.force, withdrawn=bool(said.withdrawn_at))
    return None


def _shown(request, event: TimelineEvent, is_first_move: bool, files: FilesShown) -> Shown:
    user, said, withdraw_url, response_url = request.user, event.said, "", ""
    if said and not said.withdrawn_at and may_withdraw(user, VOICES[said.voice], said.force, said.stage):
        withdraw_url = reverse("withdraw", args=[said.tracked, said.voice, said.id]) + carried(request.GET)
    if event.response and user.has_perm(May.SEE_RESPONSES):
        response_url = reverse("response", args=[event.response])
    anchor = "moves" if is_first_move else ""
    return Shown(event, withdraw_url, response_url, anchor, files_of_event(event, files))
