"""The search tables: an entry for each searchable text, and the words that occur.

When a verb ends, the entries of the records that it wrote are rebuilt (domain/search/following.py).
"""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self

from django.db import connection, models
from django.db.models import Q, QuerySet, Value
from django_cte import with_cte

from recommendations.enums.search import Readers
from recommendations.models.inspections.inspections import Inspection
from recommendations.models.panels.meetings import Meeting
from recommendations.models.papers.committee_requests import CommitteeRequest
from recommendations.models.papers.papers import ScrutinyReport
from recommendations.models.search.search_index import (
    FACTS,
    PLACE,
    HasWords,
    SearchHit,
    WordRank,
    sqlite_hits,
)
from recommendations.permissions import May
from recommendations.search_words import SearchWords


def _if(holds: bool, condition: Q | None = None) -> Q | None:
    return (condition or Q()) if holds else None


def _record_q(records: QuerySet) -> Q:
    return Q(record__in=records.order_by().values("pk"))


def _is_office(user: Any) -> bool:
    return user.has_perm(May.SEE_REGISTER) and not user.force_id


# For each kind of readers, which of its entries a user may read: a condition, or None for none. As `visible_to` has it.
RULES: dict[str, Callable[[Any], Q | None]] = {
    Readers.PUBLIC: lambda user: Q(),
    Readers.FORCE: lambda user: _if(user.has_perm(May.SEE_REGISTER), Q(force=user.force_id) if user.force_id else Q()),
    Readers.OFFICE: lambda user: _if(_is_office(user)),
    Readers.REPORTS: lambda user: _if(
        user.has_perm(May.SEE_INSPECTIONS),
        Q(inspection__in=Inspection.objects.visible_to(user).order_by().values("pk")) if user.force_id else Q(),
    ),
    Readers.RESPONSES: lambda user: _if(user.has_perm(May.SEE_RESPONSES)),
    Readers.MEETINGS: lambda user: Q() if _is_office(user) else _record_q(Meeting.objects.visible_to(user)),
    Readers.REQUESTS: lambda user: Q() if _is_office(user) else _record_q(CommitteeRequest.objects.visible_to(user)),
    Readers.PAPERS: lambda user: Q() if _is_office(user) else _record_q(ScrutinyReport.objects.visible_to(user)),
}


class SearchQuerySet(QuerySet):
    def readable_by(self, user: Any) -> Self:
        """What this user may read; withdrawn texts only for the office. For an anonymous visitor what is public."""
        if not user.is_authenticated:
            return self.filter(readers=Readers.PUBLIC, withdrawn_on__isnull=True)
        rules = {readers: rule(user) for readers, rule in RULES.items()}
        if any(rule is None or rule for rule in rules.values()):
            may = (Q(readers=readers) & rule for readers, rule in rules.items() if rule is not None)
            found = self.filter(models.Q(*may, _connector=Q.OR))
        else:
            found = self
        return found if _is_office(user) else found.filter(withdrawn_on__isnull=True)

    def as_at(self, day: datetime.date | None) -> Self:
        """What was in force on a past London day: recorded, not withdrawn and not replaced by then. None: today.

        Today's includes withdrawn entries, marked with their day.
        """
        if day is None:
            return self.filter(until__isnull=True)
        stood = Q(until__isnull=True) | Q(until__gt=day)
        not_withdrawn = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        return self.filter(stood, not_withdrawn, recorded_on__lte=day)

    def standing(self, day: datetime.date | None) -> Self:
        """As `as_at`, without withdrawn entries."""
        found = self.as_at(day)
        return found if day else found.filter(withdrawn_on__isnull=True)

    def matching(self, words: SearchWords) -> Self:
        """Entries that match these words; none if no word was typed."""
        return self.filter(HasWords(words)) if words else self.none()

    def between_them(self, words: SearchWords, column: str, of: str) -> Q:
        """The condition that the entries whose `column` is `of` contain all the words between them."""
        return Q(**{f"{of}__in": self.having(words, column)})

    def having(self, words: SearchWords, column: str) -> QuerySet:
        """The values of `column` whose entries contain all the words between them; none if no word was typed."""
        entries = self.filter(**{f"{column}__isnull": False}).order_by()
        if not words:
            return entries.none().values(column)
        asked, excluded = (
            [
                entries.matching(SearchWords((replace(term, excluded=False),))).values(column)
                for term in words.terms
                if term.excluded == is_excluded
            ]
            for is_excluded in (False, True)
        )
        found = asked[0].intersection(*asked[1:]) if len(asked) > 1 else asked[0].distinct()
        return found.difference(*excluded) if excluded else found

    def few(self, words: SearchWords, most: int, *, ranked: bool) -> list[SearchHit] | None:
        """The entries that match these words, in no order; None if there are more than `most`. One query.

        Each has its rank if they are `ranked`, else 0.
        """
        found = list(map(SearchHit._make, self._hits(words, ranked)[: most + 1]))
        return None if len(found) > most else found

    def newest(self, words: SearchWords, most: int, *, ranked: bool) -> list[SearchHit]:
        """Of the entries that match these words the newest, `most` of them at most. One query."""
        return list(map(SearchHit._make, self._hits(words, ranked).order_by("-day", "-pk")[:most]))

    def _hits(self, words: SearchWords, ranked: bool) -> QuerySet:
        """The rows of SearchHits."""
        found: QuerySet
        if not words or not ranked:
            found = self.matching(words).annotate(rank=Value(0))
        elif connection.vendor == "postgresql":
            found = self.matching(words).annotate(rank=WordRank(words))
        else:
            hits = sqlite_hits(words)
            found = with_cte(hits, select=hits.join(self, pk=hits.col.id)).annotate(rank=hits.col.rank)
        return found.order_by().annotate(place=PLACE).values_list(*FACTS)


def _follows(model: str, **options: Any) -> models.ForeignKey:
    """A foreign key without a constraint: entries follow from records, which are never deleted."""
    return models.ForeignKey(
        model, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+", **options
    )


class SearchEntry(models.Model):
    """A searchable text: where, by whom and when it was written, who may read it, and its words.

    `kind`, `speaker` and `readers` are those of enums/search.py. `source` and `row` are the record that it follows from
    (domain/search/sources.py), `part` which of its texts. `record` is the record whose page is at `address`. `text` is
    shown. `names`, `words` and `beside` are searched, and folded; `beside` (the context) counts only if a word is in
    one of the other two. `until` is the day on which the entry was replaced.
    """

    source = models.CharField(max_length=40)
    row = models.BigIntegerField()
    part = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    speaker = models.CharField(max_length=10, blank=True)
    readers = models.CharField(max_length=10)
    force = _follows("Force")
    inspection = _follows("Inspection")
    tracked = _follows("TrackedRecommendation")
    record = models.BigIntegerField()
    by = _follows("User")
    said_by = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    recorded_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    until = models.DateField(null=True)
    title = models.CharField(max_length=400)
    about = models.CharField(max_length=400, blank=True)
    address = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    names = models.TextField(blank=True)
    words = models.TextField(blank=True)
    beside = models.TextField(blank=True)

    came_on: datetime.date | None  # when its recommendation came from another force, on results (domain/search/find.py)
    force_then: str | None  # the short name that its force had on its day, if it has another today, on results

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["source", "row", "part"], name="searchentry_once")]
        indexes = [models.Index(fields=["tracked"], name="searchentry_tracked")]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A word that occurs in some entry, for spelling corrections."""

    word = models.CharField(max_length=40, primary_key=True)

    def __str__(self):
        return self.word
