"""The entries that words find: all of them or, where they are many, the newest."""

from dataclasses import dataclass
from functools import cached_property

from recommendations.models.search.search import SearchQuerySet
from recommendations.models.search.search_index import SearchHit
from recommendations.search_words import SearchWords

MOST = 2_000  # are read, counted and ranked


@dataclass(frozen=True)
class SearchHits:
    """The hits among `entries`. Each has its rank if they are `ranked`, else 0."""

    entries: SearchQuerySet
    words: SearchWords
    ranked: bool

    @property
    def is_cut(self) -> bool:
        """Whether there are more than MOST. One query."""
        return self._all is None

    @property
    def number(self) -> int:
        return MOST if self._all is None else len(self._all)

    @cached_property
    def rows(self) -> list[SearchHit]:
        """The hits, in no order; the newest MOST if there are more: one query more."""
        return self.entries.newest(self.words, MOST, ranked=self.ranked) if self._all is None else self._all

    @cached_property
    def _all(self) -> list[SearchHit] | None:
        return self.entries.few(self.words, MOST, ranked=self.ranked)
