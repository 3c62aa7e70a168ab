"""The form of a version of an action plan: what was checked is sent."""

from django import forms

from recommendations.forms.site.base import ActForm


class PrepareVersionForm(ActForm):
    """`seen` is the SHA-256 of the facts that were checked."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
