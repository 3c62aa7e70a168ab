"""The filters of the calendar. Unknown values are ignored, so no address fails."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from recommendations.domain.calendar.entries import EntryKind
from recommendations.forms.site.base import VerbForm
from recommendations.models import Force

SPANS = (("weeks", "next 4 weeks", 28), ("quarter", "next 3 months", 92), ("year", "next 12 months", 366))


@dataclass(frozen=True)
class CalendarQuery:
    """A span (its name, words and number of days), the kind and force if chosen, and whether only the user's own."""

    span: tuple[str, str, int]
    kind: EntryKind | None
    force: Force | None
    mine: bool = False

    @property
    def query(self) -> str:
        """The filters as a query string."""
        return urlencode(self.chosen | ({"whose": "mine"} if self.mine else {}))

    @property
    def chosen(self) -> dict[str, str]:
        """The filters by name, without whose."""
        chosen = {"span": self.span[0], "kind": str(self.kind or ""), "force": self.force.slug if self.force else ""}
        return {name: value for name, value in chosen.items() if value}


def read_calendar_query(
    params: QueryDict, kinds: list[EntryKind], forces: list[Force], *, may_choose_whose: bool
) -> CalendarQuery:
    """Parse the query string, given the kinds and forces available to this user."""
    span = next((each for each in SPANS if each[0] == params.get("span")), SPANS[1])
    kind = next((each for each in kinds if each.key == params.get("kind")), None)
    force = next((each for each in forces if each.slug == params.get("force")), None)
    return CalendarQuery(span, kind, force, may_choose_whose and params.get("whose") == "mine")


class AddressForm(VerbForm):
    """Make an address, or end the current one."""
