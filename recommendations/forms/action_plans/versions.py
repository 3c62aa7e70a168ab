"""The form that submits a version of an action plan after its preview."""

from django import forms

from recommendations.forms.site.base import VerbForm


class PrepareVersionForm(VerbForm):
    """`seen` is the SHA-256 of the facts that were previewed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
