"""Search results: the counts by kind, speaker, force, inspection and time, and the results themselves.

All of it covers only what the user may read: no count, line or suggestion comes from anything else.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet

from recommendations.domain.forces.details import former_short_name
from recommendations.domain.search.hits import SearchHits
from recommendations.domain.search.of_files import files_of_sections_off
from recommendations.domain.search.of_responses import ASKED
from recommendations.domain.search.sources import switched_off_sources
from recommendations.models import Inspection, SearchEntry, Standing, User
from recommendations.models.search.search import SearchQuerySet
from recommendations.models.search.search_index import SearchHit
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
        return bool(self.filters or self.between)

    @property
    def filters(self) -> set[str]:
        """The names of the filters with counts that are chosen, as SearchFacts has them."""
        chosen = {
            "kind": self.kind,
            "speaker": self.speakers,
            "force": self.forces,
            "inspection": self.inspection is not None,
            "source": self.sources,
            "age": self.when,
        }
        return {name for name, value in chosen.items() if value}

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
    """The result of a query, of which at most MOST entries are read: the newest.

    The counts for a filter are of the entries that all other filters let through.
    """

    query: SearchQuery
    user: User

    @property
    def is_cut(self) -> bool:
        """Whether there are more results than are read."""
        return self._own.is_cut

    def count(self) -> int:
        """The number of results that can be shown."""
        return self._own.number

    def count_text(self, number: int, by: str = "") -> str:
        """A count in words: "1,234", "1,234+" if there may be more, and "" if it is not known.

        `by` is the filter whose option it counts, as SearchFacts has it.
        """
        if (self.is_cut and not number) or (by in self.query.filters and self._is_wide_cut):
            return ""
        return f"{number:,}+" if self.is_cut else f"{number:,}"

    @cached_property
    def kinds(self) -> dict[str, int]:
        return self._count_by("kind")

    @cached_property
    def speakers(self) -> dict[str, int]:
        return self._count_by("speaker")

    @cached_property
    def forces(self) -> dict[int, int]:
        return self._count_by("force")

    @cached_property
    def inspections(self) -> dict[int | None, int]:
        return self._count_by("inspection")

    @cached_property
    def sources(self) -> dict[str, int]:
        """The number of results for each source, by key; "" for those without a report."""
        found: Counter[str] = Counter()
        for facts, number in self._numbers.items():
            if self._matches(facts, but="source"):
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
        ages = self._count_by("age")
        return {"": sum(ages.values()), "3": ages.get(0, 0), "12": ages.get(0, 0) + ages.get(1, 0)}

    @property
    def records(self) -> tuple[int, int]:
        """How many recommendations, and how many other records, the results are in."""
        of_register = {hit.tracked for hit in self._own.rows if hit.tracked is not None}
        return len(of_register), len({hit.address for hit in self._own.rows if hit.tracked is None})

    def groups(self) -> list[SearchEntry]:
        """The first few results of each kind; kinds are ordered by their best result. One query."""
        shown: Counter[str] = Counter()
        first = []
        for hit in self._ordered_hits:
            if shown[hit.kind] < A_GROUP:
                shown[hit.kind] += 1
                first.append(hit.pk)
        return _entries(first)

    def __getitem__(self, place: slice) -> list[SearchEntry]:
        """One page of results, in order. One query."""
        return _entries([hit.pk for hit in self._ordered_hits[place]])

    @cached_property
    def _ordered_hits(self) -> list[SearchHit]:
        # if they are not ranked, the rank of all is 0
        return sorted(self._own.rows, key=lambda hit: (hit.rank, hit.day, hit.pk), reverse=True)

    @cached_property
    def _own(self) -> SearchHits:
        """What all filters let through."""
        if not self.query.filters:
            return self._wide
        return self._hits(self._wide.entries.filter(_condition(self.query)), ranked=not self.query.newest)

    @cached_property
    def _wide(self) -> SearchHits:
        """What is found without the filters that have counts."""
        entries = filter_by_day(readable(self.query, self.user), self.query)
        return self._hits(entries, ranked=not (self.query.newest or self.query.filters))

    @property
    def _is_wide_cut(self) -> bool:
        return self.is_cut or self._wide.is_cut

    def _hits(self, entries: SearchQuerySet, *, ranked: bool) -> SearchHits:
        return SearchHits(entries, self.query.words, ranked=ranked)

    @cached_property
    def _numbers(self) -> Counter[SearchFacts]:
        """The number of entries for each combination of facts: few combinations for many entries."""
        return Counter(map(self._facts_of, (self._own if self._is_wide_cut else self._wide).rows))

    def _facts_of(self, hit: SearchHit) -> SearchFacts:
        age = sum(hit.day <= day for day in self._recent)
        force = self._other_forces.get(hit.tracked, hit.force)
        return SearchFacts(hit.kind, hit.speaker, force or NO_FORCE, hit.inspection, age)

    @cached_property
    def _other_forces(self) -> dict[int | None, int]:
        """Tracked id → its force on the query's day, if that is not today's. One query, none for today."""
        return dict(_with_another_force(self.query).values_list("tracked", "force")) if self.query.past else {}

    @cached_property
    def _recent(self) -> list[datetime.date]:
        return [since(self.query, each) for each in RECENT]

    def _count_by(self, name: str) -> dict[Any, int]:
        found: Counter[Any] = Counter()
        for facts, number in self._numbers.items():
            if self._matches(facts, but=name):
                found[getattr(facts, name)] += number
        return found

    def _matches(self, facts: SearchFacts, but: str = "") -> bool:
        query = self.query
        return (
            (but == "kind" or query.kind in ("", facts.kind))
            and (but == "speaker" or not query.speakers or facts.speaker in query.speakers)
            and (but == "force" or not query.forces or facts.force in query.forces)
            and (but == "inspection" or query.inspection in (None, facts.inspection))
            and (but == "source" or not query.sources or self._source_of.get(facts.inspection) in query.sources)
            and (but == "age" or not query.when or facts.age <= list(RECENT).index(query.when))
        )


def _condition(query: SearchQuery) -> Q:
    """The condition in SQL for `_matches`."""
    condition = Q()
    if query.kind:
        condition &= Q(kind=query.kind)
    if query.speakers:
        condition &= Q(speaker__in=query.speakers)
    if query.forces:
        of_none = Q(force__isnull=True) if NO_FORCE in query.forces else Q()
        condition &= _force_q(query) | of_none
    if query.inspection is not None:
        condition &= Q(inspection=query.inspection)
    if query.sources:
        reports = Inspection.on_file.filter(source__in=query.sources)  # without visible_to: it narrows, no more
        condition &= Q(inspection__in=reports.order_by().values("pk"))
    if query.when:
        condition &= Q(day__gt=since(query, query.when))
    return condition


def _force_q(query: SearchQuery) -> Q:
    """The condition on the force: on a past day, for a recommendation, the one that it was with then."""
    now = Q(force__in=query.forces)
    if not query.past:
        return now
    others = _with_another_force(query)
    then = Q(tracked__in=others.filter(force__in=query.forces).values("tracked"))
    return then | (now & ~Q(tracked__in=others.values("tracked")))


def _with_another_force(query: SearchQuery) -> QuerySet[Standing]:
    """The rows of the query's day of recommendations that were with another force then than today."""
    came_later = Standing.objects.at(query.day).filter(tracked__came_on__gt=query.day)
    return came_later.exclude(force=F("tracked__force")).order_by()


