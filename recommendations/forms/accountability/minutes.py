"""The form of the minutes: all items of a meeting on one page, each with rows for what was agreed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from recommendations.domain.accountability.minutes import ItemNotes
from recommendations.domain.actions.actions import NewAction
from recommendations.domain.committees.proofs import KINDS, NewProof
from recommendations.enums import AssuranceView
from recommendations.enums.accountability import ItemKind
from recommendations.enums.actions import ActionVoice
from recommendations.forms.register.base import long_text
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.merging import MergingForm
from recommendations.models import AccountabilityMeeting, AgendaItem, ItemMinutes

ROWS, MOST_ROWS = 2, 8  # for new actions of an item: shown at first, and at most
TEXTS = ("asked", "answered", "view", "why")
NEW = ("words", "owner", "due", "voice")
PROOFS = [("", "It is still open"), *((str(each), each.label) for each in KINDS)]


@dataclass(frozen=True)
class ItemFields:
    """The fields of one item: its texts, the rows for new actions, and what shows that what it is about is done."""

    asked: BoundField
    answered: BoundField
    view: BoundField
    why: BoundField
    rows: list[list[BoundField]]
    proof: list[BoundField]
    may_add: bool


class MinutesForm(MergingForm):
    """The minutes of a meeting. `items` are its items in order; `open_items` are those about something still open.
    `titles` are their numbers and headings by id, once the view has set them.
    """

    titles: Mapping[int, str] = {}

    present = long_text("Who was there", rows=2)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        meeting: AccountabilityMeeting,
        items: Sequence[AgendaItem],
        open_items: Iterable[int],
        has_actions: bool,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.meeting, self.items, self.open_items = meeting, items, set(open_items)
        self.has_actions = has_actions
        self.read_values = _texts(meeting, items, {each.pk: getattr(each, "minutes", None) for each in items})
        starts = {"version": meeting.version} | self.read_values | (initial or {})
        super().__init__(data, initial=starts, **kwargs)
        for item in items:
            self._add_fields(item)
        self.unmarked = tuple(self.fields)

    def values_of(self, record: AccountabilityMeeting) -> dict[str, Any]:
        written = ItemMinutes.objects.filter(item__meeting=record)
        return _texts(record, self.items, {each.item_id: each for each in written})

    def label_of(self, name: str) -> str:
        label, (kind, _, pk) = super().label_of(name), name.partition("_")
        return f"{self.titles[int(pk)]}: {label.lower()}" if kind in TEXTS else label

    def _add_fields(self, item: AgendaItem) -> None:
        pk = item.pk
        self.fields[f"asked_{pk}"] = long_text("What was asked", rows=2)
        self.fields[f"answered_{pk}"] = long_text("What was answered", rows=2)
        views = [("", "No view"), *AssuranceView.choices]
        self.fields[f"view_{pk}"] = forms.ChoiceField(label="The body’s view", choices=views, required=False)
        self.fields[f"why_{pk}"] = long_text("Why", rows=2)
        if pk in self.open_items:
            self.fields[f"proof_{pk}"] = forms.ChoiceField(
                label="What shows that it is done", choices=PROOFS, required=False
            )
            self.fields[f"proofwords_{pk}"] = long_text("What it says, or where it is", rows=2)
        for row in range(MOST_ROWS if self.has_actions else 0):
            self.fields[f"words_{pk}_{row}"] = forms.CharField(label="Action", max_length=2_000, required=False)
            self.fields[f"owner_{pk}_{row}"] = forms.CharField(label="Owner", max_length=120, required=False)
            self.fields[f"due_{pk}_{row}"] = DayField(label="By", required=False)
            self.fields[f"voice_{pk}_{row}"] = forms.ChoiceField(
                label="Whose", choices=ActionVoice.choices, required=False, initial=ActionVoice.FORCE
            )

    def fields_of(self, item: AgendaItem, more: bool = False) -> ItemFields:
        """The fields of an item to show: the rows that are filled in and one that is not, `more` for another one."""
        pk = item.pk
        filled = [row for row in range(MOST_ROWS if self.has_actions else 0) if self._is_filled(pk, row)]
        number = min(max(ROWS, (filled[-1] if filled else -1) + 2) + more, MOST_ROWS) if self.has_actions else 0
        proof = [self[f"{name}_{pk}"] for name in ("proof", "proofwords")] if pk in self.open_items else []
        return ItemFields(
            asked=self[f"asked_{pk}"],
            answered=self[f"answered_{pk}"],
            view=self[f"view_{pk}"],
            why=self[f"why_{pk}"],
            rows=[[self[f"{name}_{pk}_{row}"] for name in NEW] for row in range(number)],
            proof=proof,
            may_add=0 < number < MOST_ROWS,
        )

    def _is_filled(self, pk: int, row: int) -> bool:
        return any(str(self[f"{name}_{pk}_{row}"].value() or "").strip() for name in NEW[:3])

    def clean(self) -> dict[str, Any]:
        """Say what a new action lacks; a row without words, owner and day is no action."""
        cleaned = super().clean()
        for item in self.items:
            for row in range(MOST_ROWS if self.has_actions else 0):
                self._check_row(item.pk, row, cleaned)
            if cleaned.get(f"proof_{item.pk}") and not cleaned.get(f"proofwords_{item.pk}", "").strip():
                self.add_error(f"proofwords_{item.pk}", "Say what it says, or where it is.")
            elif cleaned.get(f"proofwords_{item.pk}", "").strip() and not cleaned.get(f"proof_{item.pk}"):
                self.add_error(f"proof_{item.pk}", "Choose what shows that it is done, or clear the words.")
        return cleaned

    def _check_row(self, pk: int, row: int, cleaned: dict[str, Any]) -> None:
        names = {name: f"{name}_{pk}_{row}" for name in NEW[:3]}
        if any(name in self.errors for name in names.values()) or not any(map(cleaned.get, names.values())):
            return
        for name, missing in (
            ("words", "Say what is to be done."),
            ("owner", "Say who does it: a name or a role."),
            ("due", "Enter the day by which it is done."),
        ):
            if not cleaned.get(names[name]):
                self.add_error(names[name], missing)

    def verb_fields(self) -> dict[str, Any]:
        notes = tuple(self._notes(item) for item in self.items)
        version = self.cleaned_data.get("version") or 0
        return {"version": version, "present": self.cleaned_data["present"], "notes": notes}

    def _notes(self, item: AgendaItem) -> ItemNotes:
        given = self.cleaned_data
        rows = range(MOST_ROWS if self.has_actions else 0)
        new = [row for row in rows if given[f"words_{item.pk}_{row}"]]
        kind = given.get(f"proof_{item.pk}")
        texts = {name: given[f"{name}_{item.pk}"] for name in TEXTS}
        if not any((texts["answered"], texts["view"], texts["why"], new, kind)) and texts["asked"] == item.question:
            texts["asked"] = ""  # only what the agenda has: the meeting did not come to it
        return ItemNotes(
            item=item,
            **texts,
            actions=tuple(self._new_action(item, row) for row in new),
            proof=NewProof(kind=kind, words=given[f"proofwords_{item.pk}"]) if kind else None,
        )

    def _new_action(self, item: AgendaItem, row: int) -> NewAction:
        given = {name: self.cleaned_data[f"{name}_{item.pk}_{row}"] for name in NEW}
        return NewAction(
            words=given["words"],
            owner=given["owner"],
            due_on=given["due"],
            voice=given["voice"] or ActionVoice.FORCE,
            tracked=(item.tracked,) if item.kind == ItemKind.RECOMMENDATION and item.tracked else (),
        )


def _texts(
    meeting: AccountabilityMeeting, items: Iterable[AgendaItem], written: Mapping[int, ItemMinutes | None]
) -> dict[str, str]:
    """The texts of a meeting and its items by the names of their fields; an item begins with the agenda's question."""
    found = {"present": meeting.present}
    for item in items:
        minutes = written.get(item.pk) or ItemMinutes(item=item, asked=item.question)
        found |= {f"{name}_{item.pk}": getattr(minutes, name) for name in TEXTS}
    return found
