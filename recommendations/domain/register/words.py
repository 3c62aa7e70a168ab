"""The register's search: the recommendations in whose texts the words occur, which a person may read."""

import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Q, QuerySet

from recommendations.compiled_queries import STATEMENTS, OneOfGiven, Statement, fetched, statement
from recommendations.models import SearchEntry, User
from recommendations.search_words import SearchWords

GIVEN_WORDS = SearchWords(typed="\0")  # which nobody can type: whoever runs the statement gives it `ids_with`


def with_words(words: SearchWords, day: datetime.date | None, user: User) -> Q:
    """The condition that the words occur in texts of a row's recommendation, as at a past day or now."""
    if words == GIVEN_WORDS:
        return Q(OneOfGiven("tracked_id", many=True))
    return Q(tracked__in=_having(words, day, user)) if words.typed else Q()


def ids_with(words: SearchWords, day: datetime.date | None, user: User) -> tuple[int, ...]:
    """The ids of the recommendations in whose texts the words occur. One query."""
    return tuple(pk for (pk,) in fetched(_ids(connection.vendor, words, day, user, (user.role, user.force_id))))


@lru_cache(maxsize=STATEMENTS)
def _ids(vendor: str, words: SearchWords, day: datetime.date | None, user: User, role: tuple) -> Statement | None:
    return statement(_having(words, day, user))


def _having(words: SearchWords, day: datetime.date | None, user: User) -> QuerySet:
    return SearchEntry.objects.readable_by(user).standing(day).having(words, "tracked")
