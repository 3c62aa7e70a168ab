"""The forms of legacy reviews: starting one, judging what was open, finishing and withdrawing it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.register.enforcements import recommendation_named
from recommendations.enums import Outcome
from recommendations.enums.legacy_reviews import LegacyVerdict
from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import OfRecord, VerbForm
from recommendations.forms.site.fields import DayField, RecordsField
from recommendations.models import Force, TrackedRecommendation, User
from recommendations.models.legacy_reviews import LONGEST_TITLE

CHANGED = "Someone changed this review since you looked. Look at it again."
HELP = {
    LegacyVerdict.GOES_ON: "It stays open as it is.",
    LegacyVerdict.REFRAMED: "It stays open, in the office’s own words.",
    LegacyVerdict.SUPERSEDED: "Another takes its place, if an approving officer agrees.",
    LegacyVerdict.CLOSED: "It closes, if an approving officer agrees.",
}

# What a judgement needs beside its reason.
NEEDED = {
    LegacyVerdict.REFRAMED: ("words", "Write what the office asks now."),
    LegacyVerdict.SUPERSEDED: ("superseded_by", "Enter the reference of the one that takes its place."),
    LegacyVerdict.CLOSED: ("outcome", "Choose the outcome."),
}


class StartReviewForm(VerbForm):
    """A new review: what it is called, the day of the change, and whose open recommendations it lists."""

    title = forms.CharField(
        label="Title",
        max_length=LONGEST_TITLE,
        help_text="As papers print it: Merger of two forces.",
        error_messages={"required": "Enter a title."},
    )
    effective_on = DayField(label="Day of the change", error_messages={"required": "Enter the day of the change."})
    forces = RecordsField(
        Force.objects.none(),
        label="Forces",
        widget=forms.CheckboxSelectMultiple,
        help_text="Everything that is open for them today is listed.",
        error_messages={"required": "Choose at least one force."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        having_open = TrackedRecommendation.objects.visible_to(by).open().values("force")
        self.fields["forces"].queryset = Force.objects.visible_to(by).filter(pk__in=having_open).order_by("name")

    def verb_fields(self) -> dict[str, Any]:
        return super().verb_fields() | {"forces": list(self.cleaned_data["forces"])}


class JudgeForm(VerbForm):
    """What becomes of the chosen recommendations. One alone can be given new words."""

    verdict = forms.ChoiceField(
        label="What becomes of it",
        widget=forms.RadioSelect(attrs={"data-judge": True}),
        error_messages={"required": "Choose what becomes of it."},
    )
    words = long_text("What the office asks now", help_text="The source’s own words stay beside it.")
    superseded_by = forms.CharField(
        label="What takes its place", max_length=30, required=False, help_text="Its reference. It is of the same force."
    )
    outcome = forms.ChoiceField(label="Outcome", choices=[("", "Choose the outcome"), *Outcome.choices], required=False)
    reason = long_text("Why", empty="Say why.", rows=3)
    unmarked = ("words", "superseded_by", "outcome")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, by: User, records: list[TrackedRecommendation], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.by, self.records = by, records
        offered = [each for each in LegacyVerdict if len(records) == 1 or each != LegacyVerdict.REFRAMED]
        self.fields["verdict"].choices = [(str(each), each.label) for each in offered]

    @property
    def verdict_help(self) -> list[tuple[Any, str]]:
        """Each radio button with what it means."""
        return [(choice, HELP[LegacyVerdict(str(choice.data["value"]))]) for choice in self["verdict"]]

    def clean(self) -> dict[str, Any]:
        """Find the recommendation that takes the place of these, and say what the verdict needs."""
        cleaned = super().clean()
        needed = NEEDED.get(cleaned.get("verdict", ""))
        if needed and not cleaned.get(needed[0]) and needed[0] not in self.errors:
            self.add_error(*needed)
        reference = cleaned.get("superseded_by", "")
        cleaned["superseded_by"] = recommendation_named(reference, self.by) if reference else None
        is_asked = cleaned.get("verdict") == LegacyVerdict.SUPERSEDED
        if is_asked and reference and cleaned["superseded_by"] is None:
            self.add_error("superseded_by", f"There is no recommendation {reference}. Check its reference.")
        return cleaned


class FinishReviewForm(OfRecord):
    """Finish a review."""

    read_again = CHANGED


class WithdrawReviewForm(OfRecord):
    """Withdraw a review that was started by mistake."""

    read_again = CHANGED
    reason = long_text("Why it is withdrawn", empty="Say why the review is withdrawn.")
