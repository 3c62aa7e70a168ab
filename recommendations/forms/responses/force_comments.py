"""The inspection lead's forms: the draft of the chief officer's comments, and its submission."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.responses.chief_officers.drafts import FIELDS, content, mark
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import day_box
from recommendations.models import CommentsDraft

LONGEST = 1_000_000
SHORT = {"class": "govuk-input--width-10"} | day_box(past=True)
HINT = "Plain text, as it will be published. Leave a line empty to begin a new paragraph."


def _text_field(name: str, label: str, **kwargs: Any) -> forms.CharField:
    most = kwargs.pop("most", None) or CommentsDraft._meta.get_field(name).max_length  # type: ignore[union-attr]  # a text field
    return forms.CharField(label=label, required=False, max_length=most, **kwargs)


class CommentsForm(VerbForm):
    """The draft, saved whatever it says as long as it fits. `shown` is the mark of the values that the writer was
    shown.
    After someone else saved it, `theirs` is the saved draft: the input stays, and saving again overwrites on purpose.
    """

    unmarked = FIELDS
    version = None  # type: ignore[assignment]  # Django’s way to leave out an inherited field

    text = _text_field("text", "Comments", most=LONGEST, widget=forms.Textarea(attrs={"rows": 16}), help_text=HINT)
    signed_by = _text_field("signed_by", "Signed by")
    signed_as = _text_field("signed_as", "Rank or title")
    dated = _text_field(
        "dated", "Dated", help_text="For example, 7 November 2026.", widget=forms.TextInput(attrs=SHORT)
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, values: dict | None = None) -> None:
        values = values or content(None)
        super().__init__(data, initial=values | {"shown": mark(values)})

    def verb_fields(self) -> dict:
        given = super().verb_fields()
        return {"values": {name: given[name] for name in FIELDS}, "shown": given["shown"]}

    def refuse(self, refusal: Refusal) -> None:
        """After Stale, show the other user's draft, and compare the input with it from now on."""
        if isinstance(refusal, Stale):
            self.add_error(None, refusal.message)
            self.theirs = refusal.theirs
            self.data = self.data.copy()
            self.data["shown"] = mark(content(self.theirs))
        else:
            super().refuse(refusal)

    @property
    def conflicts(self) -> list[tuple[str, str, str]]:
        """(label, theirs, mine) for each field that differs."""
        return [
            (self.fields[name].label, getattr(self.theirs, name), self.data.get(name, ""))
            for name in FIELDS
            if getattr(self.theirs, name) != self.data.get(name, "").strip()
        ]


class SubmitForm(VerbForm):
    """Submit what is shown; nothing to fill in."""

    version = None  # type: ignore[assignment]  # Django’s way to leave out an inherited field
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
