"""The forms for actions: adding one, bringing it up to date, withdrawing."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet

from recommendations.domain.actions.actions import CLOSED_BY_OFFICE, UNCHANGED, NewAction, latest_row
from recommendations.domain.actions.choices import open_actions, owner_names
from recommendations.enums.actions import ActionState, ActionVoice
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.record import RecordForm
from recommendations.models import Action, Force, TrackedRecommendation, User

LONGEST_WORDS = 2_000


def words_field() -> forms.CharField:
    return forms.CharField(
        label="What is to be done", max_length=LONGEST_WORDS, error_messages={"required": "Say what is to be done."}
    )


def owner_field() -> forms.CharField:
    return forms.CharField(
        label="Who does it", max_length=120, error_messages={"required": "Say who does it: a name or a role."}
    )


def due_field() -> DayField:
    return DayField(label="By", error_messages={"required": "Say by which day."})


class NamesOwners:
    """A mixin that suggests the owners of a force's other actions; the form has `force`."""

    force: Force

    @cached_property
    def offered(self) -> dict[str, list[str]]:
        """The suggested names: one query, only if the field is rendered."""
        return {"owner": owner_names(self.force)}


class NewActionForm(NamesOwners, VerbForm):
    """One action on a recommendation, in one line. Only the office chooses whose it is."""

    words = words_field()
    owner = owner_field()
    due_on = due_field()
    voice = forms.ChoiceField(label="Whose", choices=ActionVoice, initial=ActionVoice.FORCE)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        tracked: TrackedRecommendation,
        by: User,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.tracked, self.force = tracked, tracked.force
        super().__init__(data, initial=initial or {}, auto_id="action-%s", **kwargs)
        if by.force_id:
            del self.fields["voice"]

    def verb_fields(self) -> dict[str, Any]:
        return {"force": self.force, "actions": [NewAction(**super().verb_fields(), tracked=(self.tracked,))]}


class UpdateActionForm(NamesOwners, RecordForm):
    """How an action stands now, who does it and by when, and what it waits for."""

    state = forms.ChoiceField(label="How it stands", choices=ActionState, widget=forms.RadioSelect)
    note = long_text("What was done, or why", rows=3, help_text="Needed if it is dropped or the day moves.")
    owner = owner_field()
    due_on = due_field()
    waits_for = forms.ModelChoiceField(
        label="Waits for the action", queryset=Action.objects.none(), required=False, empty_label="None"
    )
    waits_words = short_text("Waits for something else", 300)
    effective_on = DayField(past=True, label="Since", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        record: Action,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.force = record.force
        super().__init__(data, record=record, initial=initial, **kwargs)
        if record.needs_evidence and latest_row(record).state != ActionState.DONE:
            self.fields["state"].choices = [each for each in ActionState.choices if each[0] != ActionState.DONE]
            self.fields["state"].help_text = f"It was agreed at a meeting. {CLOSED_BY_OFFICE}"
        self.fields["waits_for"].queryset = open_actions(record)
        self.fields["waits_for"].label_from_instance = lambda action: action.short_words

    @property
    def waits_is_open(self) -> bool:
        """Whether what it waits for is shown: it waits for something, or what was typed is wrong."""
        names = ("waits_for", "waits_words", "effective_on")
        return any(self[name].value() or name in self.errors for name in names)

    def values_of(self, record: Action) -> dict[str, Any]:
        row = latest_row(record)
        return {name: getattr(row, name) for name in ("state", "owner", "due_on", "waits_for", "waits_words")}

    def verb_fields(self) -> dict[str, Any]:
        fields = super().verb_fields()
        return fields | {"version": self.read_version, "waits_words": fields.get("waits_words", UNCHANGED)}


class WithdrawActionForm(VerbForm):
    """Withdraw a wrong entry, or an action that was added by mistake, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why this is withdrawn.")


class TickForm(VerbForm):
    """Say of ticked actions that they are done."""

    ticked = forms.ModelMultipleChoiceField(
        queryset=Action.objects.none(), error_messages={"required": "Tick the actions that are done first."}
    )
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, actions: QuerySet[Action], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["ticked"].queryset = actions

    def verb_fields(self) -> dict[str, Any]:
        return {"actions": list(self.cleaned_data["ticked"])}
