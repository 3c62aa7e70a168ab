"""The forms of changes ahead: which kind, what of each kind is entered, and why one is changed or withdrawn."""

import datetime
from collections.abc import Mapping
from copy import copy
from typing import Any

from django import forms
from django.db.models import QuerySet

from recommendations.domain.succession.checks import problems_of
from recommendations.domain.succession.plans import FACTS
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.enums import BodyKind
from recommendations.enums.succession import SuccessionKind
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import OfRecord, VerbForm
from recommendations.forms.site.fields import DayField, RecordsField
from recommendations.models import Force, PolicingBody, Succession
from recommendations.periods import say

READ_AGAIN = "Someone else changed this since you opened it. Read it again first."
NEW_FORCE = ("force_name", "short_name", "reference_prefix", "chief_officer_title", "chief_officer", "force_address")
OFFICE = ("office_address", "office_email", "comment_label")
# What each kind is entered with, in the order of its form.
FIELDS: dict[SuccessionKind, tuple[str, ...]] = {
    SuccessionKind.NEW_BODY: (
        *("day", "forces", "body_name", "body_kind", "holder", "office_name", *OFFICE, "staff_changes", "reason"),
    ),
    SuccessionKind.OTHER_BODY: ("day", "forces", "body", "reason"),
    SuccessionKind.MERGER: ("day", "forces", "successor", *NEW_FORCE, "body", "leads_stay", "reason"),
    SuccessionKind.SPLIT: ("day", "forces", "references", *NEW_FORCE, "body", "successor", "leads_stay", "reason"),
    SuccessionKind.FORCE_DETAILS: (
        *("day", "forces", "force_name", "short_name", "chief_officer_title", "chief_officer", "force_address"),
        "reason",
    ),
    SuccessionKind.BODY_DETAILS: ("day", "body", "body_name", "holder", "office_name", *OFFICE, "reason"),
}
# Labels and hints that are another kind's own.
LABELS: dict[SuccessionKind, dict[str, str]] = {
    SuccessionKind.NEW_BODY: {"forces": "Forces that it oversees"},
    SuccessionKind.OTHER_BODY: {"forces": "Forces that go over", "body": "Body that oversees them from that day"},
    SuccessionKind.MERGER: {
        "forces": "Forces that end",
        "successor": "Force that takes over",
        "force_name": "Name of the new force",
        "body": "Body that oversees the new force",
    },
    SuccessionKind.SPLIT: {
        "forces": "Force that is split",
        "force_name": "Name of the new force",
        "successor": "Force that has the rest",
        "body": "Body that oversees the new force",
    },
    SuccessionKind.FORCE_DETAILS: {"forces": "Force", "force_name": "New name"},
    SuccessionKind.BODY_DETAILS: {"body": "Policing body", "body_name": "New name"},
}
HINTS: dict[SuccessionKind, dict[str, str]] = {
    SuccessionKind.MERGER: {
        "body": "Only if different bodies oversee the forces that end.",
        "force_name": "Leave this and what follows empty if a force on record takes over.",
    },
    SuccessionKind.SPLIT: {
        "body": "If it is not the body of the force that is split.",
        "successor": "Only if the force that is split ends.",
    },
    SuccessionKind.FORCE_DETAILS: {"force_name": "Of this and what follows, what you leave empty stays as it is."},
    SuccessionKind.BODY_DETAILS: {"body_name": "Of this and what follows, what you leave empty stays as it is."},
}
NONE_YET: dict[SuccessionKind, dict[str, str]] = {
    SuccessionKind.MERGER: {"successor": "A new force", "body": "The body that oversees them"},
    SuccessionKind.SPLIT: {"successor": "The force that is split goes on with it", "body": "The same body"},
}
REQUIRED: dict[SuccessionKind, dict[str, str]] = {
    SuccessionKind.NEW_BODY: {
        "body_name": "Enter the name of the new body.",
        "body_kind": "Choose what kind of body it is.",
        "office_name": "Enter the name of its office.",
    },
    SuccessionKind.OTHER_BODY: {"body": "Choose the body."},
    SuccessionKind.SPLIT: {
        "force_name": "Enter the name of the new force.",
        "references": "Enter the references of the recommendations that the new force has.",
    },
    SuccessionKind.BODY_DETAILS: {"body": "Choose the body."},
}
SINGLE_FORCE = (SuccessionKind.SPLIT, SuccessionKind.FORCE_DETAILS)


