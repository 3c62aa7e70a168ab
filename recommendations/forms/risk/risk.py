"""The forms about risk, themes and delay: what the office weighs a recommendation at, and why the force is late."""

from django import forms

from recommendations.domain.risk.delays import check_cause
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import DeadlineKind, Vocabulary
from recommendations.forms.register.tracked import AboutTracked, TargetForm, long_text, short_text
from recommendations.forms.site.fields import DayField
from recommendations.models import TrackedRecommendation
from recommendations.models.risk import unpack
from recommendations.periods import say
from recommendations.sections import Section

CAUSE, WORDS, MITIGATION = "Cause of delay", "Why it is late", "Mitigation"
MITIGATION_HELP = "What guards the public until it is done. If nothing does, say so."


class RiskForm(AboutTracked):
    """What the office weighs it at. The risk and themes start as they are; the reason is always a new one."""

    unmarked = ("risk", "themes")

    risk = forms.ChoiceField(label="Risk while it is open", required=False, widget=forms.RadioSelect)
    why = long_text("Why", help_text="To confirm the risk as it is, say what you looked at.")
    themes = forms.MultipleChoiceField(label="Themes", required=False, widget=forms.CheckboxSelectMultiple)
    effective_on = DayField(past=True, label="Day", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["risk"].choices = [*self.words.get(Vocabulary.RISK, {}).items(), ("", "Not assessed")]
        if themes := list(self.words.get(Vocabulary.THEME, {}).items()):
            self.fields["themes"].choices = themes
        else:
            del self.fields["themes"]

    def starts_with(self):
        now = self.tracked.standing
        return {"risk": now.risk, "themes": list(unpack(now.themes)), "effective_on": self.on}

    def verb_fields(self):
        """With the labels that the choice was made from: they are not read again."""
        return super().verb_fields() | {"labels": self.words}


def cause_choices(words: dict) -> list[tuple[str, str]]:
    """The causes in the office's words, and none."""
    return [("", "None"), *words.get(Vocabulary.DELAY_CAUSE, {}).items()]


def said_before(tracked: TrackedRecommendation) -> dict[str, str]:
    """What was said last of why it is late: the fields start with it. One query."""
    row = tracked.delays.standing().latest_first().first()
    return {name: getattr(row, name) if row else "" for name in ("cause", "words", "mitigation")}


class DelayForm(AboutTracked):
    """Why it is late and what is done meanwhile: it starts with what was said last."""

    unmarked = ("cause",)

    cause = forms.ChoiceField(label=CAUSE, required=False)
    words = long_text(WORDS, rows=2)
    mitigation = long_text(MITIGATION, rows=2, help_text=MITIGATION_HELP)
    effective_on = DayField(past=True, label="Day", required=False)
    said_by = short_text("Said by")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = cause_choices(self.words)

    @property
    def offered(self):
        return {"said_by": list(filter(None, [self.tracked.chief_officer_lead, self.tracked.business_lead]))}

    def starts_with(self):
        return said_before(self.tracked) | {"effective_on": self.on, "said_by": self.own_name}

    def verb_fields(self):
        return super().verb_fields() | {"labels": self.words}


class LateTargetForm(TargetForm):
    """The form of a target, which asks why it is late where the target is after HMICFRS's deadline."""

    DELAY = ("cause", "words", "mitigation")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.asks_why_late:
            return
        self.fields |= {
            "cause": forms.ChoiceField(label=CAUSE, required=False, choices=cause_choices(self.words)),
            "words": long_text(WORDS, rows=2),
            "mitigation": long_text(MITIGATION, rows=2, help_text=MITIGATION_HELP),
        }

    @property
    def asks_why_late(self) -> bool:
        """Whether the target moves and there is a deadline to move past, in an office that asks for causes."""
        dated = self.tracked.deadline_kind not in (DeadlineKind.NONE, DeadlineKind.IMMEDIATE)
        return Section.RISK.is_on and dated and self.tracked.standing.target_on is not None

    def starts_with(self):
        return super().starts_with() | (said_before(self.tracked) if self.asks_why_late else {})

    def clean(self):
        """A target after the deadline needs a cause, from the list."""
        cleaned = super().clean()
        if not self.asks_why_late:
            return cleaned
        target_on, cause = cleaned.get("target_on"), cleaned.get("cause", "")
        if target_on and target_on > self.tracked.deadline_on and not cause and "cause" not in self.errors:
            self.add_error("cause", f"{say(target_on)} is after HMICFRS’s deadline. Choose the cause of the delay.")
        elif "cause" not in self.errors:
            self._check(cause, cleaned.get("words", ""))
        return cleaned

    def _check(self, cause: str, words: str) -> None:
        try:
            check_cause(cause, words, self.words)
        except Refusal as refusal:
            self.refuse(refusal)

    def verb_fields(self):
        """What is said of the delay goes to the verb in one value."""
        given = super().verb_fields()
        if not self.asks_why_late:
            return given
        return given | {"delay": {name: given.pop(name) for name in self.DELAY}}
