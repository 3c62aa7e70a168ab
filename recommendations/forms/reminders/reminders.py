"""The forms of reminders: a user's own choice, and the office's rule for a topic."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from recommendations.domain.reminders import rules
from recommendations.enums.reminders import ReminderTo, ReminderTopic
from recommendations.forms.site.base import VerbForm
from recommendations.models import ReminderPlan


class SwitchesForm(VerbForm):
    """The ticked reminders are the ones that the user gets."""

    topics = forms.MultipleChoiceField(
        label="Send me reminders of",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="What you leave empty is not sent, whatever the office’s rules are.",
    )
    unmarked = ("topics",)

    def __init__(self, data: Mapping[str, Any] | None = None, *, topics: list[ReminderTopic], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["topics"].choices = [(str(topic), topic.label) for topic in topics]


class DaysField(forms.CharField):
    """Numbers of days, separated by commas."""

    def clean(self, value: Any) -> tuple[int, ...]:
        typed = super().clean(value)
        words = [each for each in re.split(r"[\s,;]+", typed) if each]
        if wrong := [each for each in words if not each.isdecimal() or len(each) > 4]:
            raise ValidationError(f"“{wrong[0][:20]}” is not a number of days. Enter numbers such as 28, 14, 7, 1.")
        return tuple(int(each) for each in words)


class RuleForm(VerbForm):
    """When reminders of one topic are sent, and to whom. Only has the fields that the topic leaves open."""

    is_on = forms.BooleanField(label="Send these reminders", required=False)
    days_before = DaysField(
        label="Days before the day",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text="Numbers with commas between, such as 28, 14, 7, 1. The day itself is 0.",
    )
    day_after = forms.BooleanField(label="And once on the first working day after", required=False)
    to = forms.ChoiceField(
        label="Who is reminded",
        choices=ReminderTo,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who of the office is reminded."},
    )
    tell_force = forms.BooleanField(label="The force’s inspection leads too, of their own force", required=False)
    late_days = forms.IntegerField(
        label="Days late",
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        help_text="Approving officers get one reminder when it is this many days late. Leave it empty to send none.",
        error_messages={"invalid": "Enter a number of days, such as 14, or nothing."},
    )
    unmarked = ("days_before", "late_days")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, topic: ReminderTopic, plan: ReminderPlan, **kwargs: Any
    ) -> None:
        super().__init__(data, initial=_as_typed(plan), **kwargs)
        self.topic = topic
        if not rules.has_days(topic):
            for name in ("days_before", "day_after", "to"):
                del self.fields[name]
            self.fields[
                "late_days"
            ].help_text = "Sent a second time after this many days. Leave it empty to send it once."
        if not rules.has_late(topic):
            del self.fields["late_days"]
        if not rules.may_tell_force(topic):
            del self.fields["tell_force"]

    @property
    def plan(self) -> ReminderPlan:
        """The plan that was typed."""
        return ReminderPlan(**{name: self.cleaned_data[name] for name in PLANNED if name in self.cleaned_data})


PLANNED = tuple(ReminderPlan.__dataclass_fields__)


def _as_typed(plan: ReminderPlan) -> dict:
    values = {name: getattr(plan, name) for name in PLANNED}
    return values | {"days_before": ", ".join(map(str, plan.days_before))}
