"""The register's query string: parsing it, and building other addresses from it.
Any query string is accepted: unknown values are ignored.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from recommendations.domain.ownership.mine import chooses_whose
from recommendations.domain.register.filters import (
    ChangedFilter,
    Choices,
    ClosureFilter,
    DeadlineFilter,
    Directed,
    Disputed,
    Forecast,
    RecheckFilter,
    Restricted,
    read_period,
    say_period,
)
from recommendations.domain.register.order import DUE, SORTS
from recommendations.domain.register.queries import NO_RISK, CountedRows, RegisterQuery
from recommendations.enums import TRACKED_KINDS, Flag, Rag, Vocabulary
from recommendations.forms.site.base import Form
from recommendations.forms.site.fields import DayField, read_day
from recommendations.models import SavedView, User
from recommendations.periods import LONDON, day_end, london_day, say
from recommendations.search_words import MOST_LETTERS, plain, read_words
from recommendations.sections import Section

NO_LEAD = "-"
LINKED, ONE_LINE = "linked", "one"  # linked recommendations as one line: presentation only, not part of the query
ALL_OPEN = "all"  # instead of a view: the register without one
# The parameters of the query, in the order of an address; then what is open beside the list, and the position.
FILTERS = ("force", "inspection", "source", "kind", "rag", "flag", "stage", "risk", "theme", "opcc_lead", "lead")
# Filters that the home page links to: each is shown as a chip, without a control of its own.
NARROWS = {
    "deadline": DeadlineFilter,
    "forecast": Forecast,
    "closure": ClosureFilter,
    "disputed": Disputed,
    "directed": Directed,
    "restricted": Restricted,
    "recheck": RecheckFilter,
    "changed": ChangedFilter,
}
DAYS = ("due", "revisit", "review", "look")
NARROWED = (*NARROWS, "since", *DAYS)
WHOSE, MINE = "whose", "mine"
QUESTION = (WHOSE, "q", *FILTERS, *NARROWED, "show", "sort", "as_at", "known_at")
# The parameters that a saved view stores: no past day, no "changed since", nothing open beside the list.
SAVED = tuple(name for name in QUESTION if name not in ("changed", "since", "as_at", "known_at"))
AT_TIME = re.compile(r"(?P<day>.+?)[,\s]+(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """A path with a list of (name, value) pairs. Immutable: every change returns another address."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.pairs)}" if self.pairs else self.path

    @property
    def prefix(self) -> str:
        """The address, ready for one more name=value."""
        return f"{self.path}?{urlencode(self.pairs)}&" if self.pairs else f"{self.path}?"

    def but(self, **values: Any) -> "Address":
        """With other values for some names; None removes a name."""
        kept = [pair for pair in self.pairs if pair[0] not in values]
        given = [(name, str(value)) for name, value in values.items() if value is not None]
        return Address(self.path, (*kept, *given))

    def plus(self, name: str, value: str) -> "Address":
        """With one more value for a name."""
        return Address(self.path, (*self.pairs, (name, value)))

    def only(self, *names: str) -> "Address":
        return Address(self.path, tuple(pair for pair in self.pairs if pair[0] in names))

    def without(self, *names: str, value: str | None = None) -> "Address":
        """Without these names, or without one value of them."""
        return Address(
            self.path,
            tuple(pair for pair in self.pairs if pair[0] not in names or (value is not None and pair[1] != value)),
        )


class MomentField(forms.Field):
    """A date and time in one text field, in London: 3/10/2026 17:00. A day alone means its end."""

    def to_python(self, value: Any) -> datetime.datetime | None:
        value = (value or "").strip()[:MOST_LETTERS]
        if not value:
            return None
        found = AT_TIME.fullmatch(value)
        if found is None:
            return day_end(read_day(value))
        hour, minute = int(found["hour"]), int(found["minute"])
        if hour > 23 or minute > 59:
            raise forms.ValidationError("There is no such time. Enter one like 17:00.", code="invalid")
        day = read_day(found["day"])
        return datetime.datetime.combine(day, datetime.time(hour, minute), LONDON).astimezone(datetime.UTC)


class PastDayForm(Form):
    """The past day as at which something is read. `today` is a London day."""

    use_required_attribute = False
    as_at = DayField(past=True, label="As at", required=False)

    def __init__(self, data: Mapping[str, Any], *, today: datetime.date) -> None:
        super().__init__(data)
        self.today = today

    def clean_as_at(self) -> datetime.date | None:
        day = self.cleaned_data["as_at"]
        if day and day > self.today:
            raise forms.ValidationError(f"{say(day)} is in the future. Enter today or an earlier day.")
        return day


class AsAtForm(PastDayForm):
    """The day as at which the register is read, and the moment up to which records count. `now` is in UTC."""

    known_at = MomentField(label="recorded by", required=False)

    def __init__(self, data: Mapping[str, Any], *, now: datetime.datetime) -> None:
        super().__init__(data, today=london_day(now))

    def clean_known_at(self) -> datetime.datetime | None:
        """Accept the end of today, which is in the future but equivalent to now."""
        moment = self.cleaned_data["known_at"]
        if moment and moment > day_end(self.today):
            raise forms.ValidationError(f"{say(london_day(moment))} is in the future. Enter today or an earlier day.")
        return moment

    def clean(self) -> dict[str, Any]:
        """Without a day, default to the day of `known_at`."""
        cleaned = super().clean()
        if cleaned.get("known_at") and "as_at" in cleaned and not cleaned["as_at"]:
            cleaned["as_at"] = london_day(cleaned["known_at"])
        return cleaned


