"""The forms that change many recommendations at once, and parsing the submitted selection.
Fields are named after the verbs' arguments. `change()` returns the requested change, filled in or not.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from recommendations.domain.register.bulk.changes import (
    LEADS,
    LeadsChange,
    RequestedClosure,
    TargetChange,
    UpdateRequestChange,
)
from recommendations.domain.register.bulk.entries import AssuranceChange, StatusChange, UpdateChange
from recommendations.domain.risk.delays import DelayReason, is_asked_on_moving
from recommendations.domain.sources.naming import SEVERAL
from recommendations.enums import Outcome, Vocabulary
from recommendations.forms.register.query_string import number_of
from recommendations.forms.register.tracked import (
    AssuranceFields,
    InspectorateStatusFields,
    long_text,
    short_text,
)
from recommendations.forms.risk.risk import DELAY, delay_fields
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.people import NamesColleagues
from recommendations.models import Label, TrackedRecommendation, User
from recommendations.periods import say

CAUSE_HELP = "Required if a target moves past its deadline. Recorded for those that do."


def read_ids(sent: str) -> list[int]:
    """The ids of a selection, once each, in order: "12 7 31"."""
    return list(dict.fromkeys(pk for pk in map(number_of, sent.split()) if pk is not None))


def read_versions(sent: str) -> dict[int, int]:
    """The rows as shown, id → version: "12.1 7.4"."""
    pairs = [each.partition(".") for each in sent.split()]
    read = {number_of(pk): number_of(version) for pk, _, version in pairs}
    return {pk: version for pk, version in read.items() if pk is not None and version is not None}


class ManyForm(VerbForm):
    """The values for all of them. `by` is the user, `on` the London day."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, on: datetime.date, **kwargs: Any) -> None:
        self.on = on
        kwargs["initial"] = self.starts_with(by) | kwargs.pop("initial", {})
        super().__init__(data, **kwargs)

    def starts_with(self, by: User) -> dict:
        """The initial values."""
        return {}

    def about(self, rows: list[TrackedRecommendation]) -> None:
        """Adjust the fields to these rows."""

    def field_summary(self) -> list[tuple[str, str]]:
        """The labels and values that were filled in, in words. For a form without field errors."""
        typed = [field for field in self.visible_fields() if field.value() not in ("", None, False)]
        return [(str(field.label), self._words(field)) for field in typed]

    def _words(self, field: BoundField) -> str:
        if isinstance(field.field, forms.BooleanField):
            return "Yes"
        if isinstance(field.field, DayField):
            return say(self.cleaned_data[field.name])
        return str(dict(getattr(field.field, "choices", ())).get(field.value(), field.value()))


def _clear(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=f"Remove the {label}", required=False)


