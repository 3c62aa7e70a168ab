"""A record's history in words: who changed what, when, from which value to which, with which verb and why.

It has two sources. History rows have every field of each save; the trail has the verb, the moment and the reason. A
save belongs to the entry that has the same digests for it, so the two can't be paired wrongly. A save without an
entry (someone changed the database) is shown too, without a verb.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet, Value

from recommendations import trail
from recommendations.domain.audit.families import FAMILY
from recommendations.domain.audit.history_lines import HistoryLine, HistoryRow, name_source, source_of
from recommendations.domain.audit.removals import Removals
from recommendations.domain.audit.voices import VOICES
from recommendations.domain.audit.wording import (
    FieldChange,
    capital,
    changes_between,
    changes_of,
    names_for,
    title_of,
    verb_words,
)
from recommendations.models import (
    Action,
    ActionLink,
    ActionRow,
    Force,
    ForceSuccession,
    Inspection,
    InspectionForce,
    LegacyJudgement,
    LegacyReview,
    MonitoringStage,
    PeelGrade,
    PolicingBody,
    Recommendation,
    Response,
    ResponseInspection,
    Restriction,
    SheetImport,
    SimilarPair,
    Succession,
    TrackedRecommendation,
    TrailEntry,
    UpdateRound,
    User,
)
from recommendations.models.base import ActedRow, Record
from recommendations.models.similar import OF_PAIRS
from recommendations.sections import Section

REDACTIONS = ("confirm_redaction", "carry_out_redaction")
# Reasons of restrictions are only for those who may restrict, and evidence is the office's own.
OFFICE_ONLY = ("restrict", "lift_restriction", "point_at", "withdraw_evidence", *OF_PAIRS)
OF_ACTION = (ActionLink, ActionRow)
OF_ACTIONS = ("add_actions", "tick_actions")  # of several actions, about no record alone
# Subjects of verbs that write to many records at once; a bulk change of chosen records has no subject.
OF_MANY = (
    "",
    *(model._meta.label_lower for model in (SheetImport, UpdateRound, TrailEntry, ForceSuccession, Succession)),
)


@dataclass(frozen=True)
class TextsShownWith:
    """What is shown among a model's changes though another table has it.

    `words_of(ids)` returns each row's texts by name; `behind` gives the column after whose change each is shown.
    """

    words_of: Callable[[set[int]], dict[int, dict[str, str]]]
    behind: dict[str, tuple[str, ...]]


_beside: dict[type, TextsShownWith] = {}


def register_texts(model: type, beside: TextsShownWith) -> None:
    """Register such texts for `model`, for every history that includes it. Called by the module that knows them."""
    _beside[model] = beside


@dataclass(frozen=True)
class Save:
    """One save of one row: the history row, and the one before it (None if it was added)."""

    model: type[models.Model]
    row: ActedRow
    before: ActedRow | None
    spoke: tuple[models.Model, models.Model] | None = None  # the row of its voice in force before and after the save

    @property
    def changed(self) -> set[str]:
        """The columns that the save changed; all if it added the row."""
        columns = {each.attname for each in trail.trailed_fields(self.model)}
        if self.before is None:
            return columns
        return {name for name in columns if getattr(self.row, name) != getattr(self.before, name)}

    def is_told_by(self, fields: dict[str, str]) -> bool:
        """Whether these digests of a trail entry describe this save."""
        known = {each.attname: each for each in trail.trailed_fields(self.model)}
        now = {name: trail.digest(known[name].value_from_object(self.row)) for name in fields if name in known}
        same = all(now[name] == fields[name] for name in now)
        return same and (self.before is None or self.changed <= set(fields))


@dataclass
class HistoryEvent:
    """One verb, or one save without a verb, with its changes to the record and related rows."""

    at: datetime.datetime
    actor: str
    verb: str = ""
    reason: str = ""
    sequence: int = 0
    saves: list[Save] = field(default_factory=list)


def events_of(record: Record, *, user: User) -> list[HistoryEvent]:
    """Every event of a record that this user may see, newest first. `tell` puts them into words."""
    rows = TrailEntry.objects.with_former().filter(_subjects(record) | _many_record_verbs(record))
    entries = list(rows.order_by("sequence"))
    if not user.has_perm("restrict"):
        entries = [entry for entry in entries if entry.verb not in OFFICE_ONLY]
    removals, saves = Removals.read(), list(_saves(record, user))
    told = _digests_by_row(entries, removals)
    events = {entry.pk: _event(entry) for entry in entries}
    alone = _redaction_events(removals, saves)
    for save in saves:
        entry = _entry_for(save, told)
        if entry:
            events[entry.pk].saves.append(save)
        elif save.changed:
            alone.append(_event_alone(save))
    own = {entry.pk for entry in entries if _is_about(entry, record)}
    found = [event for pk, event in events.items() if event.saves or pk in own] + alone
    return sorted(found, key=lambda event: (event.at, event.sequence), reverse=True)


def tell(record: Record, events: list[HistoryEvent], labels: dict[str, dict[str, str]]) -> list[HistoryLine]:
    """These events in words. `labels` are the office's (Label.objects.words()). One query for each kind of name."""
    names = names_for((save.model, save.row, save.before) for event in events for save in event.saves)
    words, source = _words_of(events), source_of(record)
    return [name_source(_line(record, event, names, labels, words), source) for event in events]


