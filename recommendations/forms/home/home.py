"""Marking changes as seen, up to a moment."""

import datetime

from django import forms

from recommendations.forms.site.base import Form


class SeenForm(Form):
    """The moment at which the page was rendered: what was recorded after it is still new."""

    until = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_until(self) -> datetime.datetime:
        try:
            moment = datetime.datetime.fromisoformat(self.cleaned_data["until"])
            if moment.tzinfo is None:
                raise ValueError
            return moment.astimezone(datetime.UTC)
        except (ValueError, OverflowError):
            raise forms.ValidationError("This is not a date and time.") from None
