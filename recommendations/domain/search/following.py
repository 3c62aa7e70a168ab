"""How search entries follow the records: when a verb ends, those of what it wrote are rebuilt in its transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import batched, groupby
from operator import itemgetter
from typing import Any, cast

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Value

from recommendations import trail
from recommendations.domain.search.sources import AT_ONCE, SOURCES, RestsOn, SearchSource, entries_of
from recommendations.models import SearchEntry, SearchWord, TrailHead
from recommendations.models.search.search_schema import INDEX
from recommendations.search_words import SearchTerm, SearchWords

# SQL by hand: full text search differs between databases

SHORTEST_WORD, LONGEST_WORD = 3, 40
QUESTIONS = 20  # combined in one query
COLUMNS = tuple(each.attname for each in SearchEntry._meta.concrete_fields if not each.primary_key)

type Rows = defaultdict[SearchSource, set[Any]]

_at_the_end: ContextVar[bool] = ContextVar("search entries are built at the end", default=False)


@cache
def sources() -> tuple[SearchSource, ...]:
    """All sources, including those of sections that are off, which can be switched on again."""
    return tuple(SOURCES.without(()))


@cache
def _sources_by_model() -> dict[type[models.Model], SearchSource]:
    return {each.model: each for each in sources()}


@cache
def _dependent_sources() -> dict[type[models.Model], list[tuple[SearchSource, RestsOn, bool]]]:
    """Model → the sources that depend on it, and whether a new row of it can affect existing entries."""
    found = defaultdict(list)
    for each in sources():
        for on in each.rests_on:
            found[on.model].append((each, on, not _is_forward(each.model, on.path)))
    return dict(found)


def _is_forward(model: type[models.Model], path: str) -> bool:
    """Whether a path follows foreign keys only, so that it leads to one row, which existed before."""
    for name in path.split("__"):
        column = model._meta.get_field(name)
        if not column.concrete:
            return False
        if column.is_relation:
            model = cast("type[models.Model]", column.related_model)
    return True


@trail.follow
class SearchFollower:
    """Collects the entries that a verb's writes affect, and rebuilds them in few statements."""

    def __init__(self) -> None:
        self.new: Rows = defaultdict(set)
        self.changed: Rows = defaultdict(set)
        self.rested: defaultdict[tuple[SearchSource, str], set[Any]] = defaultdict(set)
        self.words: set[str] = set()  # of entries rebuilt so far, and still to be kept

    def note(self, row: models.Model, changed: Iterable[str]) -> None:
        """Remember a written row, and which of its columns changed (all columns for a new row)."""
        of, resting = _sources_by_model().get(type(row)), _dependent_sources().get(type(row), ())
        if not (of or resting):
            return
        changed = set(changed)
        is_new = "id" in changed
        if of:
            (self.new if is_new else self.changed)[of].add(row.pk)
        for each, on, leads_to_new in resting:
            if (leads_to_new or not is_new) and not changed.isdisjoint(on.columns):
                self.rested[each, on.path].add(row.pk)

    def settle(self) -> None:
        """Rebuild the entries of all of these. Their words wait: two verbs that add one would wait for each other."""
        if _at_the_end.get():
            return
        stale: Rows = defaultdict(set, self.changed)
        for name, pk in _resting(self.rested):
            stale[_sources_by_name()[name]].add(pk)
        _remove({each: pks - self.new[each] for each, pks in stale.items()})
        self.words |= _add({each: stale[each] | self.new[each] for each in sources()})
        for noted in (self.new, self.changed, self.rested):
            noted.clear()

    def finish(self) -> None:
        """Rebuild the entries of all of these, and keep their words."""
        self.settle()
        _keep(self.words)


@cache
def _sources_by_name() -> dict[str, SearchSource]:
    return {each.name: each for each in sources()}


def _resting(rested: Mapping[tuple[SearchSource, str], Collection[Any]]) -> Iterator[tuple[str, int]]:
    """(source, id) of the records that depend on these rows, in combined queries."""
    queries = (
        each.model._base_manager.order_by()
        .filter(**{f"{path}__in": some})
        .values_list(Value(each.name, models.CharField()), "pk")
        for (each, path), pks in rested.items()
        for some in batched(sorted(pks), AT_ONCE)
    )
    for first, *others in batched(queries, QUESTIONS):
        yield from first.union(*others, all=True).order_by() if others else first


def follow_rows(model: type[models.Model], pks: Collection[Any]) -> None:
    """Rebuild the entries of rows that no verb writes, inside a transaction: drafts, texts of files, redactions."""
    follower = SearchFollower()
    if pks and model in _sources_by_model():
        follower.changed[_sources_by_model()[model]].update(pks)
    for each, on, _ in _dependent_sources().get(model, ()) if pks else ():
        follower.rested[each, on.path].update(pks)
    follower.finish()