def _words_of(events: list[HistoryEvent]) -> dict[tuple[type, int], dict[str, str]]:
    """The texts of other tables for these events. One query for each kind."""
    found: dict[tuple[type, int], dict[str, str]] = {}
    for model, beside in _beside.items():
        if ids := {save.row.id for event in events for save in event.saves if save.model is model}:
            found |= {(model, pk): words for pk, words in beside.words_of(ids).items()}
    return found


def _line(
    record: Record, event: HistoryEvent, names: dict, labels: dict, words: dict[tuple[type, int], dict[str, str]]
) -> HistoryLine:
    spoken = tuple(_voice_changes(event, labels))
    rows = [HistoryRow("", spoken)] if spoken else []
    said = {(change.key, change.after) for change in spoken}
    for save in sorted(event.saves, key=lambda save: save.model is not type(record)):
        changes = changes_of(save.model, save.row, save.before, type(record), names, labels)
        if beside := words.get((save.model, save.row.id)):
            changes = _add_texts(changes, beside, _beside[save.model].behind)
        told = tuple(change for change in changes if not _is_repeated(change, said, event.reason))
        said |= {(change.key, change.after) for change in told}
        if told:
            rows.append(HistoryRow("" if save.model is type(record) else title_of(save.model, save.row), told))
    return HistoryLine(event.at, event.actor, _verb(event), event.reason, event.sequence, tuple(rows))


def _voice_changes(event: HistoryEvent, labels: dict) -> Iterator[FieldChange]:
    """What the event changed in each voice's value in force."""
    for model, (_, fields) in VOICES.items():
        spoke = [save.spoke for save in event.saves if save.model is model and save.spoke]
        if spoke:
            yield from changes_between(model, spoke[0][0], spoke[-1][1], fields, labels)


def _add_texts(
    changes: Iterator[FieldChange], words: dict[str, str], behind: dict[str, tuple[str, ...]]
) -> Iterator[FieldChange]:
    """A row's changes, with the texts of other tables after those of some columns."""
    for change in changes:
        yield change
        for name in filter(words.get, behind.get(change.key, ())):
            yield FieldChange(name, capital(name.replace("_", " ")), "", words[name])


def _is_repeated(change: FieldChange, earlier: set, reason: str) -> bool:
    """Whether the line says this already: as its reason, or in an earlier row."""
    return (change.key, change.after) in earlier or (bool(reason) and change.after == reason and not change.before)


def _verb(event: HistoryEvent) -> str:
    if event.verb:
        return verb_words(event.verb)
    return "Added" if event.saves[0].before is None else "Changed"


def _subjects(record: Record) -> Q:
    """The condition on trail entries whose subjects' verbs may have written to this record."""
    found = Q(subject_model=record._meta.label_lower, subject_id=record.pk)
    if isinstance(record, TrackedRecommendation):
        reviews = record.legacy_lines.order_by().values("review")
        found |= _subjects(record.recommendation) | SimilarPair.objects.subjects_beside(record)
        found |= Q(subject_model=LegacyReview._meta.label_lower, subject_id__in=reviews)
        actions = ActionLink.objects.filter(tracked=record).order_by().values("action")
        found |= Q(subject_model=Action._meta.label_lower, subject_id__in=actions)
        moments = ActionRow.objects.filter(action__in=actions).order_by().values("recorded_at")
        found |= Q(verb__in=OF_ACTIONS, at__in=moments)
    elif isinstance(record, Action):
        found |= Q(verb="add_actions", at=record.recorded_at)
        found |= Q(verb="transfer", subject_id__in=record.links.order_by().values("tracked"))
    elif isinstance(record, Recommendation):
        found |= Q(subject_model=Inspection._meta.label_lower, subject_id=record.inspection_id)
        found |= _responses_to(record.inspection_id)
    elif isinstance(record, Inspection):
        found |= _responses_to(record.pk)
    elif isinstance(record, PeelGrade | MonitoringStage):
        found |= Q(subject_model=Force._meta.label_lower, subject_id=record.force_id)
    elif isinstance(record, Force | PolicingBody):
        for rows in (record.oversights, record.former_details):
            model = rows.model._meta.label_lower
            found |= Q(subject_model=model, subject_id__in=rows.order_by().values("pk"))
    return found


