"""The row forms of the check: a recommendation, a comment, a footnote."""

from collections.abc import Iterable
from typing import Any

from django import forms

from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.sources.naming import recommendation_kinds
from recommendations.enums import DeadlineKind, RecommendationKind
from recommendations.enums.sources import HMICFRS
from recommendations.forms.documents_in.check_values import paragraphs
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField

LONGEST = 2_000_000


def long_text(label: str, rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget, **options)


def rows_for(typed: str, least: int, most: int) -> int:
    """The number of textarea rows that a text needs, within limits."""
    return max(least, min(most, sum(-(-len(line) // 88) or 1 for line in typed.split("\n"))))


class ReadRecommendationForm(Form):
    """One recommendation, verbatim, and the interpretation of its wording."""

    use_required_attribute = False
    unmarked = (
        "number",
        "text",
        "heading",
        "parts",
        "addressees",
        "cause",
        "deadline_words",
        "deadline_on",
    )
    number = forms.CharField(label="Number", required=False, max_length=20)
    kind = forms.ChoiceField(label="Kind", choices=RecommendationKind)
    heading = forms.CharField(label="Short heading, for the register", required=False, max_length=200)
    text = long_text("Text, word for word", 2)
    parts = long_text("Parts, with an empty line between them", 4)
    addressees = long_text("Directed to, one per line", 3)
    directed = forms.BooleanField(label="Directed to the force", required=False)
    cause = forms.ChoiceField(label="Belongs to the cause of concern", required=False)
    deadline_words = forms.CharField(label="Deadline words, as printed", required=False, max_length=200)
    deadline_kind = forms.ChoiceField(label="Read as", choices=DeadlineKind)
    deadline_on = DayField(label="Day", required=False)

    def __init__(
        self, *args: Any, causes: Iterable[tuple[str, str]] = (), source: str = HMICFRS, **kwargs: Any
    ) -> None:
        """`causes` are those above the row; `source` is the key of the document's."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = recommendation_kinds(source)
        self.fields["cause"].choices = [("", "None"), *causes]
        self.fields["text"].widget.attrs["rows"] = rows_for(self["text"].value() or "", 2, 8)

    def clean_addressees(self) -> tuple[str, ...]:
        names = lines(self.cleaned_data["addressees"])
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError("One of these names is longer than 200 characters. Shorten it.")
        return names

    def clean_parts(self) -> tuple[str, ...]:
        return paragraphs(self.cleaned_data["parts"])

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def new(self) -> NewRecommendation:
        given = self.cleaned_data
        return NewRecommendation(
            text=given["text"],
            kind=given["kind"],
            number=given["number"],
            heading=given["heading"],
            parts=given["parts"],
            addressees=given["addressees"],
            deadline_words=given["deadline_words"],
            deadline_kind=given["deadline_kind"],
            deadline_on=given["deadline_on"],
            directed_to_force=given["directed"],
        )


class CommentForm(Form):
    """A comment."""

    use_required_attribute = False
    unmarked = ("text",)
    text = long_text("Comment", 4)


class NoteForm(Form):
    """A footnote."""

    use_required_attribute = False
    unmarked = ("mark", "text")
    mark = forms.CharField(label="Mark", required=False, max_length=10)
    text = forms.CharField(label="Footnote", required=False, max_length=LONGEST)


def lines(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed.splitlines() if line.strip())
