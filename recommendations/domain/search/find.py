"""Search results: the counts by kind, speaker, force, inspection and time, and the results themselves.

All of it covers only what the user may read: no count, line or suggestion comes from anything else.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from recommendations.domain.search.of_responses import ASKED
from recommendations.domain.search.sources import switched_off_sources
from recommendations.models import Inspection, SearchEntry, User
from recommendations.models.search import SearchQuerySet
from recommendations.periods import Period
from recommendations.search_words import NO_WORDS, SearchWords

A_GROUP = 3  # of each kind are shown in the overview
NO_FORCE = 0
RECENT = {"3": 91, "12": 365}  # periods of recent months, in days


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """A search query with validated values: forms/search/query_string.py parses them from an address.

    `day` is today or, with `past`, an earlier London day. `when` is a key of RECENT, or ""; in `forces` NO_FORCE means
    results without a force. `newest` sorts newest first, otherwise best match first.
    """

    words: SearchWords = NO_WORDS
    day: datetime.date
    past: bool = False
    kind: str = ""
    speakers: tuple[str, ...] = ()
    forces: tuple[int, ...] = ()
    inspection: int | None = None
    sources: tuple[str, ...] = ()
    when: str = ""
    between: Period | None = None
    newest: bool = False

    @property
    def is_narrowed(self) -> bool:
        one_of = self.speakers or self.forces or self.sources
        return bool(self.kind or one_of or self.inspection or self.when or self.between)

    def wide(self) -> "SearchQuery":
        """This query without its filters."""
        return replace(self, kind="", speakers=(), forces=(), inspection=None, sources=(), when="", between=None)


class SearchFacts(NamedTuple):
    """The values of an entry that the filters look at. `age` is 0 for the last 3 months, 1 for the last 12, else 2."""

    kind: str
    speaker: str
    force: int
    inspection: int | None
    age: int


@dataclass(frozen=True)
class SearchAnswer:
    """The result of a query. Each attribute is looked up when first used, in one query.

    The counts for a filter are of the entries that all other filters let through.
    """

    query: SearchQuery
    user: User

    def count(self) -> int:
        return sum(number for facts, number in self._numbers.items() if self._fits(facts))

    def narrowed_to(self, query: SearchQuery) -> "SearchAnswer":
        """The result of another query, sharing the counts if they are the same."""
        answer = self if query == self.query else SearchAnswer(query, self.user)
        if query.wide() == self.query.wide() and query.between == self.query.between:
            answer.__dict__["_numbers"] = self._numbers
        return answer

    @cached_property
    def kinds(self) -> dict[str, int]:
        return self._counted("kind")

    @cached_property
    def speakers(self) -> dict[str, int]:
        return self._counted("speaker")

    @cached_property
    def forces(self) -> dict[int, int]:
        return self._counted("force")

    @cached_property
    def inspections(self) -> dict[int | None, int]:
        return self._counted("inspection")

    @cached_property
    def sources(self) -> dict[str, int]:
        """The number of results for each source, by key; "" for those without a report."""
        found: Counter[str] = Counter()
        for facts, number in self._numbers.items():
            if self._fits(facts, but="source"):
                found[self._source_of.get(facts.inspection, "")] += number
        return found

    @cached_property
    def _source_of(self) -> dict[int | None, str]:
        """The source of each report with results. One query."""
        # without visible_to: of entries that this person may read
        reports = Inspection.on_file.filter(pk__in={facts.inspection for facts in self._numbers if facts.inspection})
        return dict(reports.order_by().values_list("pk", "source"))

    @cached_property
    def times(self) -> dict[str, int]:
        """The number of results of any time (""), and of each period in RECENT."""
        ages = self._counted("age")
        return {"": sum(ages.values()), "3": ages.get(0, 0), "12": ages.get(0, 0) + ages.get(1, 0)}

    @cached_property
    def records(self) -> tuple[int, int]:
        """How many recommendations, and how many other records, the results are in."""
        found = self._entries.order_by().aggregate(
            of_register=Count("tracked", distinct=True),
            of_others=Count("address", distinct=True, filter=Q(tracked__isnull=True)),
        )
        return found["of_register"], found["of_others"]

    def groups(self) -> list[SearchEntry]:
        """The first few results of each kind; kinds are ordered by their best result."""
        place = Window(RowNumber(), partition_by="kind", order_by=self._order())
        first = self._entries.annotate(place=place).filter(place__lte=A_GROUP).order_by(*self._order())
        return self._shown(first)

    def __getitem__(self, place: slice) -> list[SearchEntry]:
        """One page of results, in order."""
        return self._shown(self._entries.order_by(*self._order())[place])

    def _shown(self, entries: SearchQuerySet) -> list[SearchEntry]:
        """These entries, in order. The shown columns are read for these only."""
        pks = list(entries.values_list("pk", flat=True))
        shown = SearchEntry.objects.select_related("by", "force").defer("names", "words").in_bulk(pks)
        return [shown[pk] for pk in pks]

    def _order(self) -> list[Any]:
        newest = [F("day").desc(), F("pk").desc()]
        return newest if self.query.newest else [F("rank").desc(), *newest]

    @property
    def _base(self) -> SearchQuerySet:
        """The entries that this user may read, through the filters without counts."""
        return narrowed(readable(self.query, self.user), self.query)

    @property
    def _entries(self) -> SearchQuerySet:
        """The entries that all filters let through, each with its rank if sorted by best match."""
        query, conditions = self.query, Q()
        if query.kind:
            conditions &= Q(kind=query.kind)
        if query.speakers:
            conditions &= Q(speaker__in=query.speakers)
        if query.forces:
            of_none = Q(force__isnull=True) if NO_FORCE in query.forces else Q()
            conditions &= Q(force__in=query.forces) | of_none
        if query.inspection is not None:
            conditions &= Q(inspection=query.inspection)
        if query.sources:
            reports = Inspection.on_file.filter(source__in=query.sources)  # without visible_to: it narrows, no more
            conditions &= Q(inspection__in=reports.order_by().values("pk"))
        if query.when:
            conditions &= Q(day__gt=since(query, query.when))
        found = self._base.filter(conditions)
        return found.matching(query.words) if query.newest else found.ranked(query.words)

    @cached_property
    def _numbers(self) -> dict[SearchFacts, int]:
        """The number of entries for each combination of facts: few combinations for many entries."""
        age = Case(*(When(day__gt=since(self.query, each), then=Value(n)) for n, each in enumerate(RECENT)), default=2)
        rows = self._base.matching(self.query.words).order_by()
        counted = rows.values_list("kind", "speaker", "force_id", "inspection_id", age).annotate(number=Count("pk"))
        found: Counter[SearchFacts] = Counter()
        for kind, speaker, force, inspection, months, number in counted:
            found[SearchFacts(kind, speaker, force or NO_FORCE, inspection, months)] += number
        return found

    def _counted(self, name: str) -> dict[Any, int]:
        found: Counter[Any] = Counter()
        for facts, number in self._numbers.items():
            if self._fits(facts, but=name):
                found[getattr(facts, name)] += number
        return found

    def _fits(self, facts: SearchFacts, but: str = "") -> bool:
        query = self.query
        return (
            (but == "kind" or query.kind in ("", facts.kind))
            and (but == "speaker" or not query.speakers or facts.speaker in query.speakers)
            and (but == "force" or not query.forces or facts.force in query.forces)
            and (but == "inspection" or query.inspection in (None, facts.inspection))
            and (but == "source" or not query.sources or self._source_of.get(facts.inspection) in query.sources)
            and (but == "age" or not query.when or facts.age <= list(RECENT).index(query.when))
        )


def since(query: SearchQuery, months: str) -> datetime.date:
    """The day after which results are within the last `months` months."""
    return query.day - datetime.timedelta(days=RECENT[months])


def readable(query: SearchQuery, user: User) -> SearchQuerySet:
    """Every entry that this user may search, as at the query's day."""
    found = SearchEntry.objects.readable_by(user).as_at(query.day if query.past else None)
    return found.exclude(part=ASKED).exclude(source__in=switched_off_sources())


def narrowed(entries: SearchQuerySet, query: SearchQuery) -> SearchQuerySet:
    """The entries within the query's days."""
    return entries.filter(day__range=(query.between.start, query.between.end)) if query.between else entries


def record_of(query: SearchQuery, user: User) -> SearchEntry | None:
    """The recommendation whose reference is all that was typed, or None."""
    asked = query.words.reference
    if not asked or query.is_narrowed or query.past:
        return None
    entries = SearchEntry.objects.readable_by(user).standing(None).filter(source="trackedrecommendation")
    found = [entry for entry in entries.matching(query.words)[:50] if asked in entry.names.split()]
    return found[0] if len(found) == 1 else None


def would_be_found(query: SearchQuery, user: User) -> Iterator[tuple[SearchQuery, int]]:
    """Similar queries to one without results, with their counts: without filters, and each word alone."""
    nearby = [query.wide()] if query.is_narrowed else []
    terms = query.words.asked
    nearby += [replace(query, words=query.words.only(term)) for term in terms[:5]] if len(terms) > 1 else []
    for each in nearby:
        if number := SearchAnswer(each, user).count():
            yield each, number
