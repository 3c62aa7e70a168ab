"""A form with every kind of field, for the gallery page that shows how the field template renders them."""

from typing import Any

from django import forms

from recommendations.forms.site.base import Form

WORDS = [("one", "Assured"), ("two", "Partly assured"), ("three", "Not assured")]


class GalleryForm(Form):
    """Unbound it shows the plain fields; bound to no data, it shows every error."""

    what = forms.CharField(label="What was done", widget=forms.Textarea(attrs={"rows": 3}), help_text="In a few words.")
    said_by = forms.CharField(label="Said by", required=False)
    day = forms.DateField(label="Day", help_text="For example 7 Nov 2025 or 7/11/2025.")
    stage = forms.ChoiceField(label="Stage", choices=WORDS)
    view = forms.ChoiceField(label="OPCC assurance", choices=WORDS, widget=forms.RadioSelect)
    looked_at = forms.MultipleChoiceField(label="Looked at", choices=WORDS, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="HMICFRS agrees")
    document = forms.FileField(label="Document")

    def clean(self) -> dict[str, Any]:
        if self.errors:
            raise forms.ValidationError("A message about the whole form.")
        return self.cleaned_data
