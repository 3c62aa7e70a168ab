"""The forms for similar recommendations: linking, declining a suggestion, ending links."""

from collections.abc import Mapping
from typing import Any

from recommendations.forms.register.tracked import long_text
from recommendations.forms.site.base import VerbForm


class LinkForm(VerbForm):
    """Link two recommendations; `other` is the id of the second, as a page has several of these forms."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, other: int, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"link_{other}_%s", **kwargs)


class DeclineSimilarForm(VerbForm):
    """Decline a suggestion, with an optional reason."""

    unmarked = ("reason",)

    reason = long_text("Why they are not alike (optional)", rows=2)


class EndLinksForm(VerbForm):
    """Take a recommendation out of its group, with a reason."""

    reason = long_text("Why the link ends", empty="Say why the link ends.", rows=2)
