"""The form of a version of an action plan: what was looked at is sent."""

from django import forms

from recommendations.forms.site.base import ActForm


class PrepareVersionForm(ActForm):
    """`seen` is the SHA-256 of what was looked at."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
