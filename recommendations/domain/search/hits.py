"""The entries that words find: all of them or, where they are many, the newest."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import Q

from recommendations.models.search import SearchQuerySet
from recommendations.models.search_index import SearchHit
from recommendations.search_words import SearchWords

MOST = 2_000  # are read, counted and ranked
RECENT_DAYS, ROOM, FURTHER, STEPS = 14, 1.25, 16, 3  # how far back the newest are looked for


@dataclass(frozen=True)
class SearchHits:
    """The hits among `entries`. `day` is the search's. Each has its rank if they are `ranked`, else 0."""

    entries: SearchQuerySet
    words: SearchWords
    day: datetime.date
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
        """The hits, in no order; the newest MOST if there are more: at most four queries more."""
        return self._newest() if self._all is None else self._all

    @cached_property
    def _all(self) -> list[SearchHit] | None:
        return self.entries.few(self.words, MOST, ranked=self.ranked)

    def _newest(self) -> list[SearchHit]:
        """The newest MOST: of the last days, then of the days before these that should have the rest, and so on.

        PostgreSQL finds those of some days by an index. SQLite visits every entry with the words whatever its day.
        """
        if connection.vendor != "postgresql":
            return self._newest_of(Q(), MOST)
        first, days, earlier = self.day, RECENT_DAYS, Q()
        found: list[SearchHit] = []
        for _ in range(STEPS):
            first -= datetime.timedelta(days=min(days, first.toordinal() - 1))
            found += self._newest_of(earlier & Q(day__gt=first), MOST - len(found))
            if len(found) == MOST:
                return found
            earlier, looked = Q(day__lte=first), (self.day - first).days
            days = 2 + int(looked * (MOST / len(found) - 1) * ROOM) if found else looked * FURTHER
        return found + self._newest_of(earlier, MOST - len(found))

    def _newest_of(self, days: Q, most: int) -> list[SearchHit]:
        return self.entries.filter(days).newest(self.words, most, ranked=self.ranked)
