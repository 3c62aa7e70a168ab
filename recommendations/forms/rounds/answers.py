"""The force's answers to the lines of a round. Drafts are saved even with errors, which are listed."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS, UPDATE_TEXTS
from recommendations.domain.register.voices import check_forecast
from recommendations.domain.rounds.answers import DELAY, NewAnswer, says_the_same
from recommendations.domain.rounds.drafts import BLANK, Typed, initial_values, mark, plain
from recommendations.domain.rounds.force_rows import WorkLine
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Outcome
from recommendations.forms.register.base import LONGEST, long_text, short_text
from recommendations.forms.register.tracked import text_fields
from recommendations.forms.risk.risk import CAUSE, MITIGATION, MITIGATION_HELP, WORDS
from recommendations.forms.site.base import Form, VerbForm
from recommendations.forms.site.fields import DayField, day_box, today
from recommendations.models import RoundDraft, RoundLine

WHICH = "You ticked “No change” and wrote what was done. Untick it, or empty the text."
NOTHING = "Say what was done, or tick “No change”."
NOT_SHARED = "Save the drafts, so that the other lines get this answer too."
WHY_SAME = "Why the same answer stands"
WHY_SAME_EMPTY = "Say why the same answer stands, or answer the question first."
MOST_LINES = 200


def problems_of(line: RoundLine, values: dict) -> dict[str, str]:
    """What prevents the release of a draft: field → message. `values` has the keys of BLANK, cleaned by `plain`."""
    found = {}
    if values["no_change"] and values["done"]:
        found["no_change"] = WHICH
    elif not values["no_change"] and not values["done"] and (values["ready"] or values["closure_outcome"]):
        found["done"] = NOTHING
    _, wrong = _read_forecast(line, values["forecast"])
    if wrong:
        found["forecast"] = wrong
    if values["delay_words"] and not (values["delay_cause"] or line.tracked.standing.delay_cause):
        found["delay_cause"] = "Choose the cause that these words are about."
    if values["closure_outcome"] and not values["closure_reason"]:
        found["closure_reason"] = "Say why it can be closed."
    elif values["closure_reason"] and not values["closure_outcome"]:
        found["closure_outcome"] = "Choose the outcome, or empty the reason."
    return found


def why_not(line: RoundLine, values: dict) -> list[str]:
    """Why a draft cannot be released to the office, as messages; empty if it can."""
    found = problems_of(line, values)
    if not values["done"] and not values["no_change"]:
        found.setdefault("done", NOTHING)
    if values["also"]:
        found["also"] = NOT_SHARED
    return list(found.values())


def _read_forecast(line: RoundLine, typed: str) -> tuple[datetime.date | None, str]:
    """The day, and the error message or ""."""
    try:
        day = DayField(required=False).clean(typed)
    except ValidationError as error:
        return None, error.messages[0]
    try:
        check_forecast(day, line.tracked.standing.forecast_on, today() or datetime.date.min)
    except Refusal as refusal:
        return day, refusal.message
    return day, ""


def answer_of(line: RoundLine, values: dict) -> NewAnswer:
    """The answer in a draft. Raises Refusal, with the reference, if it has errors."""
    wrong = why_not(line, values)
    if wrong:
        raise Refusal(f"{line.tracked}: {' '.join(wrong)}")
    names = ("done", "no_change", "said_by", *DELAY, "closure_outcome", "closure_reason")
    day, _ = _read_forecast(line, values["forecast"])
    texts = {key: values[key] for key in UPDATE_TEXT_KEYS}
    return NewAnswer(line=line, forecast_on=day, texts=texts, **{name: values[name] for name in names})


def is_unchanged(work: WorkLine, values: dict) -> bool:
    """Whether these values repeat the answer that was returned with a question."""
    if work.returned is None or why_not(work.line, values):
        return False
    return says_the_same(answer_of(work.line, values), work.returned)


class LineForm(Form):
    """One line. Errors that prevent saving set `fits` to False; all others only prevent release."""

    use_required_attribute = False
    unmarked = tuple(BLANK)

    done = long_text("What was done since", rows=2)
    forecast = short_text("Forecast", 60)
    no_change = forms.BooleanField(label="No change", required=False)
    said_by = short_text("Said by")
    delay_cause = forms.ChoiceField(label=CAUSE, required=False)
    delay_words = long_text(WORDS, rows=2)
    mitigation = long_text(MITIGATION, rows=2)
    also = short_text(
        "Use the same answer for", 400, help_text="Other references of this round, with commas between them."
    )
    closure_outcome = forms.ChoiceField(
        label="Ask to close it as", required=False, choices=[("", "Not asked for"), *Outcome.choices]
    )
    closure_reason = long_text("Why it can be closed", rows=2)
    ready = forms.BooleanField(label="Ready to release", required=False)
    agreed_by = short_text("Agreed by")
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    MORE = (*UPDATE_TEXT_KEYS, "said_by", "also", "closure_outcome", "closure_reason")
    theirs: RoundDraft | None = None
    too_late = False

    def __init__(self, line: RoundLine, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.line = line
        super().__init__(data, prefix=f"l{line.pk}", **kwargs)
        self.fields |= text_fields()
        self.order_fields(("done", "forecast", "no_change", *UPDATE_TEXT_KEYS))
        self._ask_why_late()
        for name in ("done", "forecast", "closure_reason"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["forecast"].widget.attrs |= day_box()
        self.fields["done"].widget.attrs["placeholder"] = " "  # the style sheet tells by it whether the box is empty

    def _ask_why_late(self) -> None:
        """Set up the delay fields for a late line; remove them for any other."""
        if not self.asks_why_late:
            for name in DELAY:
                del self.fields[name]
            return
        now = self.line.tracked.standing
        said = f"Said before: {self.line.causes.get(now.delay_cause, now.delay_cause)}." if now.delay_cause else ""
        self.fields["delay_cause"].choices = [("", "As before" if said else "Choose one"), *self.line.causes.items()]
        self.fields["delay_cause"].help_text = said
        self.fields["mitigation"].help_text = "As before if this is empty." if now.mitigated else MITIGATION_HELP

    @property
    def asks_why_late(self) -> bool:
        """Whether the line is late, and the office asks for causes."""
        return hasattr(self.line, "causes")

    @classmethod
    def from_draft(cls, line: RoundLine, draft: RoundDraft | None) -> "LineForm":
        """The form bound to a line's draft, with its errors; without a draft, bound to the initial values."""
        values = initial_values(line, draft)
        given = values | {"shown": mark(values)}
        return cls(line, {f"l{line.pk}-{name}": value for name, value in given.items() if value is not False})

    def clean(self) -> dict[str, Any]:
        self.fits = not self.errors
        for name, words in problems_of(self.line, self.values).items():
            if name not in self.errors:
                self.add_error(name, words)
        return super().clean()

    @property
    def values(self) -> dict:
        """The typed values, as they are stored."""
        return plain({name: self[name].value() or empty for name, empty in BLANK.items() if name in self.fields})

    def typed(self) -> Typed:
        return Typed(self.line.pk, self.values, self["shown"].value() or "")

    def set_against(self, values: dict) -> None:
        """Set the values with which input is compared from now on: those that the user is shown or has typed."""
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = mark(values)

    @property
    def delay(self) -> list[forms.BoundField]:
        """The fields that ask why the line is late."""
        return [self[name] for name in DELAY]

    @property
    def delay_is_open(self) -> bool:
        return any(name in self.errors for name in DELAY)

    @property
    def delay_is_filled(self) -> bool:
        return any(self.values[name] for name in DELAY)

    @property
    def delay_is_asked(self) -> bool:
        """Whether no cause is said, neither here nor before."""
        return not (self.values["delay_cause"] or self.line.tracked.standing.delay_cause)

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[key] for key in UPDATE_TEXT_KEYS]

    @property
    def more_words(self) -> str:
        """The names of the rarely used fields."""
        first, *others = (field.heading for field in UPDATE_TEXTS)
        return ", ".join([first, *map(in_sentence, others), "who said it", "other lines", "closure"])

    @property
    def more_is_open(self) -> bool:
        """Whether a rarely used field has an error."""
        return any(name in self.errors for name in self.MORE)

    @property
    def more_is_filled(self) -> bool:
        return any(self.values[name] for name in self.MORE)