def _many_record_verbs(record: Record) -> Q:
    """The verbs that wrote to this record among many: their entries contain its id, as trail.canonical writes it."""
    named = trail.canonical({"id": record.pk, "model": record._meta.label_lower})[1:]
    return Q(subject_model__in=OF_MANY, changes__contains=named)


def _responses_to(inspection: int) -> Q:
    answers = ResponseInspection.objects.filter(inspection=inspection).order_by().values("response")
    return Q(subject_model=Response._meta.label_lower, subject_id__in=answers)


def _saves(record: Record, user: User) -> Iterator[Save]:
    """Every save of the record and related rows, row by row, each with the one before it.

    One query for each model that has any, and one to find out which these are.
    """
    yield from _pairs(type(record), record.history.all())
    family = list(_family(record, user))
    if not family:
        return
    first, *others = (rows.order_by().values_list(Value(place)) for place, (_, rows) in enumerate(family))
    for (place,) in sorted(first.union(*others).order_by() if others else first.distinct()):
        yield from _pairs(*family[place])


def _family(record: Record, user: User) -> Iterator[tuple[type[models.Model], QuerySet]]:
    """The models of related rows, each with the saves that this user may see."""
    off = OF_ACTION if isinstance(record, TrackedRecommendation) and not Section.ACTIONS.is_on else ()
    for model, path in FAMILY.get(type(record), {}).items():
        if model in off or (model in (Restriction, SimilarPair, LegacyJudgement) and not user.has_perm("restrict")):
            continue
        paths = [path] if isinstance(path, str) else path
        rows = model.history.filter(Q(*((each, record.pk) for each in paths), _connector=Q.OR))
        if model is InspectionForce and user.force_id:
            rows = rows.filter(force=user.force_id)
        if model in OF_ACTION and user.force_id:
            rows = rows.filter(action__force=user.force_id)
        yield model, rows


def _pairs(model: type[models.Model], rows: QuerySet) -> Iterator[Save]:
    latest: dict[int, ActedRow] = {}
    for row in rows.order_by("history_id"):
        before, spoke = latest.get(row.id), _speaker(model, latest)
        latest[row.id] = row
        speaks = _speaker(model, latest)
        yield Save(model, row, before, (spoke, speaks) if spoke and speaks else None)


def _speaker(model: type[models.Model], rows: dict[int, Any]) -> models.Model | None:
    """The row in force of a voice, or its blank row; None if the model is no voice."""
    if model not in VOICES:
        return None
    stand = [row for row in rows.values() if row.withdrawn_at is None]
    return max(stand, key=lambda row: (row.effective_on, row.recorded_at, row.id), default=VOICES[model][0])


def _digests_by_row(entries: Iterable[TrailEntry], removals: Removals) -> dict:
    """(model, id) → the entries' digests of that row, in order, as they read after redactions."""
    told = defaultdict(list)
    for entry in entries:
        for change in json.loads(entry.changes):
            if change["fields"]:
                now = removals.digests_as_read(entry.sequence, change["model"], change["id"], change["fields"])
                told[change["model"], change["id"]].append((entry, now))
    return told


def _entry_for(save: Save, digests: dict) -> TrailEntry | None:
    """The first entry not yet used that describes this save, or None."""
    waiting = digests[save.model._meta.label_lower, save.row.id]
    for place, (entry, fields) in enumerate(waiting):
        if save.changed and save.is_told_by(fields):
            del waiting[: place + 1]
            return entry
    return None


def _redaction_events(removals: Removals, saves: list[Save]) -> list[HistoryEvent]:
    """The redactions that removed words from any of these rows."""
    numbers = removals.of({(save.model._meta.label_lower, save.row.id) for save in saves})
    rows = TrailEntry.objects.with_former()
    found = rows.filter(sequence__in=numbers, verb__in=REDACTIONS) if numbers else []
    return [_event(entry) for entry in found]


def _event(entry: TrailEntry) -> HistoryEvent:
    return HistoryEvent(entry.at, entry.who, entry.verb, entry.reason, entry.sequence)


def _event_alone(save: Save) -> HistoryEvent:
    row = save.row
    return HistoryEvent(row.history_date, row.history_actor, reason=row.history_change_reason or "", saves=[save])


def _is_about(entry: TrailEntry, record: Record) -> bool:
    return (entry.subject_model, entry.subject_id) == (record._meta.label_lower, record.pk)
