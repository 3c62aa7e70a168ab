"""Indicators with their values, as pages and papers read them: a few queries, however many there are."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from recommendations.domain.indicators.facts import (
    AS_SMALL,
    IndicatorBreak,
    IndicatorFacts,
    IndicatorMark,
    plain,
    points_of,
)
from recommendations.domain.text.quotations import without_marks
from recommendations.enums import ClosureState
from recommendations.enums.indicators import FEWEST_SHOWN, Better, IndicatorUnit
from recommendations.models import (
    Closure,
    Commitment,
    DefinitionChange,
    Indicator,
    IndicatorLink,
    IndicatorValue,
    TrackedRecommendation,
    User,
)
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import Period
from recommendations.permissions import May
from recommendations.sections import Section


@dataclass(frozen=True, kw_only=True)
class ShownIndicator:
    """An indicator with what its chart shows, and what it is of."""

    indicator: Indicator
    facts: IndicatorFacts
    tracked: tuple[TrackedRecommendation, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    worse_since: tuple[Closure, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether it became worse after one of its recommendations was closed."""
        return bool(self.worse_since)


def values_of(
    indicators: Iterable[Indicator], until: datetime.date | None = None, known_at: datetime.datetime | None = None
) -> dict[int, dict[Period, Decimal]]:
    """The values that count, by indicator and period, of periods that ended by a day. One query."""
    found: dict[int, dict[Period, Decimal]] = defaultdict(dict)
    rows = IndicatorValue.on_file.standing(known_at).filter(indicator__in=[each.pk for each in indicators])
    if until is not None:
        rows = rows.filter(end__lte=until)
    for pk, start, end, value in rows.order_by("recorded_at", "id").values_list("indicator", "start", "end", "value"):
        found[pk][Period(start, end)] = value
    return found


def facts_of(
    indicator: Indicator,
    values: dict[Period, Decimal],
    day: datetime.date,
    *,
    changes: Iterable[DefinitionChange] = (),
    marks: Iterable[IndicatorMark] = (),
    references: Iterable[str] = (),
) -> IndicatorFacts:
    """The frozen values of an indicator on a day, without small numbers where the office hides them."""
    said = {name: getattr(indicator, name) for name in ("name", "unit", "better", "every", "source", "definition")}
    facts = IndicatorFacts(
        **said,
        day=day,
        baseline=plain(indicator.baseline),
        baseline_on=indicator.baseline_on,
        target=plain(indicator.target),
        target_on=indicator.target_on,
        points=points_of(values, indicator.every),
        breaks=tuple(IndicatorBreak(on=each.changed_on, was=each.was, note=each.note) for each in changes),
        marks=tuple(marks),
        references=tuple(references),
    )
    return facts.without_small() if indicator.hides_small else facts


def shown_indicators(chosen: QuerySet[Indicator], user: User, day: datetime.date) -> list[ShownIndicator]:
    """These indicators as this person's pages show them today. Five queries, or one if there are none."""
    indicators = list(chosen.select_related("force", "came_from"))
    if not indicators:
        return []
    values = values_of(indicators)
    changes: dict[int, list[DefinitionChange]] = defaultdict(list)
    for change in DefinitionChange.objects.filter(indicator__in=indicators):
        changes[change.indicator_id].append(change)
    links: dict[int, list[IndicatorLink]] = defaultdict(list)
    related = ("tracked__recommendation", "commitment")
    for link in IndicatorLink.objects.filter(indicator__in=indicators).select_related(*related).order_by("pk"):
        if _is_seen(link, user):
            links[link.indicator_id].append(link)
    closures = closures_of_links([link for each in links.values() for link in each])
    return [
        _shown_indicator(each, values.get(each.pk, {}), changes[each.pk], links[each.pk], closures, day)
        for each in indicators
    ]


def _is_seen(link: IndicatorLink, user: User) -> bool:
    """Whether a person sees what an indicator is linked to, as `visible_to` of that says."""
    if link.tracked is None:
        return user.has_perm(May.SEE_RESPONSES) and Section.COMMITMENTS.is_on
    return link.tracked.withdrawn_at is None and user.force_id in (None, link.tracked.force_id)


