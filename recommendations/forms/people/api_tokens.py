"""The forms to make and to revoke a personal token."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from recommendations.domain.people.api_tokens import DEFAULT_DAYS, scopes_for
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.fields import DayField
from recommendations.models import User


class TokenForm(VerbForm):
    """The token's purpose, scopes and last day; only scopes within the person's own rights are offered."""

    name = forms.CharField(
        label="What the token is for",
        max_length=60,
        help_text="For example: Power BI.",
        error_messages={
            "required": "Say what the token is for, for example: Power BI.",
            "max_length": "Use 60 characters or fewer.",
        },
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose what the token may do.",
            "invalid_choice": "Your role does not include this. Choose something else.",
        },
    )
    last_day = DayField(
        label="Last day",
        help_text="At most a year from today.",
        error_messages={"required": "Enter the last day on which the token works."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, person: User, today: datetime.date) -> None:
        super().__init__(data, initial={"last_day": today + datetime.timedelta(days=DEFAULT_DAYS)})
        choices = [(each.value, f"{each.label}: {each.help[:1].lower()}{each.help[1:]}") for each in scopes_for(person)]
        self.fields["scopes"].choices = choices


class RevokeForm(VerbForm):
    """The button that revokes a token."""
