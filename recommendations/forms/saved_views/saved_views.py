"""The form of a saved view: its name, who sees it, and its columns in order, each with a width."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from recommendations.domain.saved_views.saved_views import ViewContent
from recommendations.enums.register import ColumnWidth
from recommendations.forms.site.base import VerbForm
from recommendations.models import SavedView

OWN, OFFICE = "own", "office"
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class ColumnChoice:
    """A column in the form: whether the view has it, and its width."""

    key: str
    label: str
    chosen: bool = False
    width: str = ColumnWidth.NORMAL


class ColumnsWidget(forms.Widget):
    """Checkboxes, widths and the order, in several parameters: `order` lists every column, `column` the ticked ones.

    `starts` are the columns to start with, which a form sends that does not show them.
    """

    def __init__(self, offered: Mapping[str, str], starts: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self.offered, self.starts = offered, list(starts)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[ColumnChoice]:
        """The submitted columns, ticked ones first, moved as a button says. Unknown ones are ignored."""
        if "order" not in data:
            return self.choices_at_start()
        ticked, sent = set(data.getlist("column")), [key for key in data.getlist("order") if key in self.offered]
        order = list(dict.fromkeys([*sent, *self.offered]))
        found = [self._choice(key, key in ticked, data.get(f"width_{key}", "")) for key in order]
        found.sort(key=lambda each: not each.chosen)
        return _move_column(found, data.get("move", ""))

    def _choice(self, key: str, chosen: bool, width: str) -> ColumnChoice:
        return ColumnChoice(
            key, self.offered[key], chosen, width if width in ColumnWidth.values else ColumnWidth.NORMAL
        )

    def choices_at_start(self) -> list[ColumnChoice]:
        """The columns to start with, then all others."""
        found = [self._choice(key, True, width) for key, width, _ in self.starts if key in self.offered]
        there = {each.key for each in found}
        return [*found, *(self._choice(key, False, "") for key in self.offered if key not in there)]


def _move_column(columns: list[ColumnChoice], move: str) -> list[ColumnChoice]:
    """The columns, with one moved up or down by one place: "due up"."""
    key, _, way = move.partition(" ")
    place = next((place for place, each in enumerate(columns) if each.key == key and each.chosen), None)
    other = None if place is None or way not in (UP, DOWN) else place + (-1 if way == UP else 1)
    if place is None or other is None or not (0 <= other < len(columns)) or not columns[other].chosen:
        return columns
    columns[place], columns[other] = columns[other], columns[place]
    return columns


class ColumnsField(forms.Field):
    """At least one column, and no more than fit in a row beside the fixed ones."""

    def __init__(
        self, *, offered: Mapping[str, str], starts: Iterable[tuple[str, str, str]], most: int, **kwargs: Any
    ) -> None:
        widget = ColumnsWidget(offered, starts)
        super().__init__(required=False, widget=widget, initial=widget.choices_at_start(), **kwargs)
        self.most = most

    def clean(self, value: list[ColumnChoice]) -> list[ColumnChoice]:
        chosen = [each for each in value if each.chosen]
        if not chosen:
            raise forms.ValidationError("Tick at least one column.")
        if len(chosen) > self.most:
            extra = len(chosen) - self.most
            raise forms.ValidationError(
                f"A row has room for {self.most} of these columns, and {len(chosen)} are ticked. Untick {extra}."
            )
        return chosen


class SavedViewForm(VerbForm):
    """A saved view. `columns` are those on offer, key and heading, and `most` is how many fit.
    `starts` are the columns to start with; `filters` are the current ones, with their labels.
    """

    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Enter a name for the view."})
    who = forms.ChoiceField(
        label="Who sees it",
        choices=[(OWN, "Only me"), (OFFICE, "The office")],
        widget=forms.RadioSelect,
        initial=OWN,
        error_messages={"required": "Choose who sees the view."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        columns: Mapping[str, str],
        most: int,
        may_share: bool,
        starts: list[tuple[str, str, str]],
        filters: list[tuple[str, str, str]],
        **kwargs: Any,
    ) -> None:
        self.filters = filters
        self.move = None if data is None else data.get("move")
        if data is not None and self.move is not None:  # saves nothing, so nothing can be wrong yet
            typed = {name: data[name] for name in ("name", "who", "version") if name in data}
            kwargs["initial"] = kwargs.get("initial", {}) | typed
        super().__init__(None if self.is_move else data, **kwargs)
        self.fields["columns"] = ColumnsField(offered=columns, starts=starts, most=most, label="Columns")
        if self.is_move:
            widget = self.fields["columns"].widget
            self.fields["columns"].initial = widget.value_from_datadict(data, None, "columns")
        if not may_share:
            del self.fields["who"]

    @property
    def column_choices(self) -> list[ColumnChoice]:
        """The columns as the form shows them."""
        found: list[ColumnChoice] = self["columns"].value()
        return found

    @property
    def shows_columns(self) -> bool:
        """Whether the columns are there to choose: only once they are asked for."""
        return self.is_move or (self.is_bound and ("order" in self.data or "columns" in self.errors))

    @property
    def is_move(self) -> bool:
        """Whether the button pressed saves nothing: it shows the columns, or moves one."""
        return self.move is not None

    @property
    def moved(self) -> str:
        """The column that was moved, so that focus returns to its button."""
        return (self.move or "").partition(" ")[0]

    def content(self) -> ViewContent:
        """The content of the view after saving. For a valid form."""
        chosen = [(each.key, str(each.width), each.label) for each in self.cleaned_data["columns"]]
        shared = self.cleaned_data.get("who") == OFFICE
        return ViewContent(self.cleaned_data["name"], shared, self.filters, chosen)

    def conflicts(self) -> list[tuple[str, str, str]]:
        """(label, theirs, mine) for each difference between the view as someone else saved it and the input."""
        if self.theirs is None:
            return []
        mine, theirs = _words(self.content()), _words(content_of(self.theirs))
        return [(label, theirs[label], mine[label]) for label in mine if mine[label] != theirs[label]]


def content_of(view: SavedView) -> ViewContent:
    """The current content of a view."""
    return ViewContent(view.name, view.shared, view.filters, view.columns)


def _words(content: ViewContent) -> dict[str, str]:
    widths = dict(ColumnWidth.choices)
    return {
        "Name": content.name,
        "Who sees it": "The office" if content.shared else "Only its owner",
        "Filters": "\n".join(words or f"{name}: {value}" for name, value, words in content.filters),
        "Columns": "\n".join(f"{heading}, {widths.get(width, width).lower()}" for _, width, heading in content.columns),
    }


class SharedViewForm(VerbForm):
    """An administrator's changes to a shared view: its name, and whether it stays shared."""

    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Enter a name for the view."})
    who = forms.ChoiceField(
        label="Who sees it",
        choices=[(OFFICE, "The office"), (OWN, "Only its owner")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who sees the view."},
    )

    def conflicts(self) -> list[tuple[str, str, str]]:
        """The differences, as for its owner."""
        if self.theirs is None:
            return []
        mine = (self.cleaned_data["name"], self.cleaned_data["who"])
        theirs = (self.theirs.name, OFFICE if self.theirs.shared else OWN)
        rows = zip(("Name", "Who sees it"), theirs, mine, strict=True)
        return [row for row in rows if row[1] != row[2]]
