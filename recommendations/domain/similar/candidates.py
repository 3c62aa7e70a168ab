"""Candidates for similar recommendations: those that share rare words, found in the search index.

Few are found by rare words and then compared by all words (likeness.py). Words in many entries are not looked up, so
the size of the register hardly matters. Linked recommendations come in the same statement.
"""

import json
from collections.abc import Mapping

from django.db import connection
from django.db.models import IntegerField
from django_cte import CTE
from django_cte.raw import raw_cte_sql

from recommendations.domain.similar.likeness import TextWords
from recommendations.models import SimilarPair, TrackedRecommendation
from recommendations.models.search.search_schema import ENTRIES, INDEX, VECTOR

SOURCE = TrackedRecommendation._meta.model_name  # of the entries of recommendations
PAIRS, TRACKED = SimilarPair._meta.db_table, TrackedRecommendation._meta.db_table
RARE = 1_000  # a word in so many recommendations (on SQLite, in so many entries) is not rare
WORDS, FEW = 8, 40  # words looked up, candidates compared
SHORTEST = 4  # letters of a word that is looked up

ASKED = {
    "postgresql": "SELECT (value->>0)::bigint AS asker, value->>1 AS word FROM jsonb_array_elements(%s::jsonb)",
    "sqlite": "SELECT value->>0 AS asker, value->>1 AS word FROM json_each(%s)",
}
WITH_WORD = {
    "postgresql": (  # by a partial index
        f"SELECT id FROM {ENTRIES} WHERE source = '{SOURCE}' AND {VECTOR} @@ to_tsquery('english', w.word)"
    ),
    "sqlite": f"SELECT rowid AS id FROM {INDEX} WHERE {INDEX} MATCH '{{words}} : \"' || w.word || '\"'",
}
HAVING_WORD = {
    "postgresql": (
        f'CROSS JOIN LATERAL (SELECT id, "row", force_id FROM {ENTRIES} '
        f"WHERE source = '{SOURCE}' "
        f"AND {VECTOR} @@ to_tsquery('english', w.word)) e"
    ),
    "sqlite": (
        f"CROSS JOIN {INDEX} i ON {INDEX} MATCH '{{words}} : \"' || w.word || '\"' "
        f"JOIN {ENTRIES} e ON e.id = i.rowid AND e.source = '{SOURCE}'"
    ),
}


def query_parameters(words_by_id: Mapping[int, TextWords]) -> tuple[str, str]:
    """What `hits` is asked for these (tracked recommendation → its words)."""
    words = json.dumps([[pk, word] for pk, each in words_by_id.items() for word in _words(each)])
    return words, json.dumps([[pk, ""] for pk in words_by_id])


def hits(words: str, pks: str) -> CTE:
    """The entries of candidates for what `query_parameters` has, and of what is linked with it.

    Columns: `asker`, `id` (of the entry) and `linked`, 1 or 0. A linked candidate occurs twice.
    """
    columns = {"asker": IntegerField(), "id": IntegerField(), "linked": IntegerField()}
    # Materialized: without statistics PostgreSQL would run it again for each entry.
    return CTE(raw_cte_sql(_statement(connection.vendor), [words, pks], columns), name="hits", materialized=True)


def _words(of: TextWords) -> list[str]:
    """The words to look up: the longest, which in English are rarer."""
    words = [word for key, word in of.words.items() if key in of.telling and len(word) >= SHORTEST]
    return sorted(words, key=len, reverse=True)[:WORDS] if of.is_enough else []


def _statement(vendor: str) -> str:
    """SQL for the rare words of each, its force's entries that have most of them, and the entries of linked ones."""
    return f"""
        WITH asked AS ({ASKED[vendor]}),
        counted AS MATERIALIZED (
            SELECT w.word, (SELECT COUNT(*) FROM ({WITH_WORD[vendor]} LIMIT {RARE}) f) AS number
            FROM (SELECT DISTINCT word FROM asked) w
        ),
        rare AS MATERIALIZED (SELECT asker, word, number FROM asked JOIN counted USING (word) WHERE number < {RARE}),
        askers AS ({ASKED[vendor]})
        SELECT asker, id, 0 AS linked FROM (
            SELECT w.asker, e.id,
                ROW_NUMBER() OVER (PARTITION BY w.asker ORDER BY SUM(1.0 / w.number) DESC, e.id) AS place
            FROM rare w JOIN {TRACKED} t ON t.id = w.asker {HAVING_WORD[vendor]}
            WHERE e.force_id = t.force_id AND e."row" <> w.asker GROUP BY w.asker, e.id
        ) m WHERE place <= {FEW}
        UNION ALL
        SELECT b.asker, e.id, 1 FROM (
            SELECT one_id AS asker, other_id AS linked FROM {PAIRS} WHERE verdict = 'linked' AND ended_on IS NULL
            UNION ALL
            SELECT other_id, one_id FROM {PAIRS} WHERE verdict = 'linked' AND ended_on IS NULL
        ) b JOIN askers USING (asker) JOIN {ENTRIES} e ON e.source = '{SOURCE}' AND e.row = b.linked
    """
