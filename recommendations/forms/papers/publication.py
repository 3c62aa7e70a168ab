"""The forms to make a finalised paper public, and to take it from the public again."""

from recommendations.forms.register.tracked import long_text
from recommendations.forms.site.base import ActForm


class PublishPaperForm(ActForm):
    """Nothing to fill in: the page says what becomes public."""


class WithdrawPublicPaperForm(ActForm):
    """Why it is withdrawn, for everybody to read."""

    reason = long_text("Why it is withdrawn", empty="Say why it is withdrawn. The reason is public.")