class LeadsForm(NamesColleagues, ManyForm):
    """New leads. An empty field leaves the lead unchanged; removing one needs its checkbox."""

    unmarked = tuple(LEADS)
    of_office = ("opcc_lead",)

    chief_officer_lead = short_text("Chief officer lead")
    no_chief_officer_lead = _clear("chief officer lead")
    business_lead = short_text("Business lead")
    no_business_lead = _clear("business lead")
    opcc_lead = short_text("OPCC lead")
    no_opcc_lead = _clear("OPCC lead")
    reason = long_text("Why they change", rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in LEADS:
            if cleaned.get(name) and cleaned.get(f"no_{name}"):
                self.add_error(name, "Enter a name or remove the lead, not both.")
        return cleaned

    def leads(self) -> dict[str, str]:
        """The leads that change, by field; "" for one that is removed."""
        given = {name: self.cleaned_data[name] for name in LEADS if self.cleaned_data.get(name)}
        return given | {name: "" for name in LEADS if self.cleaned_data.get(f"no_{name}")}

    def change(self) -> LeadsChange:
        return LeadsChange(self.leads() if self.is_bound else {})

    def verb_fields(self) -> dict[str, Any]:
        return {"leads": self.leads(), "reason": self.cleaned_data["reason"]}


class TargetsForm(ManyForm):
    """One target for all of them: for some the first, for others a move, which needs a reason."""

    unmarked = ("reason",)

    target_on = DayField(label="Target", error_messages={"required": "Enter the day of the target."})
    reason = long_text("Why this day", help_text="Required if a target moves.")
    set_by = short_text("Who set it")

    def starts_with(self, by: User) -> dict[str, Any]:
        return {"set_by": by.name if by.force_id else ""}

    def about(self, rows: list[TrackedRecommendation]) -> None:
        """Add the delay fields if a target can move past a deadline."""
        if any(is_asked_on_moving(tracked) for tracked in rows):
            self.fields |= delay_fields(Label.objects.words())
            self.fields["cause"].help_text = CAUSE_HELP

    def _delay(self, cleaned: dict) -> DelayReason:
        return DelayReason(*(cleaned.get(name, "") for name in DELAY))

    def change(self) -> TargetChange:
        given = self.cleaned_data if self.is_bound else {}
        return TargetChange(given.get("target_on"), given.get("reason", "").strip(), self._delay(given))

    def verb_fields(self) -> dict[str, Any]:
        given = super().verb_fields()
        said = {name: given.pop(name) for name in DELAY if name in given}
        return given | {"delay": self._delay(said)}


class ClosuresForm(ManyForm):
    """Request closures, which another person decides one by one."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome."},
    )
    reason = long_text("Why they can be closed", empty="Say why they can be closed.")
    evidence = long_text("Evidence", rows=2)

    def change(self) -> RequestedClosure:
        given = self.cleaned_data if self.is_bound else {}
        return RequestedClosure(given.get("outcome", ""), given.get("reason", "").strip())


class EntriesForm(ManyForm):
    """An entry recorded for all of them, today or on an earlier day."""

    vocabulary = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = Label.objects.words()[self.vocabulary] if self.vocabulary else {}

    def starts_with(self, by: User) -> dict[str, Any]:
        return {"effective_on": self.on}

    def clean_effective_on(self) -> datetime.date:
        day = self.cleaned_data["effective_on"] or self.on
        if day > self.on:
            raise forms.ValidationError(f"{say(day)} is in the future. Enter today or an earlier day.")
        return day

    def filled_in_values(self) -> dict:
        """The values by the change's own names; empty if the form is unbound."""
        return {name: value for name, value in self.verb_fields().items() if value} if self.is_bound else {}


class UpdatesForm(EntriesForm):
    """A force update for all of them."""

    done = long_text("What was done", empty="Say what was done.", rows=5)
    effective_on = DayField(label="Day", required=False, past=True)
    said_by = short_text("Said by")

    def starts_with(self, by: User) -> dict[str, Any]:
        return super().starts_with(by) | {"said_by": by.name if by.force_id else ""}

    def change(self) -> UpdateChange:
        return UpdateChange(**self.filled_in_values())


class StagesForm(UpdatesForm):
    """A new stage, in an update that says what was done."""

    vocabulary = Vocabulary.STAGE

    stage = forms.ChoiceField(label="Stage", error_messages={"required": "Choose the stage."})
    field_order = ("stage", "done")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", "Choose one"), *self.words.items()]

    def change(self) -> UpdateChange:
        return UpdateChange(moves=True, words=self.words, **self.filled_in_values())


class AssurancesForm(AssuranceFields, EntriesForm):
    """The office's own assurance, for all of them."""

    def change(self) -> AssuranceChange:
        return AssuranceChange(**self.filled_in_values())


class StatusesForm(InspectorateStatusFields, EntriesForm):
    """The inspectorate's latest status, for all of them: the monthly reading of its portal."""

    vocabulary = Vocabulary.INSPECTORATE_STATUS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", "Choose one"), *self.words.items()]

    def about(self, rows: list[TrackedRecommendation]) -> None:
        """Name the source in the labels, or "source" if there are several."""
        words = {row.recommendation.inspection.source_word for row in rows}
        self.of_source(words.pop() if len(words) == 1 else SEVERAL)

    def change(self) -> StatusChange:
        return StatusChange(words=self.words, **self.filled_in_values())


class UndoBulkForm(VerbForm):
    """Undo one bulk change."""

    reason = long_text("Why it is undone", empty="Say why it is undone.", rows=2)


class BulkAskForm(ManyForm):
    """Nothing to fill in: the round has its own form."""

    def change(self) -> UpdateRequestChange:
        return UpdateRequestChange()
