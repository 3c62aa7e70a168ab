"""The forms for planned inspections: planning one, adding an announcement, linking its report, withdrawing."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.inspections.expected_dates import read_expected
from recommendations.domain.inspections.plan_queries import latest_of
from recommendations.enums import InspectionKind
from recommendations.forms.inspections.inspections import with_its_day
from recommendations.forms.register.base import long_text, short_text
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.forms.site.record import RecordForm
from recommendations.models import Force, Inspection, PlannedInspection, User

SOURCE = "A letter, a meeting, a page of HMICFRS’s site."


def title_field() -> forms.CharField:
    return forms.CharField(
        label="What is planned",
        max_length=200,
        help_text="As HMICFRS calls it: PEEL 2025–27.",
        error_messages={"required": "Enter what is planned."},
    )


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="Kind", choices=InspectionKind)


def expected_field() -> forms.CharField:
    return forms.CharField(
        label="Expected",
        max_length=120,
        help_text="In the words that were used: autumn 2026, week commencing 12 January 2027. "
        "If you leave the days empty, they are read from these words.",
        error_messages={"required": "Say when it is expected, in the words that were used."},
    )


class PlanForm(VerbForm):
    """An inspection announced for a force."""

    force = forms.ModelChoiceField(
        Force.objects.none(), empty_label=None, error_messages={"required": "Choose the force."}
    )
    title = title_field()
    kind = kind_field()
    expected = expected_field()
    from_on = DayField(label="First day", required=False)
    until_on = DayField(label="Last day", required=False)
    said_on = DayField(
        past=True, label="Day it was said", error_messages={"required": "Enter the day on which it was said."}
    )
    source = short_text("Where this was read or heard", 300, help_text=SOURCE)

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"said_on": on} | kwargs.pop("initial", {}), **kwargs)
        self.fields["force"].queryset = Force.objects.visible_to(by).order_by("name")
        _require(self.fields["source"])


def _require(source: forms.CharField) -> None:
    source.required = True
    source.error_messages["required"] = "Say where this was read or heard."


class ChangePlanForm(RecordForm):
    """The plan, and a later announcement. Correcting only the title or the kind needs no source."""

    title = title_field()
    kind = kind_field()
    expected = expected_field()
    from_on = DayField(label="First day", required=False)
    until_on = DayField(label="Last day", required=False)
    called_off = forms.BooleanField(label="HMICFRS called it off", required=False)
    said_on = DayField(
        past=True, label="Day it was said", error_messages={"required": "Enter the day on which it was said."}
    )
    source = short_text("Where this was read or heard", 300, help_text="Required if anything new was said.")
    reason = short_text("Why it changes", 300)

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"said_on": on}, **kwargs)

    def values_of(self, record: PlannedInspection) -> dict:
        said = latest_of(record)
        days = (said.from_on, said.until_on)
        first, last = (None, None) if days == read_expected(said.expected) else days
        facts = {"title": record.title, "kind": record.kind, "expected": said.expected}
        return facts | {"from_on": first, "until_on": last}

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.read_version}


class GuardedPlanForm(VerbForm):
    """A form whose verb checks that the plan has not changed since the user saw it."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: PlannedInspection, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.plan = plan
        self.fields["version"].initial = plan.version

    def verb_fields(self) -> dict:
        return super().verb_fields() | {"version": self.cleaned_data.get("version") or 0}


class LinkPlanForm(GuardedPlanForm):
    """The resulting report: one of those that cover the force, newest first."""

    inspection = forms.ModelChoiceField(
        Inspection.objects.none(),
        label="Report",
        empty_label="Choose the report",
        error_messages={"required": "Choose the report.", "invalid_choice": "Choose a report from the list."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        covers = Inspection.objects.visible_to(by).filter(covers__force=self.plan.force_id)
        self.fields["inspection"].queryset = covers.order_by("-published_on", "title")
        self.fields["inspection"].label_from_instance = with_its_day


class WithdrawPlanForm(GuardedPlanForm):
    """Withdraw a plan that was recorded by mistake, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why the plan is withdrawn.")


class WithdrawAnnouncementForm(VerbForm):
    """Withdraw a wrong entry, with a reason."""

    reason = long_text("Why it is withdrawn", empty="Say why this entry is withdrawn.")