class SuccessionKindForm(forms.Form):
    """Which kind of change is entered."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="What changes",
        choices=SuccessionKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what changes.", "invalid_choice": "Choose what changes."},
    )


class SuccessionForm(VerbForm):
    """A change ahead of one kind. `plan` is the change with what was typed, once the form is valid."""

    day = DayField(
        label="First day",
        help_text="The day from which it is so. The change is done by itself just after midnight.",
        error_messages={"required": "Enter the first day."},
    )
    forces = RecordsField(
        Force.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one force."},
    )
    body = forms.ModelChoiceField(PolicingBody.objects.none(), required=False, empty_label="Choose one")
    successor = forms.ModelChoiceField(Force.objects.none(), required=False)
    references = long_text(
        "Recommendations that go to the new force",
        help_text="Their references, as in the register: WM-0001 WM-0012. An officer can list them by any filter.",
    )
    force_name = short_text("Name", 120)
    short_name = short_text("Short name", 40, help_text="As in a narrow column, for example Westmarch.")
    reference_prefix = short_text(
        "Reference prefix", 8, help_text="WM gives WM-0001. Left empty, it is made from the name."
    )
    chief_officer_title = short_text("Title of the chief officer", 60, help_text="For example Chief constable.")
    chief_officer = short_text("Chief officer’s name")
    force_address = long_text("Address of the force", help_text="As on an envelope: one line of the address per line.")
    body_name = short_text("Name of the body", 160, help_text="For example Mayor of Greater Manchester.")
    body_kind = forms.ChoiceField(label="Kind of body", choices=[("", "Choose one"), *BodyKind.choices], required=False)
    holder = short_text("Person who holds the office", help_text="You can add the name later, until that day.")
    office_name = short_text("Name of its office", 160, help_text="The office that works for it.")
    office_address = long_text(
        "Address of the office", help_text="At the top of letters: one line of the address per line."
    )
    office_email = forms.EmailField(label="Email address of the office", max_length=254, required=False)
    comment_label = short_text(
        "Label above the office’s comments", 60, help_text="In responses, for example “Mayor’s comment”."
    )
    leads_stay = forms.BooleanField(
        label="Inspection leads of a force that ends go on with the force that takes over",
        required=False,
        help_text="If not, they lose the register on that day: their accounts are closed.",
    )
    staff_changes = forms.BooleanField(
        label="The staff changes with the body",
        required=False,
        help_text="Accounts of officers and approving officers are closed on that day. Letting each in again is asked "
        "for in your name, and another administrator confirms or declines it.",
    )
    reason = long_text(
        "Order or other source",
        empty="Say which order or other source it comes from.",
        rows=2,
        help_text="Where the day and the names are from. It stays on record.",
    )
    why = long_text("Why you change it", empty="Say why it is changed.", rows=2)
    unmarked = ("body", "successor")

    plan: Succession

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: SuccessionKind,
        today: datetime.date,
        plan: Succession | None = None,
    ) -> None:
        self.kind, self.today, self.changed = kind, today, plan
        super().__init__(data, initial=_initial(plan) if plan else _only_force(today))
        self._keep_fields_of_kind()
        # without visible_to: a form of administrators
        self.fields["forces"].queryset = self.fields["successor"].queryset = Force.objects.exclude(until__lt=today)
        self.fields["body"].queryset = PolicingBody.objects.exclude(until__lt=today)
        for name in [name for name in self.fields if not self._has(name)]:
            del self.fields[name]

    def _has(self, name: str) -> bool:
        own = FIELDS[self.kind] if self.changed is None else (*FIELDS[self.kind], "why")
        return name in own or name in ("once", "version")

    def _keep_fields_of_kind(self) -> None:
        """Order, label and require the fields as the kind does."""
        if self.kind in SINGLE_FORCE:
            error = {"required": "Choose the force."}
            self.fields["forces"] = forms.ModelChoiceField(
                Force.objects.none(), widget=forms.RadioSelect, empty_label=None, error_messages=error
            )
        self.order_fields(FIELDS[self.kind])
        for name, label in LABELS[self.kind].items():
            self.fields[name].label = label
        for name, hint in HINTS.get(self.kind, {}).items():
            self.fields[name].help_text = hint
        for name, words in NONE_YET.get(self.kind, {}).items():
            self.fields[name].empty_label = words
        for name, words in REQUIRED.get(self.kind, {}).items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words

    def clean(self) -> dict[str, Any]:
        """Make the plan, and say at its fields what would refuse it."""
        given = super().clean()
        if self.errors:
            return given
        self.plan = copy(self.changed) if self.changed else Succession(kind=self.kind)
        for name in FACTS:
            if name in given:
                setattr(self.plan, name, given[name])
        if self.plan.day < self.today:
            self.add_error("day", f"{say(self.plan.day)} is in the past. Enter today or a later day.")
        for problem in problems_of(self.plan, self.chosen_forces):
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
        return given

    @property
    def chosen_forces(self) -> list[Force]:
        """The chosen forces."""
        chosen = self.cleaned_data.get("forces")
        if isinstance(chosen, QuerySet):
            return list(chosen)
        return [chosen] if chosen else []

    def refuse(self, refusal: Refusal) -> None:
        """Say that it was changed meanwhile; any other refusal is of its field."""
        if isinstance(refusal, Stale):
            self.add_error(None, READ_AGAIN)
        else:
            super().refuse(refusal)

    def verb_fields(self) -> dict[str, Any]:
        """The plan and its forces; for a change also the version that was read, and why."""
        facts: dict[str, Any] = {"plan": self.plan, "forces": self.chosen_forces}
        if self.changed:
            facts |= {"version": self.cleaned_data.get("version") or 0, "why": self.cleaned_data["why"]}
        return facts


def _initial(plan: Succession) -> dict[str, Any]:
    forces = plan.forces
    chosen = forces[:1] and forces[0].pk if plan.kind_of_change in SINGLE_FORCE else [force.pk for force in forces]
    return {name: getattr(plan, name) for name in FACTS} | {"version": plan.version, "forces": chosen}


def _only_force(today: datetime.date) -> dict[str, Any]:
    """The force of an office that has one: it need not be chosen."""
    # without visible_to: a form of administrators
    forces = Force.objects.exclude(until__lt=today).values_list("pk", flat=True)[:2]
    return {"forces": list(forces)} if len(forces) == 1 else {}


class ConfirmSuccessionForm(OfRecord):
    """The button that confirms a change ahead."""

    read_again = READ_AGAIN


class WithdrawSuccessionForm(OfRecord):
    """Why a change ahead is withdrawn."""

    read_again = READ_AGAIN
    why = long_text("Why it is withdrawn", empty="Say why it is withdrawn.", rows=2)