def asks_for_mine(params: QueryDict, user: User) -> bool:
    """Whether the address asks for only what this user leads."""
    return params.get(WHOSE) == MINE and chooses_whose(user)


def read_query(
    params: QueryDict,
    choices: Choices,
    words: dict,
    *,
    day: datetime.date,
    past: bool = False,
    known_at: datetime.datetime | None = None,
    mine: bool = False,
) -> RegisterQuery:
    """Parse a QueryDict into a register query; invalid values are ignored.
    `words` are the office's labels (Label.objects.words()).
    """
    sort = params.get("sort", "")
    return RegisterQuery(
        day=day,
        past=past,
        known_at=known_at,
        mine=mine,
        words=read_words(params.get("q", "")),
        show=_one(params, "show", tuple(CountedRows), CountedRows.OPEN),
        forces=tuple(choices.forces[slug][0] for slug in _several(params, "force", choices.forces)),
        inspection=_inspection(params, choices),
        sources=_several(params, "source", choices.sources) if choices.is_mixed else (),
        by_source=choices.is_mixed,
        kind=_one(params, "kind", TRACKED_KINDS, ""),
        colours=_several(params, "rag", Rag.values),
        flags=_several(params, "flag", Flag.values),
        stages=_several(params, "stage", words[Vocabulary.STAGE]),
        **_risk_filters(params, words),
        opcc_lead=_lead(params, "opcc_lead", choices.opcc_leads),
        chief_officer_lead=_lead(params, "lead", choices.chief_officer_leads),
        sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else DUE,
        descending=sort.startswith("-") and sort.removeprefix("-") in SORTS,
        **_filters_without_counts(params),
    )


def _risk_filters(params: QueryDict, words: dict) -> dict[str, Any]:
    """The risk and theme filters, if the office uses them."""
    if not Section.RISK.is_on:
        return {}
    risks, themes = (*words[Vocabulary.RISK], NO_RISK), tuple(words[Vocabulary.THEME])
    return {"risk": _one(params, "risk", risks, ""), "theme": _one(params, "theme", themes, "")}


def _filters_without_counts(params: QueryDict) -> dict[str, Any]:
    """The filters without a count. `changed` needs the moment `since`, otherwise it is ignored."""
    asked = {name: _one(params, name, tuple(known), "") for name, known in NARROWS.items()}
    since = read_moment(params.get("since", "")) if asked["changed"] else None
    days = {name: read_period(params.get(name, "")) for name in DAYS}
    return {**asked, **days, "since": since, "changed": asked["changed"] if since else ""}


def read_moment(text: str) -> datetime.datetime | None:
    """A moment of an address in UTC, or None if it is none."""
    try:
        moment = datetime.datetime.fromisoformat(text)
        return moment.astimezone(datetime.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _one[Known: str, Default](
    params: QueryDict, name: str, known: Iterable[Known], default: Default
) -> Known | Default:
    return next((each for each in known if each == params.get(name)), default)


def _several(
    params: QueryDict, name: str, known: dict[str, str] | dict[str, tuple[int, str]] | list[str]
) -> tuple[str, ...]:
    """The valid values of a parameter, in their own order, once each."""
    asked = set(params.getlist(name))
    return tuple(str(each) for each in known if str(each) in asked)


def _inspection(params: QueryDict, choices: Choices) -> int | None:
    return next((pk for pk in choices.inspections if str(pk) == params.get("inspection")), None)


def _lead(params: QueryDict, name: str, known: tuple[str, ...]) -> str | None:
    asked = params.get(name, "")
    lead = "" if asked == NO_LEAD else asked
    return lead if asked and lead in known else None


def number_of(text: str) -> int | None:
    """A non-negative whole number in an address (an id, a page), or None if it is invalid or too long."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def address_of(path: str, params: QueryDict, query: RegisterQuery, choices: Choices) -> Address:
    """The address of a query, without values that were ignored."""
    slugs = {pk: slug for slug, (pk, _) in choices.forces.items()}
    lead = {None: None, "": NO_LEAD}
    given: dict[str, Iterable[Any]] = {
        WHOSE: [MINE if query.mine else None],
        "q": [plain(params.get("q", ""))],
        "force": [slugs[pk] for pk in query.forces],
        "inspection": [query.inspection],
        "source": query.sources,
        "kind": [query.kind],
        "rag": query.colours,
        "flag": query.flags,
        "stage": query.stages,
        "risk": [query.risk],
        "theme": [query.theme],
        "opcc_lead": [lead.get(query.opcc_lead, query.opcc_lead)],
        "lead": [lead.get(query.chief_officer_lead, query.chief_officer_lead)],
        **{name: [getattr(query, name)] for name in NARROWS},
        "since": [query.since and query.since.isoformat()],
        **{name: [days and say_period(days)] for name in DAYS for days in (getattr(query, name),)},
        "show": [None if query.show == CountedRows.OPEN else query.show],
        "sort": [sort_value(query.sort, query.descending)],
        **{name: [params.get(name) if query.past else None] for name in ("as_at", "known_at")},
    }
    return Address(path, tuple((name, str(each)) for name in QUESTION for each in given[name] if each))


def address_of_view(view: SavedView, path: str = "") -> Address:
    """The address of the register with this view, or of another path with the same query string."""
    pairs = ((name, value) for name, value, _ in view.filters)
    return Address(path or reverse("register"), (*pairs, ("view", str(view.pk))))


def sort_value(sort: str, descending: bool) -> str | None:
    """The value of "sort" in an address, or None for the default order."""
    return f"-{sort}" if descending else None if sort == DUE else sort
