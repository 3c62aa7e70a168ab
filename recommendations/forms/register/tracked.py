"""The forms for one tracked recommendation: its three voices, its target, its closure, its details.
Fields are named after the verbs' arguments, so that `verb_fields()` goes straight into the call and a refusal finds its
field.
"""

from functools import cached_property
from typing import Any

from django import forms

from recommendations.domain.register.entries import VoiceEntry
from recommendations.domain.register.parts.states import open_ones, part_labels
from recommendations.domain.register.sheet_columns import (
    PLANNED,
    RECORD_TEXT_KEYS,
    RECORD_TEXTS,
    UPDATE_TEXT_KEYS,
    UPDATE_TEXTS,
    RecordText,
)
from recommendations.domain.similar.queries import also_for
from recommendations.domain.sources.naming import SEVERAL, THE_SOURCE, status_label
from recommendations.domain.sources.queries import is_in_action_plan
from recommendations.domain.sources.refusing import may_be_refused
from recommendations.enums import AssuranceView, Outcome, Position, Stage
from recommendations.forms.register.base import AboutTracked, GuardedForm, long_text, short_text
from recommendations.forms.register.rechecks import AsksToLookAgain
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.merging import MergingForm
from recommendations.forms.site.people import NamesColleagues
from recommendations.models import TrackedRecommendation

FOR_THE_PLAN = "For the action plan, which is public. Without it the plan shows what the last update says."
ALSO = "also_"  # prefix before the id of a linked recommendation


def text_fields() -> dict[str, forms.CharField]:
    """A field for each text that the force may add to what was done."""
    return {field.key: long_text(field.heading, rows=2, help_text=field.help) for field in UPDATE_TEXTS}


class ForceUpdateForm(AboutTracked):
    """A force update. Only `done` is required; fields left as they were filled in keep their earlier values.
    "Said by" starts with the user's own name for users of the force; for the office it is empty, with suggestions: the
    last speaker, once the view has set `last` (the latest update, if any), and the leads.
    """

    CARRIED = ("position", "stage", "forecast_on")
    folded = ("forecast_on", "said_by", "position", *UPDATE_TEXT_KEYS)
    unmarked = ("stage", "position")

    done = long_text("What was done", empty="Say what was done.", rows=5)
    effective_on = DayField(past=True, label="Day", required=False)
    said_by = short_text("Said by")
    forecast_on = DayField(label="Forecast", required=False, show_hidden_initial=True)
    stage = forms.ChoiceField(label="Stage", required=False, show_hidden_initial=True)
    position = forms.ChoiceField(label="Force position", required=False, show_hidden_initial=True)

    last: VoiceEntry | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= text_fields()
        if not self.is_bound:
            self.fields |= self._linked_checkboxes()
        self.fields["stage"].choices = list(self.words.get("stage", {}).items())
        self.fields["position"].choices = [("", "Not said yet"), *self._positions()]

    def _positions(self) -> list[tuple[str, str]]:
        """The positions, without "not accepted" where a direction enforces it or, unless that is the current position,
        the rule does not allow it.
        """
        now = self.tracked.standing
        was_said = now.position == Position.NOT_ACCEPTED and now.direction_due_on is None
        if was_said or may_be_refused(self.tracked):
            return list(Position.choices)
        return [each for each in Position.choices if each[0] != Position.NOT_ACCEPTED]

    def _linked_checkboxes(self) -> dict[str, forms.BooleanField]:
        """A checkbox for each open recommendation linked with this one, to which the update can apply too."""
        linked = also_for(self.tracked, self.by)
        return {f"{ALSO}{pk}": forms.BooleanField(label=name, required=False) for pk, name in linked.items()}

    @cached_property
    def also(self) -> list[forms.BoundField]:
        """The boxes. A form that was sent has none until it is shown again: the verb looks at what was ticked."""
        if self.is_bound:
            self.fields |= self._linked_checkboxes()
        return [self[name] for name in self.fields if name.startswith(ALSO)]

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[key] for key in UPDATE_TEXT_KEYS]

    @property
    def offered(self) -> dict[str, Any]:
        names = [self.last.speaker if self.last else "", self.tracked.chief_officer_lead, self.tracked.business_lead]
        return {"said_by": list(dict.fromkeys(filter(None, names)))}

    def starts_with(self) -> dict[str, Any]:
        return {
            "effective_on": self.on,
            "said_by": self.own_name,
            "forecast_on": self.tracked.standing.forecast_on,
            "stage": self.tracked.standing.stage if self.tracked.standing.last_update_on else Stage.IN_PROGRESS,
            "position": self.tracked.standing.position,
        }

    def verb_fields(self) -> dict[str, Any]:
        """Omit the fields left unchanged, about which the force said nothing new. Adds the labels, as read, and
        the ids of the ticked linked recommendations; the verb refuses one that has since been closed or moved."""
        given = {name: value for name, value in super().verb_fields().items() if not name.startswith(ALSO)}
        ticked = (name.removeprefix(ALSO) for name in self.data if name.startswith(ALSO) and self.data[name])
        also = [int(pk) for pk in ticked if pk.isdecimal()]
        same = [name for name in self.CARRIED if name not in self.changed_data]
        said = {name: value for name, value in given.items() if name not in same and (name, value) != ("stage", "")}
        return said | {"labels": self.words, "also": also}


