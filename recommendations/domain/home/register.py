"""The first page's numbers from the register: named queries with their addresses, counted in one statement."""

import datetime
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.home.lines import AHEAD, COLOURS, HomeLine, HomeLinePart, Top, number_line
from recommendations.domain.register.counts import numbers
from recommendations.domain.register.filters import (
    ChangedFilter,
    ClosureFilter,
    DeadlineFilter,
    Forecast,
    period_until,
    say_period,
)
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.enums import Flag
from recommendations.models import Force, Thresholds, User
from recommendations.periods import Period

# The parameters' names in an address, where they differ from RegisterQuery's.
NAMES = {"colours": "rag", "flags": "flag", "mine": "whose"}
ANYBODYS = ("to_decide", "own", "part_to_decide")  # not filtered by lead
ALL = {"show": CountedRows.ALL}
CHANGES = [each for each in ChangedFilter if each not in (ChangedFilter.ANY, ChangedFilter.REOPENED)]


def address(fields: dict, force: str = "") -> str:
    """The register's address for some fields of a RegisterQuery, and a force's slug."""
    pairs = [("force", force)] if force else []
    for name, value in fields.items():
        for each in value if isinstance(value, tuple) else (value,):
            pairs.append((NAMES.get(name, name), _parameter(each)))
    return f"{reverse('register')}?{urlencode(pairs)}" if pairs else reverse("register")


def _parameter(value: object) -> str:
    if value is True:
        return "mine"
    if isinstance(value, Period):
        return say_period(value)
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def query_fields(day: datetime.date, since: datetime.datetime) -> dict[str, dict]:
    """The first page's queries on the register on a day: name → fields of a RegisterQuery."""
    overdue = {"show": CountedRows.OVERDUE}
    ahead = Period(day + datetime.timedelta(days=1), day + datetime.timedelta(days=AHEAD))
    return {
        "open": {"show": CountedRows.OPEN},  # explicit, as users can choose what a bare address shows
        **{colour: {"colours": (str(colour),)} for colour in COLOURS},
        "revisit": {"revisit": period_until(day)},
        "to_decide": {"show": CountedRows.PENDING, "closure": ClosureFilter.TO_DECIDE},
        "own": {"show": CountedRows.PENDING, "closure": ClosureFilter.OWN},
        "part_to_decide": {"closure": ClosureFilter.PART_TO_DECIDE},
        "review": {"review": period_until(day)},
        "sent_back": {"closure": ClosureFilter.SENT_BACK},
        "overdue": overdue,
        "no_forecast": overdue | {"forecast": Forecast.NONE},
        "immediate": overdue | {"deadline": DeadlineFilter.IMMEDIATE},
        "no_update": {"flags": (str(Flag.NO_UPDATE),)},
        **{f"changed_{each}": ALL | {"changed": each, "since": since} for each in CHANGES},
        "due": {"due": Period(day, ahead.end)},
        "revisit_ahead": {"revisit": ahead},
        "review_ahead": {"review": ahead},
    }


@dataclass(frozen=True)
class RegisterCounts:
    """The results: how many rows each query has, by force."""

    fields: dict[str, dict]
    totals: dict[str, Counter]
    forces: tuple[tuple[int, str, str], ...]  # id, short name, slug
    rule: Thresholds

    @property
    def since(self) -> datetime.datetime:
        """The moment since which changes count."""
        return self.fields["changed_new"]["since"]

    def number(self, name: str) -> int:
        return self.totals[name].total()

    def url(self, name: str) -> str:
        return address(self.fields[name])

    def part(self, name: str, one: str, many: str) -> tuple[HomeLinePart, ...]:
        """A number for the second row, or () if it is 0."""
        number = self.number(name)
        return (HomeLinePart(f"{number:,} {one if number == 1 else many}", self.url(name)),) if number else ()

    def by_force(self, name: str) -> tuple[HomeLinePart, ...]:
        """The number by force, if there are several forces."""
        if len(self.forces) < 2:
            return ()
        totals = self.totals[name]
        here = [each for each in self.forces if totals[each[0]]]
        if len(here) == 1:
            return (HomeLinePart(here[0][1]),)
        return tuple(
            HomeLinePart(f"{totals[pk]:,} {short_name}", address(self.fields[name], slug))
            for pk, short_name, slug in here
        )

    def open_by_force(self) -> tuple[HomeLinePart, ...]:
        """The open recommendations of each force, name first, if there are several."""
        if len(self.forces) < 2:
            return ()
        totals = self.totals["open"]
        return tuple(HomeLinePart(f"{name} {totals[pk]:,}", address({}, slug)) for pk, name, slug in self.forces)

    def line(
        self, name: str, one: str, many: str, more: tuple[HomeLinePart, ...] | None = None, end: str = ""
    ) -> HomeLine:
        """The number as a line, with the numbers by force unless `more` is given."""
        more = self.by_force(name) if more is None else more
        return number_line(self.number(name), one, many, self.url(name), more=more, end=end)

    def lines(self, *wanted: tuple) -> tuple[HomeLine, ...]:
        """A line for each of these (arguments of `line`) whose number is not 0."""
        return tuple(self.line(*each) for each in wanted if self.number(each[0]))

    def tops(self) -> tuple[Top, ...]:
        """The open recommendations, and the number of each colour."""
        colours = (Top(f"{self.number(each):,}", self.rule.word(each), self.url(each), str(each)) for each in COLOURS)
        return (Top(f"{self.number('open'):,}", "open", self.url("open")), *colours)


def count_register(
    user: User, day: datetime.date, since: datetime.datetime, rule: Thresholds, *, mine: bool = False
) -> RegisterCounts:
    """All numbers that the first page needs from the register, for what `user` may see on `day`. Two queries.

    With `mine` only of what they lead, except for what only they can decide.
    """
    fields = query_fields(day, since)
    if mine:
        fields = {name: each if name in ANYBODYS else each | {"mine": True} for name, each in fields.items()}
    queries = {name: RegisterQuery(day=day, **each) for name, each in fields.items()}
    totals = numbers(queries, user, rule)
    forces = Force.objects.visible_to(user).order_by("short_name").values_list("pk", "short_name", "slug")
    return RegisterCounts(fields, totals, tuple(forces), rule)
