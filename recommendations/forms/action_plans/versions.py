"""The forms of an action plan: what was looked at is sent, and what a second person decides."""

from django import forms

from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import ActForm


class PrepareVersionForm(ActForm):
    """`seen` is the SHA-256 of what was looked at."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class PublishPlanForm(ActForm):
    """Nothing to fill in: the page says what becomes public."""


class ReturnPlanForm(ActForm):
    reason = long_text("Why it is not published", empty="Say why it is sent back.")


class WithdrawVersionForm(ActForm):
    """Why it is withdrawn, for everybody to read."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn. The reason is public.")
