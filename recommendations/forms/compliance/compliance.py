"""The filter of the compliance page: force and period."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField
from recommendations.models import Force, User
from recommendations.periods import Period, financial_year_of


class ComplianceForm(Form):
    """A force and two days, all optional; without days, the current financial year."""

    use_required_attribute = False
    unmarked = ("force", "from", "to")

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: User, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        self.fields["force"] = forms.ModelChoiceField(
            Force.objects.visible_to(by).order_by("name"),
            label="Force",
            required=False,
            empty_label="All forces",
            to_field_name="slug",
        )
        self.fields["from"] = DayField(past=True, label="From", required=False)
        self.fields["to"] = DayField(past=True, label="To", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("from"), given.get("to")
        if first and last and last < first:
            self.add_error("to", "This day is before the first day.")
        return given

    @property
    def force(self) -> Force | None:
        """The chosen force; None for all, or if it is invalid."""
        return self.cleaned_data.get("force") if self.is_bound and not self.errors.get("force") else None

    @property
    def period(self) -> Period | None:
        """The requested period, or None if a day is invalid."""
        if self.errors.get("from") or self.errors.get("to"):
            return None
        first, last = (self.cleaned_data.get(name) for name in ("from", "to"))
        year = financial_year_of(first or last or self.today)
        return Period(first or year.start, last or year.end) if first or last else year
