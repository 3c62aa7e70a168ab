"""Import a line's force updates, OPCC assurance and HMICFRS status. Rows are added, none is changed."""

import datetime
from typing import Any, NamedTuple

from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import ASKS_DAY, UpdateInCell, normalise
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.sources.refusing import DIRECTED, why_not
from recommendations.enums import AssuranceView, Position, Stage, Vocabulary
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say

STANDS = ("stage", "position", "forecast_on")  # carried over from one update to the next
CARRIED = (*STANDS, *UPDATE_TEXT_KEYS)
NOBODY = {"stage": str(Stage.AWAITING_ALLOCATION), "position": "", "forecast_on": None}
NOBODY |= dict.fromkeys(UPDATE_TEXT_KEYS, "")
NO_DAY = "The sheet gives no day for this. Enter the day that holds for what has none."


def plan_voices(entry: ImportEntry) -> None:
    """Plan new dated rows, and the resulting changes."""
    _plan_updates(entry)
    _plan_assurance(entry)
    _plan_status(entry)


def last_said_on(entry: ImportEntry) -> datetime.date | None:
    """Return the day of the line's latest force update, or None."""
    days = [said.on or entry.undated_on for said in entry.line.updates]
    return max((day for day in days if day), default=None)


def _plan_updates(entry: ImportEntry) -> None:
    there = entry.register.updates.get(entry.pk, [])
    found = [new for said in entry.line.updates if (new := _new_update(entry, said, there))]
    rows = [_row(said) for said in sorted(dict.fromkeys(found), key=lambda said: said.on)]
    for row in rows:
        entry.change("update", "", f"{say(row['effective_on'])}: {shorten(row['done'], 200)}")
    carried = _changed_values(entry, there)
    if carried:
        _carry(entry, carried, rows, there)
    _fill(entry, rows, there)
    entry.writes.updates = rows


class _DatedUpdate(NamedTuple):
    text: str
    on: datetime.date
    said_by: str


def _new_update(entry: ImportEntry, update: UpdateInCell, there: list) -> _DatedUpdate | None:
    """Return an update not on record, with its day, or None if it is on record or has no possible day."""
    text = normalise(update.text)
    if any(normalise(row.done) == text and row.effective_on == (update.on or row.effective_on) for row in there):
        return None
    on = update.on or entry.undated_on
    if on is None:
        entry.refuse("update", NO_DAY, ASKS_DAY)
        return None
    return _DatedUpdate(update.text, on, update.said_by) if entry.day_fits("update", on) else None


def _row(update: _DatedUpdate) -> dict:
    return {"effective_on": update.on, "done": update.text, "said_by": update.said_by}


def _changed_values(entry: ImportEntry, there: list) -> dict:
    """Return the line's new values for stage, position, forecast and further texts."""
    line, now = entry.line, _now(entry)
    now |= {key: getattr(there[-1], key) if there else "" for key in UPDATE_TEXT_KEYS}
    carried = {key: line.get(key) for key in CARRIED if key in line.values and line.get(key) != now[key]}
    if carried.get("position") == Position.NOT_ACCEPTED and (why_not := _why_not_refused(entry)):
        entry.refuse("position", why_not)
    forecast = carried.get("forecast_on")
    if forecast and not entry.not_before_report("forecast_on", forecast):
        carried.pop("forecast_on")
    return carried


def _why_not_refused(entry: ImportEntry) -> str:
    """Return the reason why the position cannot be “not accepted”, or ""."""
    if entry.tracked and entry.tracked.standing.direction_due_on:
        return DIRECTED
    if entry.report:
        basis = entry.report.law[1] if entry.report.law else None
    else:
        basis = entry.register.basis_of(entry.inspection) if entry.inspection else None
    return why_not(basis) if basis and not basis.may_refuse else ""


def _now(entry: ImportEntry) -> dict:
    """Return the recorded values that an update carries over."""
    return {key: getattr(entry.tracked.standing, key) for key in STANDS} if entry.tracked else dict(NOBODY)