class AssuranceFields(Form):
    """The office's assurance of one recommendation, or of many."""

    view = forms.ChoiceField(
        label="OPCC assurance",
        choices=AssuranceView,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far the office is assured."},
    )
    rationale = long_text("Why", empty="Say why.")
    looked_at = long_text("Evidence looked at", rows=2)
    effective_on = DayField(label="Day", required=False, past=True)
    revisit_on = DayField(label="Look again on", required=False)


class AssuranceForm(AssuranceFields, AboutTracked):
    """The office's own assessment, and its reasons."""

    folded = ("looked_at", "revisit_on")

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on}


class InspectorateStatusFields(Form):
    """The source's latest status of one recommendation, or of many."""

    status = forms.ChoiceField(label="HMICFRS status", error_messages={"required": "Choose the status."})
    effective_on = DayField(label="Day HMICFRS said it", required=False, past=True)
    source = long_text("Where this was read or heard", rows=2)

    def of_source(self, word: str) -> None:
        """Name the source in the labels."""
        self.fields["status"].label = status_label(word)
        self.fields["effective_on"].label = f"Day {word if word != SEVERAL else THE_SOURCE} said it"


class InspectorateStatusForm(InspectorateStatusFields, AboutTracked):
    """The source's latest status."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.words.get("inspectorate_status", {})
        self.fields["status"].choices = [("", "Choose one"), *known.items()]
        self.of_source(self.tracked.recommendation.inspection.source_word)

    def verb_fields(self) -> dict[str, Any]:
        """Add the labels from which the choice was made, so that they are not read again."""
        return super().verb_fields() | {"labels": self.words}

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on}


class TargetForm(GuardedForm):
    """The force's first target, or a move of the target with its reason."""

    target_on = DayField(label="New target", error_messages={"required": "Enter the day of the target."})
    reason = long_text("Why it moves")
    set_by = short_text("Who set it")
    effective_on = DayField(past=True, label="Set on", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = self.tracked.standing.target_on is not None
        self.fields["reason"].required = moves
        self.fields["reason"].error_messages["required"] = "Say why the target moves."
        if not moves:
            self.fields["target_on"].label = "Target"
            self.fields["reason"].label = "Why this day"

    @property
    def offered(self) -> dict[str, Any]:
        lead = self.tracked.chief_officer_lead
        return {"set_by": [lead] if lead else []}

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on, "set_by": self.own_name}


