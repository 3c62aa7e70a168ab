"""Conflicts: cells changed both in the register since an export and in the file. The user decides; nothing is
overwritten unseen.

A cell unchanged since the export changes nothing, whatever happened in the register. A cell changed only in the file is
an ordinary change. If both changed to different values, the register's stays unless the file's is chosen.
"""

import hashlib
from dataclasses import dataclass, field

from recommendations.domain.imports.lines import ImportLine
from recommendations.domain.imports.register_snapshot import RegisterSnapshot
from recommendations.domain.imports.row_marks import UNITS, RowMark
from recommendations.domain.register.export.marks import cell_text
from recommendations.domain.register.sheet_columns import BY_KEY, RECORD_TEXT_KEYS, UPDATE_TEXT_KEYS
from recommendations.domain.risk.delays import DelayReason
from recommendations.enums import AssuranceView, Outcome, Position, Vocabulary
from recommendations.models import TrackedRecommendation
from recommendations.models.register.risk import theme_words

HERE, FILE = "here", "file"


@dataclass(frozen=True)
class ImportConflict:
    """One unit of a row (a key of UNITS) changed on both sides. `now` has the register's values, field → text.

    `choice` is HERE, FILE, or "" if nobody has chosen, which keeps the register's values. `key` identifies the
    conflict; if the values in the register or the file change, it is a different one.
    """

    place: str
    unit: str
    tracked: TrackedRecommendation
    mark: RowMark
    now: dict[str, str] = field(default_factory=dict)
    choice: str = ""

    @property
    def heading(self) -> str:
        return BY_KEY[self.unit].heading

    @property
    def key(self) -> str:
        return key_of(self.mark, self.unit, self.now)


def key_of(mark: RowMark, unit: str, now: dict[str, str]) -> str:
    """Return the key of a conflict, which depends on exactly these values."""
    cells = [(key, now[key], mark.in_file.get(key, "")) for key in UNITS[unit]]
    return hashlib.sha256(repr((mark.reference, mark.at, unit, cells)).encode()).hexdigest()[:16]


def settle_conflicts(
    line: ImportLine, register: RegisterSnapshot, choices: dict[str, str]
) -> tuple[ImportLine, list[ImportConflict]]:
    """Return the line with only the cells to import, and its conflicts.

    `choices` has HERE or FILE by conflict key. A line without a mark, or whose record is not found by reference, is
    returned unchanged.
    """
    mark, tracked = line.mark, register.tracked(line) if line.mark else None
    if mark is None or not isinstance(tracked, TrackedRecommendation):
        return line, []
    now, found = export_cells_now(register, tracked), []
    for unit in sorted(mark.touched & UNITS.keys(), key=list(UNITS).index):
        here = {key: now[key] for key in UNITS[unit]}
        choice = choices.get(key_of(mark, unit, here), "")
        if _is_conflict(mark, here):
            found.append(ImportConflict(line.place, unit, tracked, mark, here, choice))
        if _is_changed_here(mark, here) and choice != FILE:
            line = line.without(UNITS[unit])
    return line, found


def _is_conflict(mark: RowMark, now: dict[str, str]) -> bool:
    return _is_changed_here(mark, now) and not _same(mark, now)


def _is_changed_here(mark: RowMark, now: dict[str, str]) -> bool:
    return not all(mark.was(key, text) for key, text in now.items())


def _same(mark: RowMark, now: dict[str, str]) -> bool:
    """Whether the register already has everything that the file changed."""
    return all(mark.was(key, mark.in_file[key]) or mark.in_file[key] == now[key] for key in now if key in mark.in_file)


def export_cells_now(register: RegisterSnapshot, tracked: TrackedRecommendation) -> dict[str, str]:
    """Return what an export would now have in the cells of UNITS: field → text."""
    asked, now = tracked.recommendation, tracked.standing
    found = {key: getattr(asked, key) for key in ("number", "heading", "text", "deadline_words", "deadline_on")}
    found |= {key: getattr(tracked, key) for key in RECORD_TEXT_KEYS}
    found |= {key: getattr(now, key) for key in ("first_target_on", "target_on", "forecast_on")}
    found |= label_values(
        {
            "risk": now.risk,
            "themes": now.themes,
            "risk_on": now.risk_on,
            "position": now.position,
            "stage": now.stage,
            "inspectorate_status": now.inspectorate_status,
            "outcome": now.outcome,
            "closed_on": now.closed_on,
        },
        register.words,
    )
    found |= _voices_now(register, tracked.pk)
    return {key: cell_text(value) for key, value in found.items()}


def _voices_now(register: RegisterSnapshot, pk: int) -> dict:
    voices = (register.updates, register.assurances, register.statuses)
    update, assurance, status = (found[pk][-1] if found.get(pk) else None for found in voices)
    said = {"update": update.done, "update_on": update.effective_on, "said_by": update.said_by} if update else {}
    said |= {key: getattr(update, key) if update else "" for key in UPDATE_TEXT_KEYS}
    nothing = dict.fromkeys(UNITS["update"] + UNITS["assurance"] + ("inspectorate_status_on",), "")
    weight, delay = (found[pk][-1] if found.get(pk) else None for found in (register.weights, register.delays))
    nothing |= {"risk_why": weight.why if weight else ""}
    reason, causes = DelayReason.of(delay), register.words[Vocabulary.DELAY_CAUSE]
    nothing |= {"delay_cause": reason.in_words(causes), "mitigation": reason.mitigation}
    if assurance:
        said |= {"assurance": AssuranceView(assurance.view).label, "assurance_why": assurance.rationale}
        said["assurance_on"] = assurance.effective_on
    return nothing | said | ({"inspectorate_status_on": status.effective_on} if status else {})


def label_values(values: dict, words: dict) -> dict:
    """Return field values as an export words them. `words` are the office's labels (Label.objects.words)."""
    labels = {"position": Position, "assurance": AssuranceView, "outcome": Outcome}
    own = {
        "stage": Vocabulary.STAGE,
        "inspectorate_status": Vocabulary.INSPECTORATE_STATUS,
        "risk": Vocabulary.RISK,
    }
    found = dict(values)
    for key, value in values.items():
        if key in labels:
            found[key] = labels[key](value).label if value else ""
        elif key in own:
            found[key] = words[own[key]].get(value, value)
        elif key == "themes":
            found[key] = ", ".join(theme_words(value, words[Vocabulary.THEME]))
    if "risk_on" in found and not found["risk"]:
        found["risk_on"] = None
    if "delay_words" in found:
        said = DelayReason(found["delay_cause"], found.pop("delay_words"))
        found["delay_cause"] = said.in_words(words[Vocabulary.DELAY_CAUSE])
    return found
