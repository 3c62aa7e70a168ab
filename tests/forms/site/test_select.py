"""A select's markup is Django's own, from a template of ours that is quicker."""

from django import forms
from django.forms.renderers import DjangoTemplates

from recommendations.forms.site.rendering import FormRenderer

CHOICES = [("", "<all>"), ("Forces & bodies", [(1, "a & b"), (2000, "two")]), ("x", 3000)]


def test_it_is_what_django_writes():
    class Marked(forms.Select):
        def create_option(self, name, value, *given, **named):
            option = super().create_option(name, value, *given, **named)
            option["attrs"] |= {"hidden": value == "x", "data-n": 1000}
            return option

    for widget in (Marked(choices=CHOICES), forms.SelectMultiple(choices=CHOICES)):
        ours, theirs = (
            widget.render("n<", [2000, "x"], attrs={"id": "n", "required": True, "disabled": False}, renderer=each)
            for each in (FormRenderer(), DjangoTemplates())
        )
        assert ours == theirs
        assert ours.count("selected") >= 1
