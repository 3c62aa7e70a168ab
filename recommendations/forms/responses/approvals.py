"""The forms for a submitted response: the decision, an approval given elsewhere, and taking back or withdrawing."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import OfRecord
from recommendations.forms.site.fields import DayField
from recommendations.models import Response, ResponseSubmission

APPROVE, SEND_BACK = "approve", "send_back"
READ_AGAIN = "This response changed after you opened the page. It is shown as it is now: read it again, then decide."


class OfResponse(OfRecord):
    """A form for a verb of an existing response."""

    read_again = READ_AGAIN

    def __init__(self, data: Mapping[str, Any] | None = None, *, response: Response, **kwargs: Any) -> None:
        super().__init__(data, record=response, **kwargs)


class DecisionForm(OfResponse):
    """Approve the text, or send it back with remarks."""

    unmarked = ("remarks",)

    decision = forms.ChoiceField(
        label="Decision",
        choices=[(APPROVE, "Approve this text"), (SEND_BACK, "Send it back with remarks")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide."},
    )
    remarks = long_text("Remarks", rows=4, help_text="Required if you send it back.")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("decision") == SEND_BACK and not given.get("remarks", "").strip() and "remarks" not in self.errors:
            self.add_error("remarks", "Say what should be different.")
        return given

    def verb_fields(self) -> dict:
        """The arguments of both verbs; `cleaned_data["decision"]` says which one to call."""
        return {name: value for name, value in super().verb_fields().items() if name != "decision"}


class OutsideApprovalForm(OfResponse):
    """An approval given elsewhere: by whom, when, and the evidence."""

    approved_by = forms.CharField(
        label="Who approved it",
        max_length=ResponseSubmission._meta.get_field("outside_by").max_length,
        error_messages={"required": "Enter who approved it."},
    )
    approved_on = DayField(
        past=True, label="On which day", error_messages={"required": "Enter the day on which it was approved."}
    )
    evidence = long_text("What shows it", empty="Say what shows the approval: an email, a minute.", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="outside_%s", **kwargs)  # it is on the same page as DecisionForm


class TakeBackForm(OfResponse):
    """Take a submitted or approved text back to drafting."""

    reason = long_text("Why", rows=2)


class PublishForm(OfResponse):
    """Publish an approved response. Nothing to fill in: the page shows what becomes public."""


class ConfirmResponseForm(OfResponse):
    """Confirm an imported response, which makes it public. Nothing to fill in: the page shows it."""


class CorrectForm(OfResponse):
    """Start a correction. What it corrects is written in the draft."""


class DropCorrectionForm(OfResponse):
    """Drop a correction that is being drafted."""

    reason = long_text("Why", rows=2)


class WithdrawResponseForm(OfResponse):
    """Withdraw a response, with a reason; a published one keeps a page that says so."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn.")
