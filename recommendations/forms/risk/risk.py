"""The forms for risk, themes and delay: the office's risk assessment, and why the force is late."""

from dataclasses import asdict
from typing import Any

from django import forms

from recommendations.domain.risk.delays import (
    DelayReason,
    check_cause,
    is_asked_on_moving,
    is_cause_needed,
    latest_of,
    moves_past_deadline,
)
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import Vocabulary
from recommendations.forms.register.tracked import AboutTracked, ForceUpdateForm, TargetForm, long_text, short_text
from recommendations.forms.site.fields import DayField
from recommendations.models.register.risk import unpack
from recommendations.periods import say

CAUSE, WORDS, MITIGATION = "Cause of delay", "Why it is late", "Mitigation"
MITIGATION_HELP = "What protects the public until it is done. If nothing does, say so."


class RiskForm(AboutTracked):
    """The office's risk assessment. Risk and themes start with the current ones; the reason is always new."""

    unmarked = ("risk", "themes")

    risk = forms.ChoiceField(label="Risk while it is open", required=False, widget=forms.RadioSelect)
    why = long_text("Why", help_text="To confirm the risk as it is, say what you looked at.")
    themes = forms.MultipleChoiceField(label="Themes", required=False, widget=forms.CheckboxSelectMultiple)
    effective_on = DayField(past=True, label="Day", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risk"].choices = [*self.words.get(Vocabulary.RISK, {}).items(), ("", "Not assessed")]
        if themes := list(self.words.get(Vocabulary.THEME, {}).items()):
            self.fields["themes"].choices = themes
        else:
            del self.fields["themes"]

    def starts_with(self) -> dict[str, Any]:
        now = self.tracked.standing
        return {"risk": now.risk, "themes": list(unpack(now.themes)), "effective_on": self.on}

    def verb_fields(self) -> dict[str, Any]:
        """Add the labels from which the choice was made, so that they are not read again."""
        return super().verb_fields() | {"labels": self.words}


def cause_choices(words: dict) -> list[tuple[str, str]]:
    """The causes in the office's words, and "none"."""
    return [("", "None"), *words.get(Vocabulary.DELAY_CAUSE, {}).items()]


DELAY = ("cause", "words", "mitigation")


def delay_fields(words: dict) -> dict[str, forms.Field]:
    """The delay fields, by name, for a form about something else. `words` are the office's labels."""
    return {
        "cause": forms.ChoiceField(label=CAUSE, required=False, choices=cause_choices(words)),
        "words": long_text(WORDS, rows=2),
        "mitigation": long_text(MITIGATION, rows=2, help_text=MITIGATION_HELP),
    }


class DelayForm(AboutTracked):
    """Why it is late and what is done meanwhile; starts with the latest entry."""

    unmarked = ("cause",)

    cause = forms.ChoiceField(label=CAUSE, required=False)
    words: Any = long_text(WORDS, rows=2)  # the metaclass takes the field away: the attribute is the labels
    mitigation = long_text(MITIGATION, rows=2, help_text=MITIGATION_HELP)
    effective_on = DayField(past=True, label="Day", required=False)
    said_by = short_text("Said by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = cause_choices(self.words)

    @property
    def offered(self) -> dict[str, Any]:
        return {"said_by": list(filter(None, [self.tracked.chief_officer_lead, self.tracked.business_lead]))}

    def starts_with(self) -> dict[str, Any]:
        return asdict(latest_of(self.tracked)) | {"effective_on": self.on, "said_by": self.own_name}

    def verb_fields(self) -> dict[str, Any]:
        return super().verb_fields() | {"labels": self.words}


class LateForceUpdateForm(ForceUpdateForm):
    """The form of an update, which asks for the cause of delay of an overdue recommendation that has none yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.asks_why_late:
            self.fields |= delay_fields(self.words)
            self.fields["done"].widget.attrs["rows"] = 4

    @property
    def asks_why_late(self) -> bool:
        """Whether it is overdue without a cause in an office that asks for causes, or one was typed before another
        person recorded theirs."""
        is_typed = any(self.data.get(name) for name in DELAY)
        return is_cause_needed(self.tracked, self.on) and (is_typed or not self.tracked.standing.delay_cause)

    @property
    def delay(self) -> list[forms.BoundField]:
        return [self[name] for name in DELAY]

    @property
    def delay_is_open(self) -> bool:
        """Whether a field of the delay has an error, or words that are not saved yet."""
        is_typed = not self.is_bound and any(self.initial.get(name) for name in DELAY)
        return is_typed or any(name in self.errors for name in DELAY)

    def clean(self) -> dict[str, Any]:
        """Refuse words about a delay without its cause."""
        cleaned = super().clean()
        if self.asks_why_late and "cause" not in self.errors:
            try:
                check_cause(DelayReason(*(cleaned.get(name, "") for name in DELAY)), self.words)
            except Refusal as refusal:
                self.refuse(refusal)
        return cleaned

    def verb_fields(self) -> dict[str, Any]:
        """Pass the delay to the verb as one value, if there is any."""
        given = super().verb_fields()
        if not self.asks_why_late:
            return given
        delay = DelayReason(*(given.pop(name, "") for name in DELAY))
        return given | ({"delay": delay} if delay else {})


class LateTargetForm(TargetForm):
    """The target form, which asks for the cause of delay if the target is after the source's deadline."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.asks_why_late:
            self.fields |= delay_fields(self.words)

    @property
    def asks_why_late(self) -> bool:
        """Whether the target moves, there is a deadline to move past, and the office asks for causes."""
        return is_asked_on_moving(self.tracked)

    def starts_with(self) -> dict[str, Any]:
        return super().starts_with() | (asdict(latest_of(self.tracked)) if self.asks_why_late else {})

    def clean(self) -> dict[str, Any]:
        """Require a cause, from the list, for a target after the deadline."""
        cleaned = super().clean()
        if self.asks_why_late and "cause" not in self.errors:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict) -> None:
        target_on, said = cleaned.get("target_on"), DelayReason(*(cleaned.get(name, "") for name in DELAY))
        if target_on and moves_past_deadline(self.tracked, target_on) and not said.cause:
            source = self.tracked.recommendation.inspection.source_word
            self.add_error("cause", f"{say(target_on)} is after the {source} deadline. Choose the cause of the delay.")
            return
        try:
            check_cause(said, self.words)
        except Refusal as refusal:
            self.refuse(refusal)

    def verb_fields(self) -> dict[str, Any]:
        """Pass the delay to the verb as one value."""
        given = super().verb_fields()
        if not self.asks_why_late:
            return given
        return given | {"delay": DelayReason(*(given.pop(name) for name in DELAY))}
