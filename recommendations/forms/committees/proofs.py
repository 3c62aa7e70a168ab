"""The forms for what answers a committee's request other than a paper, and for saying that it did not."""

from django import forms

from recommendations.domain.committees.proofs import KINDS
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import OfRecord
from recommendations.forms.site.fields import DayField


class ProofForm(OfRecord):
    """What shows that something is done: its kind, words and day."""

    unmarked: tuple[str, ...] = ("words",)
    kind = forms.ChoiceField(
        label="What shows it",
        choices=[(str(each), each.label) for each in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what shows it."},
    )
    words = long_text("What it says, or where it is")
    effective_on = DayField(label="Its day", past=True, required=False, help_text="Today if you leave it empty.")


class CloseRequestForm(ProofForm):
    """What answers a request of a committee."""

    read_again = "Someone changed this request since you looked. Look at it again."


class ReopenRequestForm(OfRecord):
    """Say that what was recorded does not answer a request."""

    read_again = CloseRequestForm.read_again
    reason = long_text("Why it is open again", empty="Say why it does not answer the request.")
