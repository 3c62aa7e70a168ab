"""The forms for redactions and for people who left."""

from django import forms

from recommendations.domain.retention.redactions import LONGEST
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm


class ProposeForm(VerbForm):
    """The exact words to remove, and the reason."""

    words = forms.CharField(
        label="The exact words",
        max_length=LONGEST,
        help_text="Such as a name, as it is written in the texts. Capitals and spaces do not matter. Propose each "
        "spelling by itself.",
        error_messages={
            "required": "Enter the words to remove.",
            "max_length": f"This is too long: {LONGEST} characters at most. Enter the name alone.",
        },
    )
    reason = long_text(
        "Why they do not belong",
        empty="Say why these words do not belong in the record.",
        rows=2,
        help_text="This stays on record. Do not repeat the words.",
    )


class ConfirmForm(VerbForm):
    """Confirms that every place was looked at. `seen` is the mark of the places shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    understood = forms.BooleanField(
        label="I have looked at every place. I know that this cannot be undone.",
        error_messages={"required": "Look at the places, then tick the box."},
    )

    def verb_fields(self) -> dict:
        return {"seen": self.cleaned_data["seen"]}

    def show_again(self, mark: str) -> None:
        """After a refusal, bind the form to the places shown now."""
        self.data = self.data.copy()
        self.data["seen"] = mark


class DeclineForm(VerbForm):
    """Why the words stay."""

    reason = long_text(
        "Why the words stay",
        empty="Say why the words stay.",
        rows=2,
        help_text="This stays on record. Do not repeat the words.",
    )


class MakeFormerForm(VerbForm):
    """Why a person is shown by a number from now on."""

    reason = long_text(
        "Why",
        empty="Say why, such as the retention period being over.",
        rows=2,
        help_text="This stays on record. Do not repeat the name.",
    )


class KeyForm(VerbForm):
    """Why the user needs the name behind a number."""

    reason = long_text("Why you need the name", empty="Say why you need the name.", rows=2)
