"""The forms of indicators: what is said of one, a changed definition, and withdrawing."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from recommendations.domain.indicators.indicators import COLUMNS, IndicatorDetails, chosen_details
from recommendations.domain.register.enforcements import recommendation_named
from recommendations.domain.text.quotations import without_marks
from recommendations.enums.indicators import Better, IndicatorEvery, IndicatorUnit
from recommendations.exchange.indicators.sheet_reader import read_figure
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import OfRecord, VerbForm
from recommendations.forms.site.fields import DayField, RecordsField
from recommendations.forms.site.record import RecordForm
from recommendations.models import Commitment, Force, Indicator, TrackedRecommendation, User
from recommendations.models.inspections.inspections import shorten

CORRECT_WORDS = (
    "Correct its words here. If something else counts from a day on, choose “The definition changed” instead: the line "
    "of the chart breaks there."
)
CHANGED = "Someone changed this indicator since you looked. Look at it again."
MOST_COMMITMENTS = 60


class FigureField(forms.CharField):
    """A number as people type it: 1,204, 62%, £300."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def read(self, text: str, unit: str) -> Decimal | None:
        """The number, or None for "". Raises ValidationError for another unit, or what is no number."""
        if not text:
            return None
        found = read_figure(text, Indicator(unit=unit, name="it"))
        if isinstance(found, str):
            raise forms.ValidationError(found, code="figure")
        return found


class DetailsForm(RecordForm):
    """What is said of an indicator. When adding, `forces` are the choices; one alone is taken."""

    FACTS = COLUMNS
    force = forms.ModelChoiceField(
        Force.objects.none(), empty_label="Choose", error_messages={"required": "Choose the force."}
    )
    name = forms.CharField(
        label="What is counted",
        max_length=160,
        help_text="As charts and papers name it: Strip searches of children.",
        error_messages={"required": "Say what is counted."},
    )
    definition = long_text("What counts, and what does not", empty="Say what counts, and what does not.", rows=3)
    source = forms.CharField(
        label="Where the numbers come from",
        max_length=200,
        help_text="A system, a return, a team.",
        error_messages={"required": "Say where the numbers come from."},
    )
    unit = forms.ChoiceField(choices=IndicatorUnit, initial=IndicatorUnit.NUMBER)
    every = forms.ChoiceField(label="Counted", choices=IndicatorEvery, initial=IndicatorEvery.MONTH)
    better = forms.ChoiceField(label="Which is better", choices=Better, initial=Better.DOWN, widget=forms.RadioSelect)
    baseline = FigureField(label="Baseline", required=False)
    baseline_on = DayField(label="Day of the baseline", required=False)
    target = FigureField(label="Target", required=False)
    target_on = DayField(label="To be reached by", required=False)
    tracked = forms.CharField(
        label="Recommendations",
        required=False,
        max_length=600,
        help_text="Their references, with commas: WM-0007, WM-0012.",
    )
    commitments = RecordsField(
        Commitment.objects.none(), label="Commitments", required=False, widget=forms.CheckboxSelectMultiple
    )
    hides_small = forms.BooleanField(
        label="Show numbers from 1 to 4 as “fewer than 5”",
        required=False,
        help_text="For numbers of people who could be recognised. Public pages always do.",
    )
    force_enters = forms.BooleanField(label="The force enters values too", required=False)
    reason = short_text("Why it is changed", 300)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        by: User,
        force: Force | None = None,
        record: Indicator | None = None,
        **kwargs: Any,
    ) -> None:
        self.by, self.of_force = by, record.force if record else force
        super().__init__(data, record=record, **kwargs)
        if record:
            self.fields["definition"].help_text = CORRECT_WORDS
        if self.of_force:
            del self.fields["force"]
        else:
            self.fields["force"].queryset = Force.objects.visible_to(by).order_by("name")
        offered = self._commitments()
        self.fields["commitments"].queryset = offered
        self.fields["commitments"].label_from_instance = lambda each: shorten(without_marks(each.quote), 110)
        if not offered.exists():
            del self.fields["commitments"]

    def _commitments(self) -> Any:
        """The running commitments about the force, and those that are linked already."""
        found = Commitment.objects.visible_to(self.by)
        if self.of_force is None:
            return found.none()
        about = found.running().filter(of__response__answers__inspection__covers__force=self.of_force)
        linked = found.filter(indicator_links__indicator=self.record, indicator_links__withdrawn_at=None)
        ids = {*about.values_list("pk", flat=True)[:MOST_COMMITMENTS]}
        ids |= {*linked.values_list("pk", flat=True)} if self.record else set()
        return found.filter(pk__in=ids).order_by("pk")

    def values_of(self, record: Indicator) -> dict[str, Any]:
        values = {name: getattr(record, name) for name in COLUMNS}
        details = chosen_details(record, record.links.select_related("tracked", "commitment"))
        for name in ("baseline", "target"):
            values[name] = "" if values[name] is None else record.value_words(values[name])
        values["tracked"] = ", ".join(each.reference for each in details.tracked)
        return values | {"commitments": [each.pk for each in details.commitments]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("baseline", "target") if "unit" in cleaned else ():
            try:
                cleaned[name] = self.fields[name].read(cleaned.get(name, ""), cleaned["unit"])
            except forms.ValidationError as error:
                self.add_error(name, error)
        cleaned["tracked"] = tuple(self._records(cleaned.get("tracked", "")))
        return cleaned

    def _records(self, text: str) -> list[TrackedRecommendation]:
        found = []
        for reference in filter(None, re.split(r"[,;\s]+", text)):
            record = recommendation_named(reference, self.by)
            if record is None:
                self.add_error("tracked", f"There is no recommendation {reference}. Check its reference.")
            else:
                found.append(record)
        return found

    def verb_fields(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = tuple(given.get("commitments", ()))
        details = IndicatorDetails(
            **{name: given[name] for name in COLUMNS}, tracked=given["tracked"], commitments=chosen
        )
        if self.record:
            return {"details": details, "version": self.read_version, "reason": given["reason"]}
        return {"details": details, "force": self.of_force or given["force"]}


class DefinitionForm(OfRecord):
    """From a day on the numbers count something else."""

    read_again = CHANGED
    changed_on = DayField(
        past=True,
        label="First day of the new definition",
        error_messages={"required": "Enter the first day of the new definition."},
    )
    definition = long_text("What counts now", empty="Say what counts now.", rows=4)
    note = long_text("Why it changed", rows=2)

    def __init__(self, data: Mapping[str, Any] | None = None, *, record: Indicator, **kwargs: Any) -> None:
        super().__init__(data, record=record, initial={"definition": record.definition}, **kwargs)


class WithdrawIndicatorForm(OfRecord):
    """Withdraw an indicator."""

    read_again = CHANGED
    reason = long_text("Why it is withdrawn", empty="Say why this indicator is withdrawn.")


class ReasonForm(VerbForm):
    """Withdraw a value or a change of a definition, or undo a sheet, with a reason."""

    reason = long_text("Why", empty="Say why.")
