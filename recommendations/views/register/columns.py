"""The columns that the register's page can show: its own, and each column of the declared table
(sheet_columns.FIELDS) that none of its own covers, so that new columns are offered automatically."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from recommendations.domain.register.order import DUE
from recommendations.domain.register.sheet_columns import BY_KEY, FIELDS, SheetField, columns_in_use
from recommendations.domain.sources.naming import HMICFRS_WORD, SEVERAL
from recommendations.enums.register import ColumnWidth

MOST_SHOWN = 9  # including the two fixed ones: more do not fit a row of two lines
BESIDE = 3  # of the chosen columns, if a form is open next to the list
LETTERS = (10, 16, 24)  # widths of a table column above which the next wider class applies


@dataclass(frozen=True)
class PageColumn:
    """A column of the page: its class, heading, sort key, and the description of that order.
    `fields` are the columns of the declared table that it covers; a file exported from the view has these. `of_table`
    marks a column of that table that is shown as in a file.
    """

    key: str
    label: str
    classes: str
    sort: str = ""
    told: str = ""
    fields: tuple[str, ...] = ()
    of_table: bool = False

    @property
    def cell(self) -> str:
        """The template partial that renders a cell."""
        return f"register/row.html#{'field' if self.of_table else self.key}"

    @property
    def is_fixed(self) -> bool:
        """Whether it is always shown."""
        return self in FIXED


@dataclass(frozen=True)
class ShownColumn:
    """A chosen column and its width."""

    column: PageColumn
    width: ColumnWidth = ColumnWidth.NORMAL

    @property
    def classes(self) -> str:
        wide = "" if self.width == ColumnWidth.NORMAL else f" app-register__step--{self.width}"
        return f"app-register__{self.column.classes}{wide}"


STATUS, STATUS_OF_SEVERAL = "inspectorate_status", "HMICFRS / source status"
SHORT = {STATUS_OF_SEVERAL: "HMICFRS / source"}  # headings of the list that would need two lines
FIXED = (
    PageColumn("reference", "Reference", "ref", "reference", "By reference", ("reference", "force", "kind", "number")),
    PageColumn("text", "Recommendation", "text", fields=("heading", "text")),
)
CHOSEN = (
    PageColumn("lead", "Lead", "lead", "lead", "By chief officer lead", ("chief_officer_lead",)),
    PageColumn(
        "due",
        "Due",
        "due",
        DUE,
        "Overdue first, then no date set, then soonest",
        ("deadline_on", "first_target_on", "target_on", "target_moves"),
    ),
    PageColumn("rag", "RAG", "rag", "rag", "Red first", ("rag", "rag_reason")),
    PageColumn(
        "position",
        "Force position",
        "voice app-register__voice--first",
        "stage",
        "By stage",
        ("stage", "position", "closure_requested_on"),
    ),
    PageColumn(
        "assurance",
        "OPCC assurance",
        "voice app-register__voice--opcc",
        "assurance",
        "By OPCC assurance",
        ("assurance", "assurance_on"),
    ),
    PageColumn(
        STATUS,
        "HMICFRS status",
        "voice app-register__voice--hmi",
        "status",
        "By HMICFRS status",
        ("inspectorate_status", "inspectorate_status_on"),
    ),
    PageColumn("updated", "Last update", "last", "updated", "Longest without an update first", ("update_on",)),
)
CHANGED = PageColumn("changed", "Changed since you looked", "changed")  # in saved views only
RISK = PageColumn("risk", "Risk", "risk", "risk", "Highest risk first", ("risk", "risk_on"))  # in saved views only
LATER = PageColumn("later", "Since then", "since")  # what came later, if the register is shown as at a past day
OF_SOURCE = ("HMICFRS status", "HMICFRS deadline")  # labels for an office that follows HMICFRS alone
LEFT_OUT_BESIDE = ("assurance", "inspectorate_status")  # left out when a form is open next to the list
ORDERS = {each.sort: each.told for each in (*FIXED, *CHOSEN, RISK) if each.sort}


def offered_columns() -> dict[str, PageColumn]:
    """Every column that a view can have, by its key: the page's own first, then the others in the table's order."""
    off = {field.key for field in FIELDS} - {field.key for field in columns_in_use()}
    return {key: column for key, column in _columns().items() if off.isdisjoint(column.fields)}


def label_of(column: PageColumn, mixed: bool) -> str:
    """The heading of a column; `mixed`: the list has recommendations from other sources than HMICFRS."""
    return STATUS_OF_SEVERAL if mixed and column.key == STATUS else label_for_sources(column.label, mixed)


def label_for_sources(words: str, mixed: bool) -> str:
    """The label of a column, with HMICFRS replaced if there are other sources too."""
    if not mixed:
        return words
    for each in OF_SOURCE:
        words = words.replace(each, each.replace(HMICFRS_WORD, SEVERAL.lower()))
    return words[:1].upper() + words[1:]


def fields_with_headings(
    fields: Sequence[SheetField], mixed: bool, left_out: Collection[str]
) -> tuple[SheetField, ...]:
    """The columns of a file with headings that fit, without those that are left out."""
    shown = (each for each in fields if each.key not in left_out)
    return (
        tuple(replace(each, heading=label_for_sources(each.heading, mixed)) for each in shown)
        if mixed
        else tuple(shown)
    )


@cache
def _columns() -> dict[str, PageColumn]:
    own = (*FIXED, *CHOSEN, CHANGED, RISK)
    stood_for = {field for each in own for field in each.fields}
    others = (_table_column(field) for field in FIELDS if field.key not in stood_for)
    return {each.key: each for each in (*own, *others)}


def _table_column(field: SheetField) -> PageColumn:
    step = sum(field.width > letters for letters in LETTERS)
    return PageColumn(
        field.key, field.heading, f"field app-register__field--{step}", fields=(field.key,), of_table=True
    )


def view_columns(columns: Sequence[Sequence[str]]) -> list[ShownColumn]:
    """The columns of a saved view that still exist, after the fixed ones."""
    found = [(offered_columns().get(key), width) for key, width, _ in columns]
    wanted = [ShownColumn(column, _width(width)) for column, width in found if column and column not in FIXED]
    return [*map(ShownColumn, FIXED), *wanted]


def _width(width: str) -> ColumnWidth:
    return ColumnWidth(width) if width in ColumnWidth.values else ColumnWidth.NORMAL


def gone_headings(columns: Sequence[Sequence[str]]) -> list[str]:
    """The headings of a saved view's columns that no longer exist."""
    return [heading for key, _, heading in columns if key not in offered_columns()]


def fields_of(columns: Sequence[ShownColumn]) -> tuple[SheetField, ...]:
    """The file columns covered by these, in their order."""
    return tuple(BY_KEY[key] for each in columns for key in each.column.fields)
