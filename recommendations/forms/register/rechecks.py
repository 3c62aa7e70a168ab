"""The forms for rechecks of closed recommendations: when, by what measure, and the finding."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms

from recommendations.domain.commitments.schedule import months_after
from recommendations.domain.indicators.queries import ShownIndicator, of_recommendation, shown_indicators
from recommendations.domain.register.rechecks import rechecks
from recommendations.domain.register.rechecks.plans import LookPlan, usual_months
from recommendations.enums.register import RecheckAnswer
from recommendations.forms.register.base import GuardedForm, long_text
from recommendations.forms.site.fields import DayField
from recommendations.models import Indicator, TrackedRecommendation, User
from recommendations.sections import Section

NO, ON_A_DAY = "", "day"
CHOICES = [(NO, "No"), ("3", "3 months"), ("6", "6 months"), ("12", "12 months"), (ON_A_DAY, "On a day")]
LOOK_FIELDS = ("again", "look_on", "held_if")
MEASURE = "How we will know it lasted"


class AsksToLookAgain(GuardedForm):
    """Asks at closure when to recheck. Users of a force are not asked, nor is an office without rechecks.
    `proposed` is the LookPlan proposed before.
    """

    again = forms.ChoiceField(label="Look again", required=False, choices=CHOICES, widget=forms.RadioSelect)
    look_on = DayField(label="Look again on", required=False)
    held_if = long_text(MEASURE, rows=2)

    def __init__(self, *args: Any, proposed: LookPlan | None = None, **kwargs: Any) -> None:
        self.proposed = proposed or LookPlan()
        super().__init__(*args, **kwargs)
        if self.by.force_id or not Section.RECHECKS.is_on:
            for name in LOOK_FIELDS:
                del self.fields[name]
        self.order_fields([name for name in self.fields if name not in LOOK_FIELDS])

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the closure, without those of the recheck."""
        return [field for field in self.visible_fields() if field.name not in LOOK_FIELDS]

    def starts_with(self) -> dict[str, Any]:
        return super().starts_with() | self._look_again()

    def _look_again(self) -> dict:
        if self.proposed.look_on:
            return {"again": ON_A_DAY, "look_on": self.proposed.look_on, "held_if": self.proposed.held_if}
        usual = usual_months(self.tracked)
        if not usual or str(usual) in dict(CHOICES):
            return {"again": str(usual) if usual else NO}
        return {"again": ON_A_DAY, "look_on": months_after(self.on, usual)}

    def clean(self) -> dict[str, Any]:
        """Require a day if "on a day" is chosen, and a recheck if a measure is entered."""
        cleaned = super().clean()
        if "again" in self.fields and "look_on" not in self.errors:
            if cleaned.get("again") == ON_A_DAY and not cleaned.get("look_on"):
                self.add_error("look_on", "Enter the day on which to look again.")
            elif cleaned.get("again") == NO and cleaned.get("held_if") and "held_if" in self.changed_data:
                self.add_error("again", "Choose when to look again, or remove when it has held.")
        return cleaned

    def verb_fields(self) -> dict[str, Any]:
        given = super().verb_fields()
        if "again" not in self.fields:
            return given
        again, look_on, held_if = (given.pop(name) for name in LOOK_FIELDS)
        return given | {"look": LookPlan(self._day(again, look_on), held_if) if again else LookPlan()}

    def _day(self, again: str, look_on: datetime.date | None) -> datetime.date | None:
        return look_on if again == ON_A_DAY else months_after(self.on, int(again))


class RecheckForm(GuardedForm):
    """Record whether a closed recommendation has held; if no recheck is planned, plan one.
    `proposed` is the current plan.
    """

    ANSWERS: dict[RecheckAnswer, tuple[Callable[..., Any], str, str]] = {
        RecheckAnswer.HELD: (rechecks.record_held, "{} has held, and stays closed.", "Record that it has held"),
        RecheckAnswer.SLIPPED: (
            rechecks.report_slip,
            "You asked to open {} again. An approving officer decides.",
            "Ask to open it again",
        ),
        RecheckAnswer.AGAIN: (rechecks.look_again, "{} is to be looked at again.", "Look again on another day"),
    }
    CHOICES = (
        (RecheckAnswer.HELD, "Yes", "It stays closed. You are not asked again."),
        (RecheckAnswer.SLIPPED, "No: reopen", "With its old dates. An approving officer decides."),
        (RecheckAnswer.AGAIN, "Too early to say", "Look again on another day."),
    )

    answer = forms.ChoiceField(
        label="Is it still in place?",
        choices=[choice[:2] for choice in CHOICES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is still in place."},
    )
    saw = long_text("What you saw", empty="Say what you saw.", rows=4)
    shown_by = forms.ModelChoiceField(
        Indicator.objects.none(), label="The indicator that shows it", required=False, empty_label="None"
    )
    seen_on = DayField(past=True, label="Seen on", required=False)
    look_on = DayField(label="Look again on", required=False)
    held_if = long_text(MEASURE, rows=2)

    def __init__(self, *args: Any, proposed: LookPlan | None = None, **kwargs: Any) -> None:
        self.proposed = proposed or LookPlan()
        super().__init__(*args, **kwargs)
        self.is_planned = self.tracked.standing.recheck == RecheckAnswer.AGAIN
        self.indicators = self._indicators() if self.is_planned else []
        if not self.is_planned:
            for name in ("answer", "saw", "seen_on"):
                del self.fields[name]
        if self.indicators:
            self.fields["shown_by"].queryset = of_recommendation(self.tracked, self.by)
        else:
            del self.fields["shown_by"]

    def _indicators(self) -> list[ShownIndicator]:
        """The indicators of the recommendation, each with what its chart shows."""
        if not Section.INDICATORS.is_on:
            return []
        return shown_indicators(of_recommendation(self.tracked, self.by), self.by, self.on)

    def starts_with(self) -> dict[str, Any]:
        return {"seen_on": self.on, "held_if": self.proposed.held_if}

    @property
    def answers(self) -> list[tuple]:
        """Each choice as its radio button, its label, and its effect."""
        boxes = zip(self["answer"], self.CHOICES, strict=True)
        return [(box, words, follows) for box, (_, words, follows) in boxes]

    @property
    def answer_or_again(self) -> str:
        return self.cleaned_data.get("answer") or RecheckAnswer.AGAIN

    @property
    def message(self) -> str:
        """The message after saving."""
        return self.ANSWERS[RecheckAnswer(self.answer_or_again)][1]

    def verb_fields(self) -> dict[str, Any]:
        given = super().verb_fields()
        look = LookPlan(given.pop("look_on"), given.pop("held_if"))
        given.pop("answer", None)
        if self.answer_or_again != RecheckAnswer.AGAIN:
            return given
        given.pop("shown_by", None)
        return given | {"look": look}

    def act(self, *, tracked: TrackedRecommendation, by: User, at: datetime.datetime) -> Any:
        """Call the verb for the chosen answer."""
        verb = self.ANSWERS[RecheckAnswer(self.answer_or_again)][0]
        return verb(tracked=tracked, by=by, at=at, **self.verb_fields())


class SlipAgreedForm(GuardedForm):
    """Agree that it slipped, which reopens the recommendation."""

    reopened_on = DayField(past=True, label="Reopened on", required=False)
    reason = long_text("Why", rows=2)

    def starts_with(self) -> dict[str, Any]:
        return {"reopened_on": self.on}


class SlipDeclinedForm(GuardedForm):
    """Decline to reopen it, with a reason."""

    reason = long_text("Why it stays closed", empty="Say why it stays closed.", rows=2)
