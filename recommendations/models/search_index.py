"""What the databases' own full text search is asked, in their words: tsvector of PostgreSQL, FTS5 of SQLite.

Each keeps its index by itself as entries are written: a generated column on PostgreSQL, triggers on SQLite (migration
0053). Words are compared by their English stem; on PostgreSQL, which also knows them as they stand, by either.
"""

import re
from collections.abc import Collection, Iterator

from django.db import connection

from recommendations.search_words import SearchTerm, SearchWords

# SQL by hand: full text search differs between databases

ENTRIES = "recommendations_searchentry"
INDEX = "recommendations_searchindex"  # of SQLite: columns 0 names, 1 words, 2 beside
MAIN_WEIGHTS = "AB"  # of PostgreSQL: names and words
FOUND = {
    "postgresql": f"SELECT id FROM {ENTRIES} WHERE search_vector @@ ({{query}})",
    "sqlite": f"SELECT rowid AS id FROM {INDEX} WHERE {INDEX} MATCH {{query}}",
}
# A word in the names weighs more than one in the text, and one in a short text more than one in a long text.
RANKED = {
    "postgresql": (
        "SELECT e.id, ts_rank('{{0.1, 0.2, 0.3, 1.0}}', e.search_vector, q.query, 1) AS rank "
        f"FROM {ENTRIES} e, (SELECT {{query}} AS query) q WHERE e.search_vector @@ q.query"
    ),
    "sqlite": f"SELECT rowid AS id, -bm25({INDEX}, 4.0, 1.0, 0.5) AS rank FROM {INDEX} WHERE {INDEX} MATCH {{query}}",
}
START, END = "\x02", "\x03"
MARKED = {
    "postgresql": (
        f"SELECT id, ts_headline('english', words, ({{query}}), 'HighlightAll=true, StartSel={START}, StopSel={END}') "
        f"FROM {ENTRIES} WHERE id = ANY(%s)"
    ),
    "sqlite": (
        f"SELECT rowid, highlight({INDEX}, 1, '{START}', '{END}') FROM {INDEX} WHERE {INDEX} MATCH {{query}} "
        "AND rowid IN (SELECT value FROM json_each(%s))"
    ),
}
BESIDE = re.compile(f"{END} {START}")

type Sql = tuple[str, list[str]]


def found_sql(words: SearchWords) -> Sql:
    """The statement that finds the ids of the entries with these words, and its parameters."""
    return _with_query(FOUND, words)


def ranked_sql(words: SearchWords) -> Sql:
    """The same with how well each answers: the more, the better."""
    return _with_query(RANKED, words)


def marks(words: SearchWords, ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """Where the words stand in the texts of these entries: from and to, of each text in order. One query."""
    asked = SearchWords(words.asked)
    if not asked or not ids:
        return {}
    sql, params = _with_query(MARKED, asked, anywhere=True)
    listed = list(ids) if connection.vendor == "postgresql" else str(list(ids))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, listed])
        return {pk: list(_places(BESIDE.sub(" ", text))) for pk, text in cursor.fetchall()}


def _places(text: str) -> Iterator[tuple[int, int]]:
    """From and to of each mark, counted without the marks themselves."""
    before = 0
    for found in re.finditer(f"{START}(.*?){END}", text, re.DOTALL):
        start = found.start() - before
        yield start, start + len(found[1])
        before += 2


def _with_query(statements: dict[str, str], words: SearchWords, *, anywhere: bool = False) -> Sql:
    """A statement with its question: all the words, and `anywhere` or at least one of them in names and text."""
    if connection.vendor == "postgresql":
        query, params = _tsquery(words, anywhere)
    else:
        query, params = "%s", [_match(words)]
    return statements[connection.vendor].format(query=query), params


def _tsquery(words: SearchWords, anywhere: bool) -> Sql:
    """The question to PostgreSQL. Folded words are letters and digits only, so none is an operator."""
    all_of = [_ts_term(each, "") for each in words.terms]
    any_of = [] if anywhere else [_ts_term(each, MAIN_WEIGHTS) for each in words.asked]
    parts = [sql for sql, _ in all_of] + ([f"({' || '.join(sql for sql, _ in any_of)})"] if any_of else [])
    return " && ".join(parts), [param for _, params in all_of + any_of for param in params]


def _ts_term(term: SearchTerm, weights: str) -> Sql:
    """A term, of which each word counts by its stem or as it stands, in what has one of the weights."""
    each = "(to_tsquery('english', %s) || to_tsquery('simple', %s))"
    sql = f"({(' <-> ' if term.together else ' && ').join([each] * len(term.words))})"
    params = [f"{word}:{weights}" for word in term.words for _ in range(2)]
    if term.reference:
        sql = f"({sql} || to_tsquery('simple', %s))"
        params.append(f"{term.reference}:{weights}")
    return (f"!!{sql}" if term.excluded else sql), params


def _match(words: SearchWords) -> str:
    """The question to FTS5."""
    asked, excluded = map(_fts_term, words.asked), [_fts_term(each) for each in words.terms if each.excluded]
    all_of, any_of = " AND ".join(asked), " OR ".join(map(_fts_term, words.asked))
    found = f"(({all_of}) AND ({{names words}} : ({any_of})))"
    return f"{found} NOT ({' OR '.join(excluded)})" if excluded else found


def _fts_term(term: SearchTerm) -> str:
    words = f'"{" ".join(term.words)}"' if term.together else " AND ".join(f'"{word}"' for word in term.words)
    return f'(({words}) OR "{term.reference}")' if term.reference else f"({words})"
