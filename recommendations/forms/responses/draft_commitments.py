"""The form to mark a sentence of a draft as a commitment: its keeper, first check and frequency."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Every
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.people import NamesColleagues

PREFIX = "commitment"


class DraftCommitmentForm(NamesColleagues, Form):
    """`into` is the key of the part. `ids` is the commitment's id when one is changed; its sentence then stays."""

    use_required_attribute = False
    of_office = ("keeper",)

    quote = long_text("The sentence, word for word", empty="Enter the sentence, word for word.", rows=2)
    keeper = forms.CharField(label="Kept by", max_length=120, error_messages={"required": "Say who keeps it."})
    check_on = DayField(label="First check", error_messages={"required": "Say when it is checked first."})
    every = forms.ChoiceField(label="Checked", choices=Every, initial=Every.ONCE)
    into = forms.CharField(required=False, widget=forms.HiddenInput)
    ids = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix=PREFIX, **kwargs)
        if self["ids"].value():
            del self.fields["quote"]

    @property
    def terms(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("keeper", "check_on", "every")}

    def refuse(self, refusal: Refusal) -> None:
        """Add the refusal as an error of its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
