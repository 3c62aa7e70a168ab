"""The forms of what is similar: to link, to decline and to end links."""

from recommendations.forms.register.tracked import long_text
from recommendations.forms.site.base import ActForm


class LinkForm(ActForm):
    """Link two recommendations; `other` is the id of the second, as several of these forms stand on one page."""

    def __init__(self, data=None, *, other: int, **kwargs):
        super().__init__(data, auto_id=f"link_{other}_%s", **kwargs)


class DeclineSimilarForm(ActForm):
    """Say that two are not alike, and perhaps why."""

    unmarked = ("reason",)

    reason = long_text("Why they are not alike (optional)", rows=2)


class EndLinksForm(ActForm):
    """Take a recommendation out of its group, and say why."""

    reason = long_text("Why the link ends", empty="Say why the link ends.", rows=2)
