"""The forms for commitments: marking a sentence, checking it, changing its keeper and check dates."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.enums import CheckOutcome, Every
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.people import NamesColleagues
from recommendations.forms.site.record import RecordForm
from recommendations.models import Comment, Commitment, ResponseVersion
from recommendations.periods import say


def _keeper() -> forms.CharField:
    return forms.CharField(label="Kept by", max_length=120, error_messages={"required": "Say who keeps it."})


def _every() -> forms.ChoiceField:
    return forms.ChoiceField(label="Checked", choices=Every, initial=Every.ONCE)


class MarkForm(NamesColleagues, VerbForm):
    """Mark a sentence of a published version as a commitment: of a comment, or of the rest of the text."""

    of_office = ("keeper",)

    quote = long_text("The sentence, word for word", empty="Enter the sentence, word for word.", rows=3)
    keeper = _keeper()
    check_on = DayField(label="First check", error_messages={"required": "Say when it is checked first."})
    every = _every()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, version: ResponseVersion, comment: Comment | None, **kwargs: Any
    ) -> None:
        self.of, self.comment = version, comment
        super().__init__(data, **kwargs)

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.of, "comment": self.comment}


class CommitmentCheckForm(VerbForm):
    """What a check found. An empty next check follows from the frequency."""

    outcome = forms.ChoiceField(
        label="What the check found",
        choices=CheckOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the check found."},
    )
    said = long_text("What was found, or why it is dropped", empty="Say what was found.", rows=4)
    evidence = long_text("Evidence", rows=2, help_text="Where it can be seen: a link, a file’s name, a minute.")
    effective_on = DayField(past=True, label="Day of the check", required=False)
    next_on = DayField(label="Next check", required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, commitment: Commitment, on: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"effective_on": on} | kwargs.pop("initial", {}), **kwargs)
        once = commitment.every == Every.ONCE
        self.fields["next_on"].help_text = (
            "If it was not kept, or only partly: when to check it again."
            if once
            else f"Left empty: in step with {say(commitment.check_on)}, {commitment.get_every_display().lower()}."
        )


class EditCommitmentForm(NamesColleagues, RecordForm):
    """Its keeper, next check and frequency. The sentence stays as published."""

    FACTS = ("keeper", "next_on", "every")
    of_office = ("keeper",)

    keeper = _keeper()
    next_on = DayField(label="Next check", error_messages={"required": "Say when it is checked next."})
    every = _every()
    reason = short_text("Why the next check is on another day", 300)

    def values_of(self, record: Commitment) -> dict:
        return {name: getattr(record, name) for name in self.FACTS}

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.read_version}


class WithdrawCheckForm(VerbForm):
    """Withdraw a wrong check, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why this check is withdrawn.")


def choices_of(keepers: list[str]) -> list[tuple[str, str]]:
    """The keepers to choose from in a list's filter."""
    return [("", "Anybody"), *((name, name) for name in keepers)]
