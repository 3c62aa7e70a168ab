"""Register filters that have no count of their own: deadlines, forecasts, closures, coming days, changes.

The numbers on the first page link to these filters; `filters_q` is the one condition behind page, number and export.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat

from recommendations.domain.forces.details import former_short_name
from recommendations.domain.register import rag
from recommendations.domain.register.entries import Voice
from recommendations.domain.sources.naming import is_mixed, label_of
from recommendations.enums import ClosureState, DeadlineKind, LineState, Position
from recommendations.enums.ownership import NoticeKind, RecordKind
from recommendations.enums.sources import HMICFRS, OF_HMICFRS, Answerer
from recommendations.models import (
    Assurance,
    Closure,
    Force,
    ForceUpdate,
    Inspection,
    InspectorateStatus,
    PartDischarged,
    PersonalNotice,
    Recheck,
    RoundAnswer,
    Standing,
    TargetDate,
    TrackedRecommendation,
    User,
)
from recommendations.models.register.risk import unpack
from recommendations.periods import Period
from recommendations.permissions import May

FORCE, INSPECTION, SOURCE, LEADS, PLANS = "force", "inspection", "source", "leads", "plans"
KINDS, WEIGHED, SAID = "kinds", "weighed", "said"
OPCC_LEAD, CHIEF_OFFICER_LEAD = "opcc_lead", "chief_officer_lead"
VOICE_COLUMNS = ("assurance", "inspectorate_status")
NO_WORD, NO_NUMBER = Value("", CharField()), Value(0, IntegerField())  # where a column of a statement has none


class DeadlineFilter(StrEnum):
    """Immediate deadlines, or all others."""

    IMMEDIATE = "immediate"
    DATED = "dated"


class Forecast(StrEnum):
    NONE = "none"


class ClosureFilter(StrEnum):
    """By closure: the last request was declined; one waits that this person may decide; their own waits; one of a part
    waits that they may decide.
    """

    SENT_BACK = "sent_back"
    TO_DECIDE = "to_decide"
    OWN = "own"
    PART_TO_DECIDE = "part_to_decide"


class Disputed(StrEnum):
    """Those that the force does not accept."""

    YES = "yes"


class Directed(StrEnum):
    """Those that a direction enforces."""

    YES = "yes"


class RecheckFilter(StrEnum):
    """Closed ones by their latest recheck; `TO_DECIDE` are slips that this person may decide."""

    AGAIN = "again"
    HELD = "held"
    SLIPPED = "slipped"
    TO_DECIDE = "to_decide"


class Restricted(StrEnum):
    """Those for closed papers only. Empty for people who may not restrict."""

    YES = "yes"


class ChangedFilter(StrEnum):
    """What was recorded since a moment. `ANY` is any of the others except `GIVEN`; first targets count in it too."""

    ANY = "any"
    UPDATES = "updates"
    TARGETS = "targets"
    STATUS = "status"
    ASSURANCE = "assurance"
    CLOSURES = "closures"
    DECIDED = "decided"
    REOPENED = "reopened"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    NEW = "new"
    GIVEN = "given"


@dataclass(frozen=True, kw_only=True)
class BaseFilters:
    """The day of the query, and the filters without a count. `changed` needs `since`.

    `day`, `past` and `known_at` are as in RegisterQuery. The periods: `due` for the date that a row counts from,
    `revisit` for the day on which the office revisits its view, `look` for the recheck of a closure, `review` for that
    of a decision on a dispute. `mine` keeps those that the user leads; it has a count (queries.py).
    """

    day: datetime.date
    past: bool = False
    known_at: datetime.datetime | None = None
    mine: bool = False
    deadline: str = ""
    forecast: str = ""
    closure: str = ""
    disputed: str = ""
    directed: str = ""
    restricted: str = ""
    due: Period | None = None
    revisit: Period | None = None
    review: Period | None = None
    recheck: str = ""
    look: Period | None = None
    changed: str = ""
    since: datetime.datetime | None = None


def filters_q(query: BaseFilters, user: User) -> Q:
    """These filters as a condition on Standing rows; empty if none is set.

    `user` is who asks, for "my" closure requests.
    """
    condition = Q()
    if query.deadline:
        immediate = Q(deadline_kind=DeadlineKind.IMMEDIATE)
        condition &= immediate if query.deadline == DeadlineFilter.IMMEDIATE else ~immediate
    if query.forecast:
        condition &= Q(forecast_on__isnull=True)
    if query.closure:
        condition &= Q(tracked__in=_closures(query, user).values("tracked"))
    if query.disputed:
        condition &= Q(position=Position.NOT_ACCEPTED)
    if query.directed:
        condition &= Q(direction_due_on__isnull=False)
    if query.restricted:
        condition &= Q(restricted=True) if user.has_perm(May.RESTRICT) else Q(pk__in=[])
    if query.due:
        condition &= Q(counts_from__range=(query.due.start, query.due.end)) & ~rag.is_closed() & ~rag.is_grey()
    if query.revisit:
        condition &= Q(revisit_on__range=(query.revisit.start, query.revisit.end))
    if query.review:
        condition &= Q(dispute_review_on__range=(query.review.start, query.review.end)) & ~rag.is_closed()
    if query.recheck:
        condition &= _rechecks(query, user)
    if query.look:
        condition &= Q(look_again_on__range=(query.look.start, query.look.end))
    if query.changed and query.since:
        is_any = query.changed == ChangedFilter.ANY
        condition &= _any_change(query) if is_any else Q(tracked__in=changed_rows(query, user))
    return condition


def _rechecks(query: BaseFilters, user: User) -> Q:
    if query.recheck != RecheckFilter.TO_DECIDE:
        return Q(recheck=query.recheck)
    own = Recheck.objects.waiting().filter(recorded_by=user)
    return Q(recheck=RecheckFilter.SLIPPED) & ~Q(tracked__in=own.values("tracked"))


def _closures(query: BaseFilters, user: User) -> QuerySet:
    if query.closure == ClosureFilter.PART_TO_DECIDE:
        return PartDischarged.objects.pending(query.day, query.known_at).exclude(requested_by=user)
    if query.closure != ClosureFilter.SENT_BACK:
        waiting = Closure.objects.pending(query.day, query.known_at)
        return (
            waiting.filter(requested_by=user)
            if query.closure == ClosureFilter.OWN
            else waiting.exclude(requested_by=user)
        )
    known = {} if query.known_at is None else {"decided_at__lte": query.known_at}
    seen = {} if query.known_at is None else {"requested_at__lte": query.known_at}
    declined = Closure.objects.filter(state=ClosureState.DECLINED, decided_on__lte=query.day, **known)
    later = Closure.objects.filter(
        tracked=OuterRef("tracked"), id__gt=OuterRef("id"), requested_on__lte=query.day, **seen
    )
    return declined.filter(~Exists(later))


VOICES: dict[str, Voice] = {
    ChangedFilter.UPDATES: ForceUpdate,
    ChangedFilter.TARGETS: TargetDate,
    ChangedFilter.STATUS: InspectorateStatus,
    ChangedFilter.ASSURANCE: Assurance,
}
ANSWERS = {ChangedFilter.ACCEPTED: LineState.ACCEPTED, ChangedFilter.RETURNED: LineState.RETURNED}
CLOSURES = {
    ChangedFilter.CLOSURES: "requested_at",
    ChangedFilter.DECIDED: "decided_at",
    ChangedFilter.REOPENED: "reopened_at",
}


class Changes(NamedTuple):
    """Rows that record a change since a moment, and their columns for the tracked recommendation and the moment."""

    rows: QuerySet
    tracked: str
    at: str


def changes(query: BaseFilters) -> dict[str, Changes]:
    """For each kind of change, the rows recorded after `since` (and by `known_at`, if given)."""
    found: dict[str, tuple[QuerySet, str, str]] = {
        ChangedFilter.NEW: (TrackedRecommendation.on_file.all(), "pk", "recorded_at")
    }
    for what, model in VOICES.items():
        found[what] = (model.objects.standing(query.day, query.known_at), "tracked", "recorded_at")
    for what, state in ANSWERS.items():
        found[what] = (RoundAnswer.objects.filter(state=state), "line__tracked", "decided_at")
    for what, moment in CLOSURES.items():
        found[what] = (Closure.objects.all(), "tracked", moment)
    return {what: Changes(rows.filter(_since(query, at)).order_by(), of, at) for what, (rows, of, at) in found.items()}


def changed_rows(query: BaseFilters, user: User) -> QuerySet:
    """The tracked recommendations (ids, as `changed_id`) with a change of the kind asked for after `since`.

    Up to `known_at`, if given. A first target is not a move. `user` is who asks, for what was given to them.
    """
    asked = _assignments(query, user) if query.changed == ChangedFilter.GIVEN else changes(query)[query.changed]
    rows = asked.rows.filter(Exists(_earlier_targets(query))) if query.changed == ChangedFilter.TARGETS else asked.rows
    return rows.values(changed_id=F(asked.tracked))


def _assignments(query: BaseFilters, user: User) -> Changes:
    """The notices that recommendations were assigned to this person. They are personal: the records did not change."""
    own = PersonalNotice.objects.filter(person=user, kind=NoticeKind.GIVEN, about=RecordKind.RECOMMENDATION)
    return Changes(own.filter(_since(query, "at")).order_by(), "about_id", "at")


def _any_change(query: BaseFilters) -> Q:
    return reduce(or_, (Q(tracked__in=each.rows.values(each.tracked)) for each in changes(query).values()))


def _since(query: BaseFilters, name: str) -> Q:
    known = {} if query.known_at is None else {f"{name}__lte": query.known_at}
    return Q(**{f"{name}__gt": query.since}, **known)


def _earlier_targets(query: BaseFilters) -> QuerySet:
    """The targets before one: if there is any, it is a move."""
    standing = TargetDate.objects.standing(query.day, query.known_at)
    return standing.filter(tracked=OuterRef("tracked"), id__lt=OuterRef("id"))


def say_period(days: Period) -> str:
    """A period for an address: "2026-11-08..2026-12-05", or "..2026-11-07" without a first day."""
    return f"{'' if days.start == datetime.date.min else days.start}..{days.end}"


def read_period(text: str) -> Period | None:
    """Parse the text of `say_period`, or None if it is not a period."""
    first, _, last = text.partition("..")
    try:
        return Period(
            datetime.date.fromisoformat(first) if first else datetime.date.min, datetime.date.fromisoformat(last)
        )
    except ValueError:
        return None


def period_until(day: datetime.date) -> Period:
    """All days up to this one."""
    return Period(datetime.date.min, day)


@dataclass(frozen=True)
class Choices:
    """The options of the register's filters, in alphabetical order. A lead of "" stands for rows without one.

    `sources` are those that have recommendations on a register, HMICFRS's own first. `has_plans`: a fire authority
    answers some of them in its action plan. Kinds, stages, risks and themes are those that some recommendation has;
    a risk of "" stands for those not assessed. `voices` are the columns of voices that say something somewhere.
    """

    forces: dict[str, tuple[int, str]]  # slug → id, short name
    inspections: dict[int, str]
    opcc_leads: tuple[str, ...]
    chief_officer_leads: tuple[str, ...]
    sources: dict[str, str] = field(default_factory=dict)  # key → word
    has_plans: bool = False
    kinds: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    voices: frozenset[str] = frozenset()

    @cached_property
    def is_mixed(self) -> bool:
        """Whether there are sources besides HMICFRS."""
        return is_mixed(self.sources)


def choices_for(user: User, day: datetime.date | None = None) -> Choices:
    """The options for what `user` may see, with the names that the forces had on `day` if it is past. One query."""
    found = sorted(_choice_rows(user, day), key=lambda row: (row[2].casefold(), row[3].casefold()))
    kinds = (FORCE, INSPECTION, LEADS, SOURCE, KINDS, WEIGHED, SAID)
    of = {kind: [row[1:] for row in found if row[0] == kind] for kind in kinds}
    return Choices(
        forces={slug: (pk, name) for pk, name, slug in of[FORCE]},
        inspections={pk: f"{name}: {title}" for pk, name, title in of[INSPECTION]},
        opcc_leads=_once(opcc for _, opcc, _ in of[LEADS]),
        chief_officer_leads=_once(chief for _, _, chief in of[LEADS]),
        sources=_sources([(key, word) for _, word, key in of[SOURCE]]),
        has_plans=any(row[0] == PLANS for row in found),
        kinds=frozenset(kind for _, kind, _ in of[KINDS]),
        stages=frozenset(stage for _, _, stage in of[KINDS]),
        risks=frozenset(risk for _, risk, _ in of[WEIGHED]),
        themes=frozenset(theme for _, _, themes in of[WEIGHED] for theme in unpack(themes)),
        voices=frozenset(VOICE_COLUMNS[place] for _, *words in of[SAID] for place, said in enumerate(words) if said),
    )


def _choice_rows(user: User, day: datetime.date | None) -> QuerySet:
    """Kind, id and two texts. Leads come as the pairs that exist, so that rows are read once."""
    inspections = Inspection.objects.visible_to(user).order_by()
    leads = TrackedRecommendation.objects.visible_to(user).order_by()
    current = Standing.objects.now().visible_to(user).order_by()
    rows = [
        Force.objects.visible_to(user).order_by().values_list(Value(FORCE), "pk", _force_label(day), "slug"),
        inspections.values_list(Value(INSPECTION), "pk", "short_name", "title"),
        _with_rows(inspections).values_list(Value(SOURCE), NO_NUMBER, "source_word", "source").distinct(),
        leads.values_list(Value(LEADS), NO_NUMBER, OPCC_LEAD, CHIEF_OFFICER_LEAD).distinct(),
        inspections.filter(answerer=Answerer.FIRE_AUTHORITY)
        .values_list(Value(PLANS), NO_NUMBER, Value(""), Value(""))
        .distinct(),
        current.values_list(Value(KINDS), NO_NUMBER, "kind", "stage").distinct(),
        current.values_list(Value(WEIGHED), NO_NUMBER, "risk", "themes").distinct(),
        current.values_list(Value(SAID), NO_NUMBER, *VOICE_COLUMNS).distinct(),
    ]
    return rows[0].union(*rows[1:], all=True).order_by()


def _force_label(day: datetime.date | None) -> Combinable:
    """The short name of a force, today or on a past day, and whether it was handed over."""
    name: Combinable = F("short_name")
    if day is not None:
        name = Coalesce(former_short_name(day, "pk"), name)
    return Case(When(handed_over_on__isnull=True, then=name), default=Concat(name, Value(" (handed over)")))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """The distinct words in alphabetical order."""
    return tuple(sorted(set(words), key=lambda word: (word.casefold(), word)))


def _with_rows(inspections: QuerySet) -> QuerySet:
    """The inspections of HMICFRS, and of other sources those with recommendations on a register."""
    tracked = TrackedRecommendation.objects.filter(recommendation__inspection=OuterRef("pk"))
    return inspections.filter(Q(source__in=OF_HMICFRS) | Exists(tracked))


def _sources(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The sources by key: those that HMICFRS publishes first, then by their words."""
    ordered = sorted(
        pairs, key=lambda each: (each[0] not in OF_HMICFRS, each[0] != HMICFRS, each[1].casefold(), each[0])
    )
    return {key: label_of(key, word) for key, word in ordered}
