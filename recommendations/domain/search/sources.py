"""The search sources: for each kind of record a function that yields its entries and who may read them.

All modules in this folder are imported, so there is no list to maintain (docs/developing.md has the recipe).
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import batched
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects

from recommendations.enums.search import Readers, SearchKind, Speaker
from recommendations.models import SearchEntry
from recommendations.periods import london_day
from recommendations.search_words import normalise, references_in, whole
from recommendations.sections import Registry, Section, switched_off_sections

AT_ONCE = 500  # records
LONGEST = 100_000  # characters of a text that are searched: PostgreSQL has a limit

type Fetched = Mapping[str, tuple[str | Prefetch, ...]]  # path (as in `related`) to a record → what is prefetched


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One search entry to be: `title` and `about` say where it is; `text` is shown with matches marked.

    Searched are `text`, `names` (references, people, titles: with more weight) and `beside` (the context, which counts
    only if another word is in the first two). `record` is the id of the record at `address`; `force`, `inspection`,
    `tracked` and `by` are ids too. `withdrawn_at` and `replaced_at` are moments. `has_no_page` leaves out what belongs
    to a record that was withdrawn.
    """

    kind: SearchKind
    readers: Readers
    record: int
    address: str
    title: str
    day: datetime.date
    recorded_at: datetime.datetime
    text: str = ""
    about: str = ""
    names: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    speaker: Speaker | None = None
    force: int | None = None
    inspection: int | None = None
    tracked: int | None = None
    by: int | None = None
    said_by: str = ""
    withdrawn_at: datetime.datetime | None = None
    replaced_at: datetime.datetime | None = None
    has_no_page: bool = False
    part: str = ""


class RestsOn(NamedTuple):
    """A dependency of entries: a change of these columns rebuilds those of records whose path leads to the row."""

    model: type[models.Model]
    path: str
    columns: Collection[str]


@dataclass(frozen=True, eq=False)
class SearchSource:
    """A source of entries: the model, the function, what is fetched, and the dependencies."""

    model: type[models.Model]
    says: Callable[[Any], Iterable[SearchDocument]]
    related: tuple[str, ...]
    fetched: Fetched
    left: tuple[str, ...]
    computed: Mapping[str, Any]
    rests_on: tuple[RestsOn, ...]
    section: Section | None

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def entries(self, rows: models.QuerySet) -> Iterator[SearchEntry]:
        """The entries of these records, as they are now."""
        for some in batched(self.rows(rows).iterator(chunk_size=AT_ONCE), AT_ONCE):
            yield from entries_of([(self, some)])

    def rows(self, rows: models.QuerySet) -> models.QuerySet:
        """These records, with what is fetched in the same query."""
        found = rows.annotate(**self.computed).defer(*self.left).order_by("pk")
        return found.select_related(*self.related) if self.related else found


def entries_of(records: Sequence[tuple[SearchSource, Sequence[models.Model]]]) -> Iterator[SearchEntry]:
    """The entries of a few hundred records already read. What several sources prefetch is fetched once."""
    _fetch(records)
    for each, rows in records:
        for row in rows:
            yield from (_entry(each.name, row.pk, said) for said in each.says(row) if not said.has_no_page)


def _fetch(records: Sequence[tuple[SearchSource, Sequence[models.Model]]]) -> None:
    together: defaultdict[tuple[type[models.Model], str | Prefetch], list[models.Model]] = defaultdict(list)
    for each, rows in records:
        for path, lookups in each.fetched.items():
            for reached in (_reach(row, path) for row in rows):
                for lookup in lookups:
                    together[type(reached), lookup].append(reached)
    for (_, lookup), reached_by_all in together.items():
        prefetch_related_objects(reached_by_all, lookup)


def _reach(row: models.Model, path: str) -> models.Model:
    """The record that a path leads to; "" is the record itself."""
    return reduce(getattr, path.split("__"), row) if path else row


SOURCES: Registry[SearchSource] = Registry("recommendations.domain.search")


@dataclass
class source:
    """Register a function that yields the entries of one record of `model`, withdrawn ones included.

    `related` (by join) and `fetched` (by prefetch, from the record at a path; "" is the record itself) are what the
    function reads besides; `left` are large columns that it does not read; `computed` are annotations, for what no
    foreign key leads to.
    """

    model: type[models.Model]
    related: tuple[str, ...] = ()
    fetched: Fetched = field(default_factory=dict)
    left: tuple[str, ...] = ()
    computed: Mapping[str, Any] = field(default_factory=dict)
    rests_on: tuple[RestsOn, ...] = ()
    section: Section | None = field(default=None)

    def __call__(self, says: Callable[[Any], Iterable[SearchDocument]]) -> Callable[[Any], Iterable[SearchDocument]]:
        about = (self.related, self.fetched, self.left, self.computed, self.rests_on, self.section)
        SOURCES.add(0, SearchSource(self.model, says, *about))
        return says


def switched_off_sources() -> list[str]:
    """The names of sources in sections that are switched off: they are not searched."""
    off = switched_off_sections()
    return [each.name for each in SOURCES.without(()) if each.section in off]


def _entry(source_name: str, row: int, document: SearchDocument) -> SearchEntry:
    text, names = whole(document.text)[:LONGEST], whole(" ".join(filter(None, document.names)))
    return SearchEntry(
        source=source_name,
        row=row,
        part=document.part,
        kind=document.kind,
        speaker=document.speaker or "",
        readers=document.readers,
        force_id=document.force,
        inspection_id=document.inspection,
        tracked_id=document.tracked,
        record=document.record,
        by_id=document.by,
        said_by=document.said_by[:300],
        day=document.day,
        recorded_on=london_day(document.recorded_at),
        withdrawn_on=document.withdrawn_at and london_day(document.withdrawn_at),
        until=document.replaced_at and london_day(document.replaced_at),
        title=document.title[:400],
        about=document.about[:400],
        address=document.address,
        text=text,
        names=searchable_text(names),
        words=searchable_text(text),
        beside=searchable_text(whole(" ".join(filter(None, document.beside)))),
    )


def searchable_text(text: str) -> str:
    """A text as searched: folded, followed by its references as people type them."""
    return " ".join([normalise(text), *references_in(text)])


def day_and_month(day: datetime.date) -> str:
    """ "28 October", for use beside the year."""
    return f"{day.day} {day:%B}"
