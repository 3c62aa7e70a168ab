"""Full text search of both databases: tsvector in PostgreSQL, FTS5 in SQLite.

Each database maintains its own index: a generated column in PostgreSQL, triggers in SQLite (search_schema.py).
Words match by their English stem; in PostgreSQL, which also indexes them unstemmed, by either.
"""

import datetime
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import Case, F, FloatField, Func, IntegerField, Lookup, Value, When
from django.db.models.expressions import Col
from django_cte import CTE
from django_cte.raw import raw_cte_sql

from recommendations.models.search.search_schema import ENTRIES, INDEX, VECTOR
from recommendations.search_words import SearchTerm, SearchWords

# SQL by hand: full text search differs between databases

MAIN_WEIGHTS = "AB"  # PostgreSQL's: names and words
# A word in the names ranks higher than one in the text, and one in a short text higher than one in a long text.
POSTGRESQL_RANK = "ts_rank('{{0.1, 0.2, 0.3, 1.0}}', {vector}, {query}, 1)"
SQLITE_RANKED = f"SELECT rowid AS id, -bm25({INDEX}, 4.0, 1.0, 0.5) AS rank FROM {INDEX} WHERE {INDEX} MATCH %s"
START, END = "\x02", "\x03"
MARKED_ON_POSTGRESQL = (
    f"SELECT id, ts_headline('english', words, ({{query}}), 'HighlightAll=true, StartSel={START}, StopSel={END}') "
    f"FROM {ENTRIES} WHERE id = ANY(%s)"
)
MARKED_ON_SQLITE = (
    f"SELECT rowid, highlight({INDEX}, 1, '{START}', '{END}') FROM {INDEX} WHERE {INDEX} MATCH %s "
    "AND rowid IN (SELECT value FROM json_each(%s))"
)
BESIDE = re.compile(f"{END} {START}")

type Sql = tuple[str, tuple[str, ...]]


def _vector(compiler: Any, pk: Any) -> str:
    """The column of an entry's words, with the alias of its id in whatever statement."""
    return f"{compiler.quote_name(cast(Col, pk).alias)}.{VECTOR}"


class HasWords(Lookup):
    """Whether an entry has all the words, and at least one of them in its names or text.

    A Lookup: Django compares anything else with true on SQLite, which then reads every entry.
    """

    lookup_name, prepare_rhs = "has_words", False

    def __init__(self, words: SearchWords):
        super().__init__(F("pk"), words)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        """By the index on names and text and, if there are several words, by the index on all words."""
        vector, words = _vector(compiler, self.lhs), self.rhs
        said, params = _tsquery(words.asked, " || ")
        condition = f"ts_filter({vector}, '{{{','.join(MAIN_WEIGHTS.lower())}}}') @@ ({said})"
        if len(words.terms) > 1:
            everywhere, more = _tsquery(words.terms, " && ")
            condition, params = f"({condition} AND {vector} @@ ({everywhere}))", params + more
        return condition, params

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        pk, _ = self.process_lhs(compiler, connection)
        return f"{pk} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", (_match(self.rhs),)


class WordRank(Func):
    """How well an entry matches, in PostgreSQL only: SQLite ranks while it searches."""

    arity = 1
    output_field = FloatField()

    def __init__(self, words: SearchWords):
        super().__init__(F("pk"))
        self.words = words

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        query, params = _ranking_query(self.words)
        return POSTGRESQL_RANK.format(vector=_vector(compiler, self.source_expressions[0]), query=query), params


class SearchHit(NamedTuple):
    """An entry with the words. `address` is "" where `tracked` says the record; `rank` is higher for better matches."""

    pk: int
    kind: str
    speaker: str
    force: int | None
    inspection: int | None
    day: datetime.date
    tracked: int | None
    address: str
    rank: float


FACTS = ("pk", "kind", "speaker", "force_id", "inspection_id", "day", "tracked_id", "place", "rank")  # of a SearchHit
PLACE = Case(When(tracked__isnull=True, then=F("address")), default=Value(""))


def sqlite_hits(words: SearchWords) -> CTE:
    """The entries with these words: `id`, and `rank`, higher for better matches."""
    columns = {"id": IntegerField(), "rank": FloatField()}
    return CTE(raw_cte_sql(SQLITE_RANKED, [_match(words)], columns), name="hits")


def marks(words: SearchWords, ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """Entry id → where the words occur in its text, as (start, end) in order. One query."""
    asked = SearchWords(words.asked)
    if not asked or not ids:
        return {}
    if connection.vendor == "postgresql":
        query, params = _tsquery(asked.terms, " && ")
        sql, listed = MARKED_ON_POSTGRESQL.format(query=query), list(ids)
    else:
        sql, params, listed = MARKED_ON_SQLITE, (_match(asked),), str(list(ids))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, listed])
        return {pk: list(_places(BESIDE.sub(" ", text))) for pk, text in cursor.fetchall()}


def _places(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each mark, not counting the marks themselves."""
    before = 0
    for found in re.finditer(f"{START}(.*?){END}", text, re.DOTALL):
        start = found.start() - before
        yield start, start + len(found[1])
        before += 2


def _ranking_query(words: SearchWords) -> Sql:
    """The query used for ranking: all the words, and one of them in names or text."""
    everywhere, params = _tsquery(words.terms, " && ")
    said, more = _tsquery(words.asked, " || ", MAIN_WEIGHTS)
    return f"{everywhere} && ({said})", params + more


def _tsquery(terms: Collection[SearchTerm], between: str, weights: str = "") -> Sql:
    """A tsquery. Folded words are letters and digits only, so none can be an operator."""
    parts = [_ts_term(each, weights) for each in terms]
    return between.join(sql for sql, _ in parts), tuple(param for _, params in parts for param in params)


def _ts_term(term: SearchTerm, weights: str) -> Sql:
    """One term: each word by its stem or unstemmed, in lexemes with one of the weights."""
    each = "(to_tsquery('english', %s) || to_tsquery('simple', %s))"
    sql = f"({(' <-> ' if term.together else ' && ').join([each] * len(term.words))})"
    params = tuple(f"{word}:{weights}" for word in term.words for _ in range(2))
    if term.reference:
        sql = f"({sql} || to_tsquery('simple', %s))"
        params = (*params, f"{term.reference}:{weights}")
    return (f"!!{sql}" if term.excluded else sql), params


def _match(words: SearchWords) -> str:
    """The query for FTS5."""
    asked, excluded = map(_fts_term, words.asked), [_fts_term(each) for each in words.terms if each.excluded]
    all_of, any_of = " AND ".join(asked), " OR ".join(map(_fts_term, words.asked))
    found = f"(({all_of}) AND ({{names words}} : ({any_of})))"
    return f"{found} NOT ({' OR '.join(excluded)})" if excluded else found


def _fts_term(term: SearchTerm) -> str:
    words = f'"{" ".join(term.words)}"' if term.together else " AND ".join(f'"{word}"' for word in term.words)
    return f'(({words}) OR "{term.reference}")' if term.reference else f"({words})"
