"""The form that prepares the release of a meeting: which one."""

from collections.abc import Mapping
from typing import Any

from recommendations.enums.accountability import AgendaState
from recommendations.forms.site.fields import RecordField
from recommendations.forms.site.releases import PrepareReleaseForm
from recommendations.models import AccountabilityMeeting, Force, User


class PrepareMeetingForm(PrepareReleaseForm):
    """The meeting whose agenda, or minutes, would be public. `chosen` is the id that the address names."""

    meeting = RecordField(
        AccountabilityMeeting.objects.none(),
        label="Meeting",
        empty_label="Choose the meeting",
        error_messages={"required": "Choose the meeting."},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, force: Force, by: User, chosen: str = "", **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.by = by
        rows = AccountabilityMeeting.objects.visible_to(by).filter(force=force).exclude(state=AgendaState.PREPARING)
        self.fields["meeting"].queryset = rows.select_related("force")
        if chosen.isdecimal():
            self.initial["meeting"] = next((each.pk for each in rows if str(each.pk) == chosen), None)

    @property
    def meeting_to_show(self) -> Any:
        """The meeting that is chosen, or that the address names; None if there is none, or the choice is wrong."""
        if self.is_bound:
            return None if "meeting" in self.errors else self.cleaned_data["meeting"]
        chosen = self.initial.get("meeting")
        return self.fields["meeting"].queryset.filter(pk=chosen).first() if chosen else None
