"""The forms for a draft's factual check: sending it, replying, ending it, answering a correction."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from recommendations.domain.papers.factual_checks import ForceCorrection
from recommendations.enums import CorrectionAnswer, FactualReply
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.record import RecordForm
from recommendations.models import FactualCorrection

ROWS, MOST = 3, 60
PARTS = ("line", "wrong", "should_say")


class SendToCheckForm(VerbForm):
    """The day by which the force is asked to reply."""

    due_on = DayField(
        label="Reply by",
        help_text="The paper is not finalised before this day, unless the reply is in or you say why.",
        error_messages={"required": "Enter the day by which the force is to reply."},
    )


class ReplyForm(VerbForm):
    """No correction, or corrections: each with its line, what is wrong and what it should say."""

    reply = forms.ChoiceField(
        label="What does the force say?",
        choices=[(FactualReply.NONE, "No correction: the facts are right"), (FactualReply.CORRECTIONS, "Corrections")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether there are corrections."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.rows = min(max(rows, ROWS), MOST)
        for number in range(1, self.rows + 1):
            self.fields[f"line_{number}"] = forms.CharField(
                label="Which line", required=False, max_length=120, help_text="A reference, or a place in the paper."
            )
            self.fields[f"wrong_{number}"] = long_text("What is wrong", rows=2)
            self.fields[f"should_say_{number}"] = long_text("What it should say", rows=2)

    @property
    def may_add(self) -> bool:
        """Whether more corrections can be added."""
        return self.rows < MOST

    @property
    def corrections(self) -> list[tuple[int, list[BoundField]]]:
        """The number and the fields of each correction."""
        return [(number, [self[f"{part}_{number}"] for part in PARTS]) for number in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        """Add errors for what a correction lacks: the verb numbers only those that were written."""
        missing = ("Say which line it is about.", "Say what is wrong.", "Write what it should say.")
        for number in range(1, self.rows + 1):
            names = [f"{part}_{number}" for part in PARTS]
            if any(self.cleaned_data.get(name) for name in names):
                for name, words in zip(names, missing, strict=True):
                    if name in self.cleaned_data and not self.cleaned_data[name]:
                        self.add_error(name, words)
        return self.cleaned_data

    def verb_fields(self) -> dict:
        said = [[self.cleaned_data[f"{part}_{row}"] for part in PARTS] for row in range(1, self.rows + 1)]
        corrections = [ForceCorrection(*parts) for parts in said if any(parts)]
        return {"reply": self.cleaned_data["reply"], "corrections": corrections}


class EndCheckForm(VerbForm):
    """Go on without the force's reply."""

    reason = long_text(
        "Why the office goes on",
        empty="Say why the office goes on without the reply.",
        help_text="The paper prints it.",
    )


class AnswerCorrectionForm(RecordForm):
    """Accept or reject a correction."""

    answer = forms.ChoiceField(
        label="The office’s answer",
        choices=CorrectionAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the correction is accepted."},
    )
    answer_why = long_text("Why", help_text="Required if it is not accepted.")
    reason = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: FactualCorrection, **kwargs: Any) -> None:
        super().__init__(data, record=record, **kwargs)
        del self.fields["reason"]

    def values_of(self, record: FactualCorrection) -> dict:
        return {"answer": record.answer, "answer_why": record.answer_why}

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.read_version}
