"""The period of a force's Channel panels page, and the day as at which it is shown."""

import datetime
from collections.abc import Mapping
from typing import Any

from recommendations.domain.panels.by_force import last_quarters
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField
from recommendations.periods import Period


class PanelsPeriodForm(Form):
    """Two days, both optional. The page is as at the last one, by default today."""

    use_required_attribute = False
    unmarked = ("from", "to")

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        self.fields["from"] = DayField(past=True, label="From", required=False)
        self.fields["to"] = DayField(past=True, label="To, and as at", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("from"), given.get("to") or self.today
        if "from" in given and "to" in given and first and first > last:
            self.add_error("from", "This day is after the last day.")
        return given

    @property
    def period(self) -> Period | None:
        """The requested period, by default the last four quarters; None if a day is invalid."""
        if not self.is_valid():
            return None
        last = self.cleaned_data["to"] or self.today
        return Period(self.cleaned_data["from"], last) if self.cleaned_data["from"] else last_quarters(last)
