"""Asking a force for updates, and the office's decisions about answers."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.rounds.progress import default_due_on
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.models import BankHoliday, UpdateRound
from recommendations.models.rounds import LONGEST_NAME
from recommendations.periods import say

NEW = "new"


class RoundAskForm(VerbForm):
    """What to ask about, and in which round: a new one with its name, day and note, or an open one.
    `records` can be asked about, and are ticked unless they are directed to others. `rounds` are the open rounds of the
    force. `on` is today in Europe/London.
    """

    unmarked = ("into", "name", "due_on")

    tracked = forms.MultipleChoiceField(
        label="Recommendations",
        error_messages={
            "required": "Choose at least one recommendation.",
            "invalid_choice": "One of these can no longer be asked about. Check the list.",
        },
    )
    into = forms.ChoiceField(label="Ask in", widget=forms.RadioSelect, required=False)
    due_on = DayField(label="Last day to answer", required=False)
    name = forms.CharField(label="Name of the round", max_length=LONGEST_NAME, required=False)
    note = long_text("Note to the force", rows=4, help_text="What you want to know, in two or three sentences.")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, records: list, rounds: list, on: datetime.date, **kwargs: Any
    ) -> None:
        self.records = {str(record.pk): record for record in records}
        start = {"into": NEW, "due_on": default_due_on(on, BankHoliday.objects.by_day()), "name": f"{on:%B} round"}
        ticked = [pk for pk, record in self.records.items() if record.directed_to_force]
        super().__init__(data, initial={"tracked": ticked} | start, **kwargs)
        self.fields["tracked"].choices = [(pk, record.reference) for pk, record in self.records.items()]
        self.rounds = {str(each.pk): each for each in rounds}
        if rounds:
            more = [(pk, f"{each.name}, by {say(each.due_on)}") for pk, each in self.rounds.items()]
            self.fields["into"].choices = [(NEW, "A new round"), *more]
        else:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        """Require a name and a day for a new round only."""
        cleaned = super().clean()
        if self.open_round is None:
            if not cleaned.get("name") and "name" not in self.errors:
                self.add_error("name", "Enter a name for the round.")
            if not cleaned.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", "Enter the last day to answer.")
        return cleaned

    @property
    def open_round(self) -> UpdateRound | None:
        """The open round that was chosen, or None for a new one."""
        return self.rounds.get(self.cleaned_data.get("into", NEW))

    def chosen(self) -> list:
        """The ticked records, in the order of the list."""
        ticked = set(self.cleaned_data["tracked"])
        return [record for pk, record in self.records.items() if pk in ticked]

    def rows(self) -> list[tuple]:
        """Each record, and whether it is ticked."""
        ticked = {str(pk) for pk in self["tracked"].value() or ()}
        return [(record, pk in ticked) for pk, record in self.records.items()]

    def new_round(self) -> dict:
        """The verb's arguments for a new round, besides the force and the records."""
        return {name: self.cleaned_data[name] for name in ("name", "due_on", "note")}


class RoundAnswerForm(VerbForm):
    """Accept an answer with one button. `answer` is its id, as a page has many of these forms."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, answer: int, **kwargs: Any) -> None:
        self.answer = answer
        super().__init__(data, auto_id=f"id_{type(self).__name__}_{answer}_%s", **kwargs)


class ReturnForm(RoundAnswerForm):
    """Return an answer with a question."""

    question = long_text("What should the force answer?", empty="Say what the force should answer.", rows=2)


class CloseForm(VerbForm):
    """Close a round. `version` is the round's version as read."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, round: UpdateRound, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["version"].initial = round.version

    def verb_fields(self) -> dict[str, Any]:
        """Add the version that was read; 0, always stale, if the form lost it."""
        return {"version": self.cleaned_data.get("version") or 0}
