"""The forms for a recommendation that the force does not accept: its reason, the reply, the office's decision."""

from typing import Any

from django import forms

from recommendations.enums.disputes import DisputeDecision
from recommendations.forms.register.base import AboutTracked, long_text, short_text
from recommendations.forms.site.fields import DayField


class DisputeStepForm(AboutTracked):
    """The initial values that the steps share: the day and the speaker."""

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on, "said_by": self.own_name}


class DisputeReasonForm(DisputeStepForm):
    """Why the force does not accept the recommendation."""

    text = long_text("Why the force does not accept it", empty="Say why the force does not accept it.", rows=4)
    effective_on = DayField(past=True, label="Day", required=False)
    said_by = short_text("Said by")


class DisputeReplyForm(DisputeStepForm):
    """The inspectorate's reply to the force."""

    text = long_text("", empty="Enter what was replied.", rows=4)
    effective_on = DayField(past=True, required=False)
    said_by = short_text("Said by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.tracked.recommendation.inspection.source_word
        self.fields["text"].label = f"What {source} replied"
        self.fields["effective_on"].label = f"Day {source} said it"

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on}


class DisputeDecisionForm(DisputeStepForm):
    """Whether the office agrees with the force, why, and when it reviews that."""

    decision = forms.ChoiceField(
        label="The office",
        choices=DisputeDecision,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the office agrees with the force."},
    )
    text = long_text("Why", empty="Say why.", rows=4)
    effective_on = DayField(past=True, label="Day", required=False)
    review_on = DayField(label="Review on", required=False, help_text="On that day it is due on the first page.")

    def starts_with(self) -> dict[str, Any]:
        return {"effective_on": self.on}
