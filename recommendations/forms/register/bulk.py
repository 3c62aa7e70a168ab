"""The forms that change many recommendations at once, and what is sent of the selection itself.

Each form names its fields as its verb names its arguments. `change()` is what it asks for, filled in or not.
"""

from django import forms

from recommendations.domain.register.bulk_changes import (
    LEADS,
    AskedForUpdate,
    LeadsChange,
    RequestedClosure,
    TargetChange,
)
from recommendations.enums import Outcome
from recommendations.forms.register.query_string import number_of
from recommendations.forms.register.tracked import long_text, short_text
from recommendations.forms.site.base import ActForm
from recommendations.forms.site.fields import DayField
from recommendations.periods import say


def read_ids(sent: str) -> list[int]:
    """The ids of a selection, once each, in their order: "12 7 31"."""
    return list(dict.fromkeys(pk for pk in map(number_of, sent.split()) if pk is not None))


def read_versions(sent: str) -> dict[int, int]:
    """The rows that were shown, id → version: "12.1 7.4"."""
    pairs = [each.partition(".") for each in sent.split()]
    read = {number_of(pk): number_of(version) for pk, _, version in pairs}
    return {pk: version for pk, version in read.items() if None not in (pk, version)}


class ManyForm(ActForm):
    """What is filled in for all of them. `by` is who types."""

    def __init__(self, data=None, *, by, **kwargs):
        kwargs["initial"] = self.starts_with(by) | kwargs.pop("initial", {})
        super().__init__(data, **kwargs)

    def starts_with(self, by) -> dict:
        """The values that are filled in before the person types."""
        return {}

    def told(self) -> list[tuple[str, str]]:
        """What was filled in, with the labels, in words. For a form without errors at its fields."""
        typed = [field for field in self.visible_fields() if field.value() not in ("", None, False)]
        return [(field.label, self._words(field)) for field in typed]

    def _words(self, field) -> str:
        if isinstance(field.field, forms.BooleanField):
            return "Yes"
        if isinstance(field.field, DayField):
            return say(self.cleaned_data[field.name])
        return str(dict(getattr(field.field, "choices", ())).get(field.value(), field.value()))


def _clear(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=f"Remove the {label}", required=False)


class LeadsForm(ManyForm):
    """Other leads. One that is left empty stays as it is; taking one away is said."""

    unmarked = tuple(LEADS)

    chief_officer_lead = short_text("Chief officer lead")
    no_chief_officer_lead = _clear("chief officer lead")
    business_lead = short_text("Business lead")
    no_business_lead = _clear("business lead")
    opcc_lead = short_text("OPCC lead")
    no_opcc_lead = _clear("OPCC lead")
    reason = long_text("Why they change", rows=2)

    def clean(self):
        cleaned = super().clean()
        for name in LEADS:
            if cleaned.get(name) and cleaned.get(f"no_{name}"):
                self.add_error(name, "Enter a name or remove the lead, not both.")
        return cleaned

    def leads(self) -> dict[str, str]:
        """The leads that change, by the record's field; empty for one that is taken away."""
        given = {name: self.cleaned_data.get(name) for name in LEADS if self.cleaned_data.get(name)}
        return given | {name: "" for name in LEADS if self.cleaned_data.get(f"no_{name}")}

    def change(self) -> LeadsChange:
        return LeadsChange(self.leads() if self.is_bound else {})

    def verb_fields(self):
        return {"leads": self.leads(), "reason": self.cleaned_data["reason"]}


class TargetsForm(ManyForm):
    """One target for all of them: for some the first, for others a move, which needs its reason."""

    unmarked = ("reason",)

    target_on = DayField(label="Target", error_messages={"required": "Enter the day of the target."})
    reason = long_text("Why this day", help_text="Required if a target moves.")
    set_by = short_text("Who set it")

    def starts_with(self, by):
        return {"set_by": by.name if by.force_id else ""}

    def change(self) -> TargetChange:
        given = self.cleaned_data if self.is_bound else {}
        return TargetChange(given.get("target_on"), given.get("reason", "").strip())


class ClosuresForm(ManyForm):
    """Ask for closures, which another person decides, one by one."""

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


class BulkAskForm(ManyForm):
    """Nothing to fill in: the round has its own form."""

    def change(self) -> AskedForUpdate:
        return AskedForUpdate()