def lines_sent(data: QueryDict) -> list[int]:
    """The ids of the submitted lines."""
    sent = [int(pk) for pk in data.getlist("line") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    return list(dict.fromkeys(sent))[:MOST_LINES]


class ReleaseForm(VerbForm):
    """The lines to release, each with the mark of the draft as shown.
    `unchanged` are the ids of the lines whose answer repeats the one that was returned: each needs a reason.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LONGEST)

    def __init__(self, *args: Any, unchanged: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pk in unchanged:
            self.fields[f"why_{pk}"] = long_text(WHY_SAME, empty=WHY_SAME_EMPTY, rows=2)

    def why(self, line: int) -> forms.BoundField | None:
        """The reason field of a line, or None if its answer was changed."""
        return self[f"why_{line}"] if f"why_{line}" in self.fields else None

    def reasons(self) -> dict[int, str]:
        """Line id → why the same answer stands."""
        return {
            int(name.removeprefix("why_")): words
            for name, words in self.cleaned_data.items()
            if name.startswith("why_")
        }

    def showing(self, shown_state: str) -> "ReleaseForm":
        """The form for what is shown now, instead of what was submitted."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["shown"] = shown_state
        self.initial["shown"] = shown_state
        return self

    @staticmethod
    def pack(drafts: dict[int, str]) -> str:
        return ",".join(f"{pk}-{shown}" for pk, shown in drafts.items())

    def drafts(self) -> dict[int, str]:
        """Line id → mark."""
        parts = [part.partition("-") for part in self.cleaned_data["shown"].split(",")]
        return {int(pk): shown for pk, _, shown in parts if pk.isascii() and pk.isdigit() and len(pk) < 19}