def _carry(entry: ImportEntry, carried: dict, rows: list[dict], there: list) -> None:
    """Add the values to the latest new update or, without one, to a new row that names the file."""
    latest = there[-1].effective_on if there else None
    if not rows or (latest and rows[-1]["effective_on"] < latest):
        day = _day_to_carry(entry, latest)
        if day is None:
            return
        rows.append({"effective_on": day, "done": entry.file_reason, "said_by": ""})
    rows[-1] |= carried
    now = _now(entry)
    for key, value in carried.items():
        entry.change(key, _label(entry, key, now.get(key, "")), _label(entry, key, value))


def _day_to_carry(entry: ImportEntry, latest: datetime.date | None) -> datetime.date | None:
    """Return the day of a row for a new stage without a new text.

    None if the sheet is older than the register, or gives no day.
    """
    own = last_said_on(entry) or entry.line.get("update_on")
    if latest and own and own < latest:
        entry.notes.append(f"Stage, position and forecast are older than the update of {say(latest)}: they stay.")
        return None
    if entry.tracked:
        return max(entry.undated_on or entry.on, latest or entry.tracked.tracked_on)
    day = own or entry.undated_on
    if day is None:
        entry.refuse("update_on", NO_DAY, ASKS_DAY)
    return day if day and entry.day_fits("update_on", day) else None


def _fill(entry: ImportEntry, rows: list[dict], there: list) -> None:
    """Fill in every field of each row: what it does not give is taken from the row before it."""
    line = entry.line
    if rows and not (there and rows[-1]["effective_on"] < there[-1].effective_on):
        rows[-1] |= {key: line.get(key) for key in CARRIED if key in line.values} | rows[-1]
    rows.sort(key=lambda row: row["effective_on"])
    for place, row in enumerate(rows):
        before = [each for each in there if each.effective_on <= row["effective_on"]]
        known = {key: getattr(before[-1], key) for key in STANDS} if before else {}
        if place and (not before or rows[place - 1]["effective_on"] >= before[-1].effective_on):
            known = {key: rows[place - 1][key] for key in STANDS}
        default = NOBODY | {"stage": str(Stage.IN_PROGRESS)} | known
        for key in CARRIED:
            row.setdefault(key, default[key])


def _plan_assurance(entry: ImportEntry) -> None:
    view, on = entry.line.get("assurance"), entry.line.get("assurance_on")
    if not view:
        return
    there, why = entry.register.assurances.get(entry.pk, []), entry.line.get("assurance_why", "")
    if not why and there and there[-1].view == view and on in (None, there[-1].effective_on):
        return
    why = why or entry.file_reason
    same = [row.effective_on for row in there if row.view == view and normalise(row.rationale) == normalise(why)]
    if same and (on is None or on in same):
        return
    day = _day(entry, "assurance_on" if on else "assurance_why", on)
    if day and entry.day_fits("assurance_on", day):
        entry.writes.assurances = [{"effective_on": day, "view": view, "rationale": why}]
        before = AssuranceView(there[-1].view).label if there else ""
        entry.change("assurance", before, f"{AssuranceView(view).label}, {say(day)}")


def _plan_status(entry: ImportEntry) -> None:
    status, on = entry.line.get("inspectorate_status"), entry.line.get("inspectorate_status_on")
    if not status:
        return
    there = entry.register.statuses.get(entry.pk, [])
    if there and there[-1].status == status and on in (None, there[-1].effective_on):
        return
    if any((row.status, row.effective_on) == (status, on) for row in there):
        return
    day = _day(entry, "inspectorate_status", on)
    if day and entry.day_fits("inspectorate_status_on", day):
        entry.writes.statuses = [{"effective_on": day, "status": status, "source": entry.file_reason}]
        before = _label(entry, "inspectorate_status", there[-1].status) if there else ""
        entry.change("inspectorate_status", before, f"{_label(entry, 'inspectorate_status', status)}, {say(day)}")


def _day(entry: ImportEntry, key: str, on: datetime.date | None) -> datetime.date | None:
    if on is None and entry.undated_on is None:
        entry.refuse(key, NO_DAY, ASKS_DAY)
    return on or entry.undated_on


def _label(entry: ImportEntry, key: str, value: Any) -> Any:
    vocabulary = {"stage": Vocabulary.STAGE, "inspectorate_status": Vocabulary.INSPECTORATE_STATUS}.get(key)
    if vocabulary:
        return entry.register.words[vocabulary].get(value, value)
    return Position(value).label if key == "position" and value else value
