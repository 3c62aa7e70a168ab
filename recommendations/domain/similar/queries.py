"""Similar recommendations: those linked with one, and suggestions, as far as the user may see them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django_cte import with_cte

from recommendations.domain.similar.candidates import SOURCE, hits, query_parameters
from recommendations.domain.similar.likeness import Likeness, TextWords, likeness, words_in
from recommendations.models import SearchEntry, SimilarPair, TrackedRecommendation, User
from recommendations.models.inspections.inspections import short_label
from recommendations.models.register.standing_rows import FOREVER
from recommendations.periods import say

MOST = 3  # suggestions for one recommendation, most alike first
COLUMNS = (
    "tracked_id",
    "tracked__reference",
    "about",
    "tracked__recommendation__kind",
    "tracked__recommendation__number",
    "text",
    "tracked__standings__closed_on",
)


@dataclass(frozen=True)
class SimilarOne:
    """A recommendation linked with another, or suggested as similar. `shared` are words of the other."""

    pk: int
    reference: str
    report: str
    label: str
    text: str
    closed_on: datetime.date | None
    likeness: Likeness

    @property
    def url(self) -> str:
        return reverse("tracked", args=[self.pk])

    @property
    def shared(self) -> tuple[str, ...]:
        return self.likeness.shared

    @property
    def state(self) -> str:
        """Whether it is open, or when it was closed."""
        return f"closed {say(self.closed_on)}" if self.closed_on else "open"

    @property
    def name(self) -> str:
        return similar_label(self.reference, self.report, self.label)


@dataclass(frozen=True)
class SimilarOnes:
    """What one recommendation is linked with, by reference, and suggestions, most alike first."""

    linked: list[SimilarOne] = field(default_factory=list)
    suggested: list[SimilarOne] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.linked or self.suggested)


def similar_to(texts: Mapping[int, str], user: User) -> dict[int, SimilarOnes]:
    """The similar ones for each of these (tracked recommendation → its text), as far as `user` may see them.

    Only of the same force; decided pairs are not suggested. One query, whatever the number, and one more if any are.
    """
    asked = {pk: words_in(text) for pk, text in texts.items()}
    found: dict[int, SimilarOnes] = {pk: SimilarOnes() for pk in texts}
    similar = list(_similar(asked)) if texts else []
    seen = _readable_ids(user, {pk for asker, _, one in similar for pk in (asker, one.pk)}) if similar else ()
    for asker, is_linked, one in similar:
        if asker in seen and one.pk in seen:
            (found[asker].linked if is_linked else found[asker].suggested).append(one)
    return {pk: _sort_ones(ones) for pk, ones in found.items()}


def _similar(words_by_id: Mapping[int, TextWords]) -> Iterator[tuple[int, bool, SimilarOne]]:
    """What is linked with each, and what is much like it, whoever may see it."""
    for asker, is_linked, pk, reference, report, kind, number, text, closed_on in _rows(*query_parameters(words_by_id)):
        alike = likeness(words_by_id[asker], words_in(text))
        if is_linked or alike.is_alike:
            one = SimilarOne(pk, reference, report, short_label(kind, number), text, closed_on, alike)
            yield asker, bool(is_linked), one


def _readable_ids(user: User, pks: Iterable[int]) -> set[int]:
    """Those tracked recommendations whose texts this user may read."""
    entries = SearchEntry.objects.readable_by(user).filter(source=SOURCE, row__in=pks)
    return set(entries.order_by().values_list("row", flat=True))


def also_for(tracked: TrackedRecommendation, user: User) -> dict[int, str]:
    """The open recommendations linked with one (id → name), which one update can answer too.

    One query, or none if the page has them already (`tracked.similar`).
    """
    known: SimilarOnes | None = tracked.__dict__.get("similar")
    if known is not None:
        return {one.pk: one.name for one in known.linked if one.closed_on is None}
    pairs = SimilarPair.objects.visible_to(user).of(tracked.pk).linked()
    ends = Q(pk__in=pairs.values("one")) | Q(pk__in=pairs.values("other"))
    found = TrackedRecommendation.objects.visible_to(user).open().filter(ends, force=tracked.force_id)
    rows = found.exclude(pk=tracked.pk).with_record().order_by("reference")
    return {
        row.pk: similar_label(row.reference, row.recommendation.inspection.short_name, row.recommendation.short_label)
        for row in rows
    }


def similar_label(reference: str, report: str, label: str) -> str:
    """ "WM-0012, rec 4 of Custody 2019"."""
    return f"{reference}, {label} of {report}"


def _rows(words: str, pks: str) -> QuerySet:
    """What is linked with each, and undecided candidates, as plain columns."""
    found = hits(words, pks)
    entries = found.join(SearchEntry.objects.standing(None), pk=found.col.id)
    both = OuterRef("asker"), OuterRef("tracked")
    pair = SimilarPair.objects.filter(one=Least(*both), other=Greatest(*both))
    of_force = TrackedRecommendation.objects.filter(pk=OuterRef("asker"), force=OuterRef("force"))
    rows = with_cte(found, select=entries).annotate(asker=found.col.asker, linked=found.col.linked)
    rows = rows.filter(Exists(of_force), tracked__standings__until=FOREVER).exclude(tracked=F("asker"))
    rows = rows.filter(Q(linked=1) | ~Exists(pair)).order_by()
    return rows.values_list("asker", "linked", *COLUMNS)


def _sort_ones(ones: SimilarOnes) -> SimilarOnes:
    best = sorted(ones.suggested, key=lambda one: (-one.likeness.measure, one.reference))
    return SimilarOnes(sorted(ones.linked, key=lambda one: one.reference), best[:MOST])


def texts_of(pks: Iterable[int]) -> dict[int, str]:
    """The text of each of these tracked recommendations, as in search. One query."""
    found = SearchEntry.objects.filter(source=SOURCE, row__in=list(pks))
    return dict(found.order_by().values_list("row", "text"))
