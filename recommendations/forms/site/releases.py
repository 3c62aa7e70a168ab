"""The forms for the two-person decision about a release, of a force's page or an action plan."""

from recommendations.forms.register.base import long_text
from recommendations.forms.site.base import VerbForm


class ConfirmReleaseForm(VerbForm):
    """Nothing to fill in: the page shows what becomes public."""


class SendBackReleaseForm(VerbForm):
    reason = long_text("Why it is sent back", empty="Say why it is sent back.")


class WithdrawReleaseForm(VerbForm):
    """Why it is withdrawn; the reason is public."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn. The reason is public.")
