"""The three values of each conflict: at the export, in the register now (with who and when), and in the file."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model

from recommendations.domain.imports.conflicts import ImportConflict, label_values
from recommendations.domain.imports.register_snapshot import ORDER
from recommendations.domain.imports.row_marks import UNITS
from recommendations.domain.register.export.marks import cell_text
from recommendations.domain.register.sheet_columns import BY_KEY, RECORD_TEXT_KEYS, UPDATE_TEXT_KEYS, Holds
from recommendations.models import (
    Assurance,
    Closure,
    Delay,
    ForceUpdate,
    InspectorateStatus,
    Label,
    Recommendation,
    TargetDate,
    TrackedRecommendation,
    Weight,
)
from recommendations.periods import say

NOT_KNOWN = "Not known: the hidden mark of this row does not fit it"
NOTHING = "Nothing"
FACTS = ("number", "heading", "text", "deadline_words", "deadline_on")


@dataclass(frozen=True)
class ConflictDetails:
    """A conflict in words. `was`, `now` and `in_file` are lists of (heading, text).

    The heading is "" if only the cell that the unit is named after differs. `by` and `on` (UTC) are the last change in
    the register, if known.
    """

    conflict: ImportConflict
    was: list[tuple[str, str]]
    now: list[tuple[str, str]]
    in_file: list[tuple[str, str]]
    by: str = ""
    on: datetime.datetime | None = None


class _Event(NamedTuple):
    """A recorded change: when, by whom, and the values then; None if something was withdrawn."""

    at: datetime.datetime
    by: str
    values: dict[str, str] | None


type _Events = dict[tuple[int, str], list[_Event]]  # by tracked recommendation and unit


@dataclass
class _Known:
    """The recorded changes of some recommendations."""

    words: dict
    events: _Events = field(default_factory=lambda: defaultdict(list))

    def add(self, pk: int, units: Iterable[str], at: datetime.datetime, by: str | None, values: dict | None) -> None:
        texts = (
            {key: cell_text(value) for key, value in label_values(values, self.words).items()}
            if values is not None
            else None
        )
        for unit in units:
            said = {key: texts[key] for key in UNITS[unit]} if texts is not None else None
            self.events[pk, unit].append(_Event(at, by or "", said))


def details_of(conflicts: Sequence[ImportConflict]) -> list[ConflictDetails]:
    """Return each conflict in words. The number of queries is constant; none if there are no conflicts."""
    if not conflicts:
        return []
    known = _Known(Label.objects.words())
    by_pk = {each.tracked.pk: each.tracked for each in conflicts}
    _facts(known, by_pk)
    _voices(known, list(by_pk))
    _risk(known, list(by_pk), {each.unit for each in conflicts})
    _targets(known, list(by_pk))
    _closures(known, list(by_pk))
    return [_details(each, known.events[each.tracked.pk, each.unit]) for each in conflicts]


def _facts(known: _Known, by_pk: dict[int, TrackedRecommendation]) -> None:
    """Read the history of the records: each save is an event."""
    for pk, at, by, values in _saves(TrackedRecommendation, by_pk, RECORD_TEXT_KEYS):
        known.add(pk, RECORD_TEXT_KEYS, at, by, values)
    tracked = defaultdict(list)
    for pk, each in by_pk.items():
        tracked[each.recommendation_id].append(pk)
    for asked, at, by, values in _saves(Recommendation, tracked, FACTS):
        for pk in tracked[asked]:
            known.add(pk, ("number", "heading", "text", "deadline_on"), at, by, values)


def _saves(model: Any, ids: Iterable[int], names: Sequence[str]) -> Iterator[tuple[int, datetime.datetime, str, dict]]:
    rows = model.history.filter(id__in=ids).order_by("history_date", "history_id")
    for pk, at, by, *values in rows.values_list("id", "history_date", "history_actor", *names):
        yield pk, at, by, dict(zip(names, values, strict=True))


def _voices(known: _Known, ids: list[int]) -> None:
    same = {key: key for key in ("said_by", *UPDATE_TEXT_KEYS, "stage", "position", "forecast_on")}
    _read_dated_rows(known, ForceUpdate, ids, {"update": "done", "update_on": "effective_on"} | same)
    said = {"assurance": "view", "assurance_why": "rationale", "assurance_on": "effective_on"}
    _read_dated_rows(known, Assurance, ids, said)
    status = {"inspectorate_status": "status", "inspectorate_status_on": "effective_on"}
    _read_dated_rows(known, InspectorateStatus, ids, status)


def _risk(known: _Known, ids: list[int], units: Collection[str]) -> None:
    """Read risk and delay, each only if it is in a conflict."""
    if "risk" in units:
        weight = {"risk": "risk", "risk_why": "why", "risk_on": "effective_on", "themes": "themes"}
        _read_dated_rows(known, Weight, ids, weight)
    if "delay_cause" in units:
        delay = {"delay_cause": "cause", "delay_words": "words", "mitigation": "mitigation"}
        _read_dated_rows(known, Delay, ids, delay)


def _read_dated_rows(known: _Known, model: type[Model], ids: list[int], columns: dict[str, str]) -> None:
    """Read dated rows: when each was recorded and withdrawn. `columns` maps the sheet's fields to columns."""
    units = [unit for unit in UNITS if unit in columns]
    stamps = ("tracked_id", "recorded_at", "recorded_by__name", "withdrawn_at", "withdrawn_by__name")
    rows = model._default_manager.filter(tracked__in=ids).order_by(*ORDER)
    for pk, at, by, withdrawn_at, withdrawn_by, *values in rows.values_list(*stamps, *columns.values()):
        known.add(pk, units, at, by, dict(zip(columns, values, strict=True)))
        if withdrawn_at:
            known.add(pk, units, withdrawn_at, withdrawn_by, None)


