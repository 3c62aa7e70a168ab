"""The first page's numbers from the register: named queries with their addresses, counted in one statement."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from recommendations.domain.home.lines import AHEAD, COLOURS, HomeItem, OpenCounts, Top, count
from recommendations.domain.register.counts import numbers
from recommendations.domain.register.filters import ChangedFilter, ClosureFilter, Directed, period_until, say_period
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.enums import Flag
from recommendations.models import Force, Thresholds, User
from recommendations.periods import Period, say_days

# The parameters' names in an address, where they differ from RegisterQuery's.
NAMES = {"colours": "rag", "flags": "flag", "mine": "whose"}
ANYBODYS = ("to_decide", "own", "part_to_decide")  # not filtered by lead
OPEN = ("open", *COLOURS, "no_update")  # counted for the whole office too
ALL = {"show": CountedRows.ALL}
CHANGES = [each for each in ChangedFilter if each not in (ChangedFilter.ANY, ChangedFilter.REOPENED)]


def address(fields: dict) -> str:
    """The register's address for some fields of a RegisterQuery."""
    values = ((name, value if isinstance(value, tuple) else (value,)) for name, value in fields.items())
    pairs = [(NAMES.get(name, name), _parameter(each)) for name, several in values for each in several]
    return f"{reverse('register')}?{urlencode(pairs)}"


def _parameter(value: object) -> str:
    if value is True:
        return "mine"
    if isinstance(value, Period):
        return say_period(value)
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def query_fields(day: datetime.date, since: datetime.datetime) -> dict[str, dict]:
    """The first page's queries on the register on a day: name → fields of a RegisterQuery."""
    ahead = Period(day + datetime.timedelta(days=1), day + datetime.timedelta(days=AHEAD))
    return {
        "open": {"show": CountedRows.OPEN},  # explicit, as users can choose what a bare address shows
        **{colour: {"colours": (str(colour),)} for colour in COLOURS},
        "revisit": {"revisit": period_until(day)},
        "to_decide": {"show": CountedRows.PENDING, "closure": ClosureFilter.TO_DECIDE},
        "own": {"show": CountedRows.PENDING, "closure": ClosureFilter.OWN},
        "part_to_decide": {"closure": ClosureFilter.PART_TO_DECIDE},
        "review": {"review": period_until(day)},
        "directed": {"directed": Directed.YES},
        "sent_back": {"closure": ClosureFilter.SENT_BACK},
        "no_update": {"flags": (str(Flag.NO_UPDATE),)},
        **{f"changed_{each}": ALL | {"changed": each, "since": since} for each in CHANGES},
        "due": {"due": Period(day, ahead.end)},
        "revisit_ahead": {"revisit": ahead},
        "review_ahead": {"review": ahead},
    }


@dataclass(frozen=True)
class RegisterCounts:
    """The results: how many rows each query has, in the registers of `forces`.

    Once some of these were handed over, only the others count, and each address names them.
    """

    fields: dict[str, dict]
    by_force: Mapping[str, Counter[int]]
    rule: Thresholds
    forces: tuple[Force, ...]

    @property
    def all_handed_over(self) -> bool:
        """Whether every register went to another office."""
        return bool(self.forces) and not self._here

    @property
    def _here(self) -> tuple[Force, ...]:
        return tuple(each for each in self.forces if each.handed_over_on is None)

    @property
    def _counted(self) -> tuple[Force, ...]:
        """The forces to name, or none where all count."""
        return () if len(self._here) == len(self.forces) else self._here

    @property
    def since(self) -> datetime.datetime:
        """The moment since which changes count."""
        return self.fields["changed_new"]["since"]

    def number(self, name: str) -> int:
        numbers, counted = self.by_force[name], self._counted
        return sum(numbers[each.pk] for each in counted) if counted else numbers.total()

    def url(self, name: str) -> str:
        forces = tuple(each.slug for each in self._counted)
        return address(self.fields[name] | ({"force": forces} if forces else {}))

    def items(
        self, *wanted: tuple[str, str, str], verb: str = "", day: datetime.date | None = None
    ) -> Iterator[HomeItem]:
        """An item for each of these (query, singular, plural) whose number is not 0. `verb` goes before the number."""
        for name, one, many in wanted:
            if number := self.number(name):
                words = f"{verb} {count(number, one, many)}".strip()
                yield HomeItem(words, self.url(name), day=day, number=number)

    def open_counts(self, *, mine: bool) -> OpenCounts:
        """The open recommendations, and the number of each colour; the office's for a user who leads none."""
        is_offices = mine and not self.number("open")
        whose = "The office’s" if is_offices else "Your" if mine else ""

        def top(name: str, words: str, colour: str = "") -> Top:
            key = f"office_{name}" if is_offices else name
            return Top(self.number(key), words, self.url(key), colour)

        colours = tuple(top(each, self.rule.word(each), str(each)) for each in COLOURS)
        no_update = top("no_update", f"without an update for {say_days(self.rule.no_update_days)}")
        return OpenCounts(whose, top("open", "open"), colours, no_update)


def count_register(
    user: User, day: datetime.date, since: datetime.datetime, rule: Thresholds, *, mine: bool = False
) -> RegisterCounts:
    """All numbers that the first page needs from the register, for what `user` may see on `day`. Three queries.

    With `mine` only of what they lead, except for what only they can decide, and what is open in the whole office.
    """
    everyones = query_fields(day, since)
    fields = everyones
    if mine:
        fields = {name: each if name in ANYBODYS else each | {"mine": True} for name, each in everyones.items()}
        fields |= {f"office_{name}": everyones[name] for name in OPEN}
    queries = {name: RegisterQuery(day=day, **each) for name, each in fields.items()}
    by_force = numbers(queries, user, rule)
    return RegisterCounts(fields, by_force, rule, tuple(Force.objects.visible_to(user).not_ended(day)))