class ClosureRequestForm(AsksToLookAgain):
    """Request a closure, which another person decides."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome."},
    )
    reason = long_text("Why it can be closed", empty="Say why it can be closed.")
    evidence = long_text("Evidence", rows=2)
    requested_on = DayField(past=True, label="Day of the request", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found := open_ones(self.tracked):
            are = "are" if len(found) > 1 else "is"
            says = f"Still open: {part_labels(found)}. "
            says += f"Closed as implemented, the recommendation closes with what {are} open."
            self.fields["outcome"].help_text = says

    def starts_with(self) -> dict[str, Any]:
        return super().starts_with() | {"requested_on": self.on}


class ClosureApprovalForm(AsksToLookAgain):
    """Approve the pending closure and, if the outcome is "implemented", the closure of the open parts with it."""

    with_parts = forms.BooleanField(label="", required=False)
    closed_on = DayField(past=True, label="Closed on", required=False)
    reason = long_text("Why", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = open_ones(self.tracked)
        if found and _outcome_asked(self.tracked) == Outcome.IMPLEMENTED:
            self.fields["with_parts"].label = f"Close {part_labels(found)} with it: not done yet"
        else:
            del self.fields["with_parts"]

    def starts_with(self) -> dict[str, Any]:
        return super().starts_with() | {"closed_on": self.on}


def _outcome_asked(tracked: TrackedRecommendation) -> str:
    """The outcome of the pending request, as loaded by the page or read now; "" if there is none."""
    waiting = tracked.waiting if hasattr(tracked, "waiting") else tracked.closures.waiting().first()
    return waiting.outcome if waiting else ""


class ClosureDeclineForm(GuardedForm):
    """Decline the pending closure, with a reason."""

    reason = long_text("Why it is not approved", empty="Say why the closure is not approved.", rows=2)


class ReopenForm(GuardedForm):
    """Reopen a closed recommendation, with a reason."""

    reason = long_text("Why it is reopened", empty="Say why it is reopened.")
    reopened_on = DayField(past=True, label="Reopened on", required=False)

    def starts_with(self) -> dict[str, Any]:
        return {"reopened_on": self.on}


class WithdrawEntryForm(AboutTracked):
    """Withdraw a wrong entry, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why this entry is withdrawn.")


class RestrictForm(AboutTracked):
    """Keep the recommendation out of open papers, with a reason."""

    reason = long_text(
        "Why it is restricted",
        empty="Say why it is restricted.",
        help_text="It then appears in closed papers only. An open paper says how many are left out, and nothing else.",
    )
    effective_on = DayField(past=True, label="Restricted from", required=False)

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on}


class LiftRestrictionForm(AboutTracked):
    """Lift a restriction, so that open papers include the recommendation again, with a reason."""

    reason = long_text("Why it is no longer restricted", empty="Say why it is no longer restricted.")
    effective_on = DayField(past=True, label="No longer restricted from", required=False)

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on}


def _field_of(text: RecordText) -> forms.CharField:
    label = text.label or text.heading
    help_text = FOR_THE_PLAN if text.key == PLANNED else ""
    return short_text(label, text.longest) if text.longest else long_text(label, help_text=help_text)


class TrackedForm(NamesColleagues, MergingForm, GuardedForm):
    """References, leads, and whether it is directed to the force; for fire inspections, also the planned action."""

    FACTS = ("reference", *RECORD_TEXT_KEYS, "directed_to_force")
    of_office = ("opcc_lead",)

    reference = forms.CharField(
        label="Office reference", max_length=30, error_messages={"required": "Enter a reference."}
    )
    directed_to_force = forms.BooleanField(label="Directed to this force", required=False)
    reason = long_text("Why it changes", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {text.key: _field_of(text) for text in RECORD_TEXTS}
        if not is_in_action_plan(self.tracked.recommendation.inspection, self.on):
            self.FACTS = tuple(name for name in self.FACTS if name != PLANNED)
            del self.fields[PLANNED]
        self.order_fields(self.FACTS)
        self.read_values = self.values_of(self.tracked)

    def values_of(self, record: TrackedRecommendation) -> dict[str, Any]:
        return {name: getattr(record, name) for name in self.FACTS}

    def starts_with(self) -> dict[str, Any]:
        return self.values_of(self.tracked)
