"""A row of an export that is imported again: which of its cells were changed in the file.

Cells that belong together (an update, its day and who said it) form a unit, and are imported or left out together.
"""

import datetime
from dataclasses import dataclass, field

from recommendations.domain.register.export.marks import KEYS, RowSignature, cell_text, unsign
from recommendations.domain.register.sheet_columns import RECORD_TEXT_KEYS, UPDATE_TEXT_KEYS

# Units that can change in the register and in the file: the field that names the unit → the fields of its cells.
UNITS: dict[str, tuple[str, ...]] = {
    **{key: (key,) for key in ("number", "heading", "text", *RECORD_TEXT_KEYS)},
    "deadline_on": ("deadline_words", "deadline_on"),
    "target_on": ("first_target_on", "target_on"),
    **{key: (key,) for key in ("forecast_on", "position", "stage")},
    "update": ("update", "update_on", "said_by", *UPDATE_TEXT_KEYS),
    "assurance": ("assurance", "assurance_why", "assurance_on"),
    "risk": ("risk", "risk_why", "risk_on", "themes"),
    "delay_cause": ("delay_cause", "mitigation"),
    "inspectorate_status": ("inspectorate_status", "inspectorate_status_on"),
    "outcome": ("outcome", "closed_on"),
}
UNIT_OF = {key: key for key in KEYS} | {key: unit for unit, keys in UNITS.items() for key in keys}
TELLING = ("reference", "force")  # identify the record, so they are always read


@dataclass(frozen=True)
class RowMark:
    """A row's mark, and its non-empty cells in the file (field → text, as formatted by `cell_text`).

    `signed` is None if the mark is not ours, or belongs to another row.
    """

    signed: RowSignature | None
    reference: str
    in_file: dict[str, str] = field(default_factory=dict)

    @property
    def at(self) -> datetime.datetime | None:
        """When the row was exported (UTC), or None if unknown."""
        return self.signed.at if self.signed else None

    def was(self, key: str, text: str) -> bool:
        """Whether a field's cell had this text when the row was exported."""
        return self.signed is not None and self.signed.has(self.reference, key, text)

    @property
    def touched(self) -> frozenset[str]:
        """The units with a changed cell. As in every sheet, an empty cell says nothing."""
        return frozenset(UNIT_OF[key] for key, text in self.in_file.items() if not self.was(key, text))

    def leaves(self, key: str, touched: frozenset[str]) -> bool:
        """Whether a cell and the rest of its unit are unchanged since the export."""
        return key not in TELLING and UNIT_OF[key] not in touched


def row_mark(mark: str, in_file: dict[str, str]) -> RowMark:
    """Return a row's mark, from its hidden cell and its other cells."""
    reference = cell_text(in_file.get("reference", ""))
    return RowMark(unsign(mark, reference), reference, {key: text for key, text in in_file.items() if text})
