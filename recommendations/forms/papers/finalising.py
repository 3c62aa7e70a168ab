"""Finalising a paper: nothing to fill in, but one more yes if the figures contradict its words."""

from django import forms

from recommendations.forms.site.base import VerbForm


class FinaliseForm(VerbForm):
    """`despite_figures` is asked only of a paper whose figures contradict some of its sentences."""

    despite_figures = forms.BooleanField(label="File it with these sentences", required=False)
