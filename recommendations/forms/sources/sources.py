"""Administrators' forms for a source and for a rule."""

import datetime
from typing import Any

from django import forms
from django.utils.text import slugify

from recommendations.enums.sources import Answerer, ClockStart, SourceKind
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.models import BasisFacts, SourceFacts


def _line(label: str, most: int, *, help_text: str = "", needed: str = "") -> forms.CharField:
    messages = {"required": needed} if needed else {}
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, required=bool(needed), error_messages=messages
    )


class SourceForm(VerbForm):
    """The names of a source, and whether the office follows it."""

    name = _line("Name", 60, help_text="As it is chosen: IOPC learning recommendation.", needed="Enter a name.")
    word = _line("Short name", 24, help_text="In columns and sentences: IOPC.", needed="Enter a short name.")
    initial = _line(  # type: ignore[assignment]  # a field of this name; the metaclass takes it away
        "Letter on its tile", 2, needed="Enter a letter."
    )
    publication = _line(
        "One of its publications",
        60,
        help_text="report, recommendation letter",
        needed="Enter what it publishes.",
    )
    publications = _line("Several of them", 60, needed="Enter the plural.")

    def __init__(self, data: Any = None, *, source: SourceFacts | None = None, **kwargs: Any) -> None:
        names = ("name", "word", "initial", "publication", "publications")
        facts = {name: getattr(source, name) for name in names} if source else {}
        super().__init__(data, initial=facts, **kwargs)
        # after super().__init__, as the field "initial" shares its name with the form's initial values
        self.source = source


class NewSourceForm(SourceForm):
    """A source of the office's own."""

    kind = forms.ChoiceField(label="Kind", choices=SourceKind, initial=SourceKind.OTHER)

    @property
    def key(self) -> str:
        return slugify(self.cleaned_data["word"])[:40] or "source"


class NewBasisForm(VerbForm):
    """The name of the office's own rule; its content is edited on its page."""

    name = _line("Name", 80, help_text="As it is chosen: Audit by the council.", needed="Enter a name.")

    def key(self, source: str) -> str:
        return f"{source}-{slugify(self.cleaned_data['name'])}"[:40].strip("-")


class ConfirmBasisForm(VerbForm):
    """Just a button."""


class BasisForm(VerbForm):
    """The content of a rule, from a given day."""

    since = DayField(label="From", error_messages={"required": "Enter the day from which it holds."})
    name = _line("Name", 80, needed="Enter a name.")
    law = _line("Law or practice", 200, needed="Enter the law, or the practice.")
    answerer = forms.ChoiceField(label="Who answers", choices=Answerer)
    clock_start = forms.ChoiceField(label="What starts the clock", choices=ClockStart)
    days = forms.IntegerField(label="Days", required=False, min_value=1, max_value=3660)
    first_day_counts = forms.BooleanField(label="The first day counts as day 1", required=False)
    extendable = forms.BooleanField(label="More time can be given", required=False)
    extended_by = _line("By whom", 80)
    extension_within = forms.BooleanField(label="It must be asked for within the period", required=False)
    stopped_by = _line("What stops the clock", 80, help_text="judicial review")
    answer_to = _line("The answer goes to", 80)
    published_by = _line("Who publishes it", 80)
    publish_days = forms.IntegerField(label="Within how many days", required=False, min_value=1, max_value=3660)
    about_deaths = forms.BooleanField(label="It is about deaths: forms warn against names", required=False)
    may_refuse = forms.BooleanField(label="It can be “not accepted”", required=False)
    in_use = forms.BooleanField(label="In use", required=False)
    last_day_name = _line("What its last day is called", 40, needed="Enter what its last day is called.")
    page_words = forms.CharField(label="Words for pages", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    letter_words = forms.CharField(label="Words for letters", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, basis: BasisFacts, today: datetime.date, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if hasattr(basis, name) and name != "since"]
        super().__init__(data, initial={name: getattr(basis, name) for name in names} | {"since": today}, **kwargs)
