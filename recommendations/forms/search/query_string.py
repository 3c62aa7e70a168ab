"""Parses the query string of a search. Unknown values are ignored."""

import datetime
from collections.abc import Collection
from typing import Any

from django.http import QueryDict

from recommendations.domain.search.find import NO_FORCE, RECENT, SearchQuery
from recommendations.enums.search import SearchKind, Speaker
from recommendations.forms.register.query_string import Address, number_of
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField
from recommendations.periods import Period, say
from recommendations.search_words import MOST_LETTERS, plain, read_words

NONE = "none"  # in an address: belonging to no force
FILTERS = ("kind", "who", "force", "when", "from", "to", "inspection", "source")
NAMES = ("q", *FILTERS, "order", "as_at", "exact")


class BetweenForm(Form):
    """The period in which something was said. Invalid input stays in its field, with an error."""

    use_required_attribute = False
    start = DayField(past=True, label="From", required=False)
    end = DayField(past=True, label="To", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", f"This is before {say(start)}. Enter that day or a later one.")
        return cleaned

    @property
    def between(self) -> Period | None:
        """The period if any day was given and all are valid, otherwise None."""
        if not self.is_valid() or not any(self.cleaned_data.values()):
            return None
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return Period(start or datetime.date.min, end or datetime.date.max)


def period_form(params: QueryDict) -> BetweenForm:
    """The form with the two typed days."""
    return BetweenForm({name: params.get(key, "")[:MOST_LETTERS] for name, key in (("start", "from"), ("end", "to"))})


def read_search(
    params: QueryDict,
    forces: dict[str, int],
    *,
    day: datetime.date,
    past: bool,
    between: Period | None,
    sources: Collection[str] = (),
) -> SearchQuery:
    """Parse a QueryDict into a SearchQuery. `forces` maps slugs to ids; `sources` are the valid source keys."""
    asked = set(params.getlist("force"))
    known = forces | {NONE: NO_FORCE}
    return SearchQuery(
        words=read_words(params.get("q", "")),
        day=day,
        past=past,
        kind=_one(params, "kind", SearchKind.values),
        speakers=tuple(each for each in Speaker.values if each in params.getlist("who")),
        forces=tuple(pk for slug, pk in known.items() if slug in asked),
        inspection=number_of(params.get("inspection", "")),
        sources=tuple(key for key in sources if key in params.getlist("source")),
        when=_one(params, "when", RECENT),
        between=between,
        newest=params.get("order") == "newest",
    )


def _one(params: QueryDict, name: str, known: dict[str, int] | list[str]) -> str:
    return next((each for each in known if each == params.get(name)), "")


def address_of(path: str, params: QueryDict) -> Address:
    """The address of a search, with valid parameter names only."""
    pairs = ((name, plain(value)) for name in NAMES for value in params.getlist(name)[:20])
    return Address(path, tuple((name, value) for name, value in pairs if value))
