"""The forms for preparing and deciding a release, of a force's page or an action plan."""

from django import forms

from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm


class PrepareReleaseForm(VerbForm):
    """`seen` is the SHA-256 of the facts that were previewed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def look_at(self, digest: str) -> None:
        """Bind the form to the facts shown, by their SHA-256."""
        self.initial["seen"] = digest
        if self.is_bound:
            self.data = self.data.copy()
            self.data["seen"] = digest


class ConfirmReleaseForm(VerbForm):
    """Nothing to fill in: the page shows what becomes public."""


class SendBackReleaseForm(VerbForm):
    reason = long_text("Why it is sent back", empty="Say why it is sent back.")


class WithdrawReleaseForm(VerbForm):
    """Why it is withdrawn; the reason is public."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn. The reason is public.")