def _targets(known: _Known, ids: list[int]) -> None:
    """Read targets. A recommendation's first target stays the first, however often it moves."""
    first: dict[int, datetime.date] = {}
    stamps = ("tracked_id", "recorded_at", "recorded_by__name", "withdrawn_at", "withdrawn_by__name", "target_on")
    rows = TargetDate.objects.filter(tracked__in=ids).order_by(*ORDER).values_list(*stamps)
    for pk, at, by, withdrawn_at, withdrawn_by, day in rows:
        first.setdefault(pk, day)
        known.add(pk, ["target_on"], at, by, {"first_target_on": first[pk], "target_on": day})
        if withdrawn_at:
            known.add(pk, ["target_on"], withdrawn_at, withdrawn_by, None)


def _closures(known: _Known, ids: list[int]) -> None:
    stamps = ("outcome", "closed_on", "decided_at", "decided_by__name", "reopened_at", "reopened_by__name")
    rows = Closure.objects.filter(tracked__in=ids, closed_on__isnull=False).order_by("decided_at")
    for pk, outcome, closed_on, at, by, reopened_at, reopened_by in rows.values_list("tracked_id", *stamps):
        known.add(pk, ["outcome"], at, by, {"outcome": outcome, "closed_on": closed_on})
        if reopened_at:
            known.add(pk, ["outcome"], reopened_at, reopened_by, {"outcome": "", "closed_on": None})


def _details(conflict: ImportConflict, events: list[_Event]) -> ConflictDetails:
    events = sorted(events, key=lambda event: event.at)
    was, last = _values_at_export(conflict, events), _last_change(events)
    nothing = dict.fromkeys(UNITS[conflict.unit], "")
    in_file = (was or nothing) | {key: conflict.mark.in_file[key] for key in nothing if key in conflict.mark.in_file}
    sides = [each for each in (was, conflict.now, in_file) if each is not None]
    keys = [key for key in nothing if len({each[key] for each in sides}) > 1] or list(nothing)
    return ConflictDetails(
        conflict,
        was=[("", NOT_KNOWN)] if was is None else _lines(conflict.unit, keys, was),
        now=_lines(conflict.unit, keys, conflict.now),
        in_file=_lines(conflict.unit, keys, in_file),
        by=last.by if last else "",
        on=last.at if last else None,
    )


def _values_at_export(conflict: ImportConflict, events: list[_Event]) -> dict[str, str] | None:
    """Return the values at the time of the export: the recorded ones that match the row's mark, or None."""
    nothing = dict.fromkeys(UNITS[conflict.unit], "")
    candidates = [event.values for event in reversed(events) if event.values is not None]
    fitting = (each for each in (conflict.now, *candidates, nothing) if _matches_mark(conflict, each))
    return next(fitting, None)


def _matches_mark(conflict: ImportConflict, values: dict[str, str]) -> bool:
    return all(conflict.mark.was(key, text) for key, text in values.items())


def _last_change(events: list[_Event]) -> _Event | None:
    """Return the last event whose values differ from those before it."""
    found, before = None, None
    for event in events:
        if event.values is None or event.values != before:
            found = event
        before = event.values
    return found


def _lines(unit: str, keys: Sequence[str], values: dict[str, str]) -> list[tuple[str, str]]:
    """Return the cells that differ, with their headings unless it is only the cell that the unit is named after."""
    alone = list(keys) == [unit]
    return [("" if alone else BY_KEY[key].heading, _display_text(key, values[key])) for key in keys]


def _display_text(key: str, text: str) -> str:
    if not text:
        return NOTHING
    if BY_KEY[key].holds != Holds.DAY:
        return text
    try:
        return say(datetime.date.fromisoformat(text))
    except ValueError:
        return text