def _entries(pks: Sequence[int]) -> list[SearchEntry]:
    """These entries, in order, without those made again since they were found."""
    rows: QuerySet = SearchEntry.objects.select_related("by", "force").defer("names", "words")
    force_then = former_short_name(OuterRef("day"))
    shown = rows.annotate(came_on=F("tracked__came_on"), force_then=force_then).in_bulk(pks)
    return [shown[pk] for pk in pks if pk in shown]


def since(query: SearchQuery, months: str) -> datetime.date:
    """The day after which results are within the last `months` months."""
    return query.day - datetime.timedelta(days=RECENT[months])


def readable(query: SearchQuery, user: User) -> SearchQuerySet:
    """Every entry that this user may search, as at the query's day."""
    found = SearchEntry.objects.readable_by(user).as_at(query.day if query.past else None)
    found = found.exclude(part=ASKED).exclude(source__in=switched_off_sources())
    return found.exclude(source="attachment", row__in=files_of_sections_off())


def filter_by_day(entries: SearchQuerySet, query: SearchQuery) -> SearchQuerySet:
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


def would_be_found(query: SearchQuery, user: User) -> Iterator[tuple[SearchQuery, str]]:
    """Similar queries to one without results, with their counts in words: without filters, and each word alone."""
    nearby = [query.wide()] if query.is_narrowed else []
    terms = query.words.asked
    nearby += [replace(query, words=query.words.only(term)) for term in terms[:5]] if len(terms) > 1 else []
    for each in nearby:
        found = SearchAnswer(each, user)
        if number := found.count():
            yield each, found.count_text(number)