def closures_of_links(links: Sequence[IndicatorLink]) -> dict[int, list[Closure]]:
    """When the recommendations of these links were closed, by recommendation. One query, or none without any."""
    ids = {link.tracked_id for link in links if link.tracked_id}
    found: dict[int, list[Closure]] = defaultdict(list)
    if ids:
        closed = Closure.objects.filter(tracked__in=ids, closed_on__isnull=False).select_related("tracked")
        for each in closed.order_by("closed_on", "pk"):
            found[each.tracked_id].append(each)
    return found


def _shown_indicator(
    indicator: Indicator,
    values: dict[Period, Decimal],
    changes: list[DefinitionChange],
    links: list[IndicatorLink],
    closures: dict[int, list[Closure]],
    day: datetime.date,
) -> ShownIndicator:
    tracked = tuple(sorted((link.tracked for link in links if link.tracked), key=lambda each: each.reference))
    commitments = tuple(link.commitment for link in links if link.commitment)
    closed = [closure for each in tracked for closure in closures.get(each.pk, ())]
    references, marks = [each.reference for each in tracked], marks_of(closed, commitments)
    facts = facts_of(indicator, values, day, changes=changes, marks=marks, references=references)
    in_force = [each for each in closed if each.state == ClosureState.CLOSED and each.closed_on]
    return ShownIndicator(
        indicator=indicator,
        facts=facts,
        tracked=tracked,
        commitments=commitments,
        worse_since=tuple(each for each in in_force if each.closed_on and facts.is_worse_since(each.closed_on)),
    )


def marks_of(closures: Iterable[Closure], commitments: Iterable[Commitment]) -> list[IndicatorMark]:
    """When its recommendations were closed and opened again, and until when what was promised is checked next."""
    marks = []
    for each in closures:
        if each.closed_on:
            marks.append(IndicatorMark(on=each.closed_on, words=f"{each.tracked.reference} closed"))
        if each.reopened_on:
            marks.append(IndicatorMark(on=each.reopened_on, words=f"{each.tracked.reference} opened again"))
    for promise in commitments:
        words = f"Promised, to be checked: “{shorten(without_marks(promise.quote), 80)}”"
        marks.append(IndicatorMark(on=promise.check_on, words=words))
    return sorted(marks, key=lambda each: (each.on, each.words))


def of_recommendation(tracked: TrackedRecommendation, user: User) -> QuerySet[Indicator]:
    """The indicators of a recommendation that a person sees."""
    links = IndicatorLink.objects.filter(tracked=tracked)
    return Indicator.objects.visible_to(user).filter(pk__in=links.values("indicator"))


def worse_since_closed(user: User) -> QuerySet[Indicator]:
    """The indicators that a person sees whose latest value is worse than when a recommendation of theirs was closed.

    Not those whose definition changed meanwhile: their numbers cannot be compared. Hidden ones are compared as shown.
    """
    values = IndicatorValue.objects.filter(indicator=OuterRef("indicator")).order_by("-end", "-recorded_at", "-id")
    then = values.filter(end__lte=OuterRef("closed_on"))
    figure = DecimalField(max_digits=14, decimal_places=2)
    closure = Closure.objects.filter(tracked=OuterRef("tracked"), state=ClosureState.CLOSED)
    closed = IndicatorLink.objects.annotate(closed_on=Subquery(closure.values("closed_on")[:1])).annotate(
        now=Subquery(values.values("value")[:1], output_field=figure),
        now_end=Subquery(values.values("end")[:1]),
        before=Subquery(then.values("value")[:1], output_field=figure),
        before_end=Subquery(then.values("end")[:1]),
    )
    closed = closed.annotate(now_shown=_as_shown("now"), before_shown=_as_shown("before"))
    worse = Q(indicator__better=Better.UP, now_shown__lt=F("before_shown"))
    worse |= Q(indicator__better=Better.DOWN, now_shown__gt=F("before_shown"))
    changed = DefinitionChange.objects.filter(
        indicator=OuterRef("indicator"), changed_on__gt=OuterRef("before_end"), changed_on__lte=OuterRef("now_end")
    )
    links = closed.filter(worse).exclude(Exists(changed))
    return Indicator.objects.visible_to(user).filter(pk__in=links.values("indicator"))


def _as_shown(figure: str) -> Case:
    """A figure as it is compared: IndicatorPoint.compared, in the database."""
    is_small = Q(**{f"{figure}__gt": 0, f"{figure}__lt": FEWEST_SHOWN})
    is_hidden = is_small & Q(indicator__hides_small=True, indicator__unit=IndicatorUnit.NUMBER)
    return Case(When(is_hidden, then=Value(AS_SMALL)), default=F(figure))