def forget_rows(rows: models.QuerySet) -> None:
    """Delete the entries of rows about to be deleted, on which no other entries depend."""
    name = _sources_by_model()[rows.model].name
    # written at once: the entries follow from records
    SearchEntry.objects.filter(source=name, row__in=rows.order_by().values("pk")).delete()


def _remove(rows: Mapping[SearchSource, Collection[int]]) -> None:
    for each, pks in rows.items():
        for some in batched(sorted(pks), AT_ONCE):
            # written at once: the entries follow from records, and are made again as each verb ends
            SearchEntry.objects.filter(source=each.name, row__in=some).delete()


def _add(rows: Mapping[SearchSource, Collection[int]]) -> set[str]:
    """Insert the entries of these records, and return their words. Deleted records have none."""
    each_of_them = ((each, pk) for each, pks in rows.items() for pk in sorted(pks))
    found = (
        [
            (each, list(each.rows(each.model._base_manager.filter(pk__in=[pk for _, pk in of]))))
            for each, of in groupby(some, itemgetter(0))
        ]
        for some in batched(each_of_them, AT_ONCE)
    )
    return _write(entry for piece in found for entry in entries_of(piece))


def _write(entries: Iterable[SearchEntry]) -> set[str]:
    """Insert entries, and return their words."""
    words: set[str] = set()
    for some in batched(entries, AT_ONCE):
        words.update(word for entry in some for word in words_of(entry))
        # written at once: the entries follow from records, and are made again as each verb ends
        SearchEntry.objects.bulk_create(some)
    return words


def _keep(words: Collection[str]) -> None:
    """Insert those of these words that are not there, while no other verb can end."""
    # written at once: the words follow from the entries
    SearchWord.objects.bulk_create((SearchWord(word=word) for word in sorted(words)), ignore_conflicts=True)


def words_of(entry: SearchEntry) -> Iterator[str]:
    """The words of an entry that can be suggested as corrections."""
    for word in {*entry.names.split(), *entry.words.split()}:
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha():
            yield word


def forget_words(search_words: SearchWords) -> None:
    """Stop suggesting these words, if no entry contains them any more."""
    for word in {word for term in search_words.terms for word in term.words}:
        if not SearchEntry.objects.matching(SearchWords((SearchTerm((word,)),))).exists():
            # written at once: the words follow from the entries
            SearchWord.objects.filter(word=word).delete()


@contextmanager
def rebuild_at_end() -> Iterator[None]:
    """Build all entries once when the block ends, instead of those of each verb inside: for loading a whole office."""
    token = _at_the_end.set(True)
    try:
        yield
    finally:
        _at_the_end.reset(token)
    rebuild()


def rebuild() -> None:
    """Rebuild all entries. No verb can end meanwhile."""
    with transaction.atomic():
        list(TrailHead.objects.select_for_update())
        rebuild_index()  # with a damaged one entries can't be deleted
        # written at once: entries and words follow from records
        SearchEntry.objects.all().delete()
        # written at once: the words follow from the entries
        SearchWord.objects.all().delete()
        words: set[str] = set()
        for each in sources():
            words |= _write(each.entries(each.model._base_manager.all()))
        _keep(words)


def rebuild_index() -> None:
    """Rebuild SQLite's index from the entries, so that it keeps nothing removed from them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES('rebuild')")


def rebuild_if_empty(**signal: object) -> None:
    """Build the entries if a migration emptied the table, as one that adds a column does."""
    if not SearchEntry.objects.exists() and any(each.model._base_manager.exists() for each in sources()):
        rebuild()


def wrong() -> Iterator[str]:
    """A line for each entry that does not match the records, and for an index that does not match the entries."""
    for each in sources():
        yield from _wrong_of(each)
    there = set(SearchWord.objects.values_list("word", flat=True))
    names = SearchEntry.objects.only("names", "words").iterator()
    if missing := {word for entry in names for word in words_of(entry)} - there:
        subject = "1 word of the entries is" if len(missing) == 1 else f"{len(missing):,} words of the entries are"
        yield f"{subject} not known: {min(missing)}."
    if not _is_index_whole():
        yield "The index is not what the entries say."


def _wrong_of(each: SearchSource) -> Iterator[str]:
    """Compare entries by a hash of each row: there may be a million."""
    stored = SearchEntry.objects.filter(source=each.name).values_list(*COLUMNS)
    there = {row[1:3]: hash(row) for row in stored.iterator()}
    for entry in each.entries(each.model._base_manager.all()):
        row = tuple(getattr(entry, name) for name in COLUMNS)
        if there.pop(row[1:3], None) != hash(row):
            yield f"{each.name} {entry.row} {entry.part}".strip()
    yield from (f"{each.name} {row} {part}".strip() for row, part in there)


def _is_index_whole() -> bool:
    """Whether SQLite's index passes its integrity check. PostgreSQL's is a generated column, so always right."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}, rank) VALUES('integrity-check', 1)")
    except DatabaseError:
        return False
    return True
