"""The register on a past day, from what had been recorded by a given moment: derived in SQL from the dated rows.

For what is known now, use Standing, which holds the same (models/register/standing.py). This is for what was known
earlier, and to check papers.
"""

import datetime
from collections.abc import Sequence

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Cast, Coalesce, FirstValue, RowNumber
from django.db.models.lookups import Exact, IsNull
from django_cte import CTE, with_cte

from recommendations.domain.register import rag
from recommendations.domain.register.entries import Voice
from recommendations.enums import Position, Stage
from recommendations.enums.disputes import DisputeStep
from recommendations.models import (
    Assurance,
    Closure,
    Delay,
    Dispute,
    Enforcement,
    ForceUpdate,
    InspectorateStatus,
    PartDischarged,
    Recheck,
    Restriction,
    Standing,
    TargetDate,
    Thresholds,
    TrackedRecommendation,
    Transfer,
    Weight,
)
from recommendations.models.register.standing import UNDATED, StandingQuerySet
from recommendations.models.register.standing_rows import FOREVER, part_count


def as_at(rows: QuerySet, day: datetime.date, rule: Thresholds, known_at: datetime.datetime | None = None) -> QuerySet:
    """`rows` (tracked recommendations) as at `day` (London), from what was recorded by `known_at` (UTC; None: by now).

    Each is annotated with FIELDS, as Standing has them, and with what rag.judged adds. Rows not yet tracked on that
    day, not yet recorded by that moment or withdrawn by then are left out: pass a query on `on_file`, which has them
    all.
    """
    return rag.annotate_colours(_known_rows(rows, day, known_at), day, rule)


def standings_as_known(day: datetime.date, known_at: datetime.datetime, only: Q | None = None) -> StandingQuerySet:
    """Standing rows for `day` (London), derived from the dated rows recorded by `known_at` (UTC).

    The common table expression is named like Standing's table, so every query of Standing works on it. `only` is a
    condition on tracked recommendations: the rows of others are not derived.
    """
    found = _known_rows(TrackedRecommendation.on_file.order_by().filter(only or Q()), day, known_at)
    own: dict[str, Combinable] = {
        "tracked_id": F("pk"),
        "kind": F("recommendation__kind"),
        "cause_id": F("recommendation__cause_id"),
        Standing._meta.get_field("force").column: force_on(day, known_at),
    }
    own["parts"] = part_count()
    days = {"since": _day(day), "until": _day(FOREVER), "withdrawn": Value(False)}
    rows = found.values("id", *UNDATED, *FIELDS, **own, **days)
    return with_cte(CTE(rows, name=Standing._meta.db_table), select=Standing.objects.all())


def force_on(day: datetime.date, known_at: datetime.datetime | None) -> Combinable:
    """The id of the force that a tracked recommendation was with: of the latest transfer, else of its beginning."""
    transfers = Transfer.objects.filter(tracked=OuterRef("pk"))
    came_to = transfers.standing(day, known_at).latest_first().values("to_force")[:1]
    began_with = transfers.order_by("recorded_at", "pk").values("from_force")[:1]
    return Coalesce(Subquery(came_to), Subquery(began_with), F("force_id"), output_field=BigIntegerField())


def _day(day: datetime.date) -> Cast:
    return Cast(Value(day), DateField())


def _known_rows(rows: QuerySet, day: datetime.date, known_at: datetime.datetime | None) -> QuerySet:
    rows = rows.filter(on_record(known_at), tracked_on__lte=day)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    chosen = CTE(rows.order_by().values("pk"), name="chosen", materialized=True)
    said = CTE(_statements_in_force(chosen, rows, day, known_at), name="said")
    standing = CTE(_states_in_force(said), name="stood", materialized=True)
    found = with_cte(chosen, said, standing, select=standing.join(rows, pk=standing.col.line))
    return found.annotate(**{name: getattr(standing.col, name) for name in FIELDS})


def on_record(known_at: datetime.datetime | None, prefix: str = "") -> Q:
    """The condition that a record was not withdrawn at `known_at` (UTC; None: now). `prefix` is the path to it."""
    stands = Q(**{f"{prefix}withdrawn_at__isnull": True})
    return stands if known_at is None else stands | Q(**{f"{prefix}withdrawn_at__gt": known_at})


FIELDS = (
    "position",
    "stage",
    "last_update_on",
    "forecast_on",
    "target_on",
    "first_target_on",
    "target_moves",
    "assurance",
    "assurance_on",
    "revisit_on",
    "inspectorate_status",
    "inspectorate_status_on",
    "closed_on",
    "outcome",
    "closure_requested_on",
    "recheck",
    "look_again_on",
    "restricted",
    "parts_done",
    "dispute_decision",
    "dispute_review_on",
    "risk",
    "risk_on",
    "themes",
    "delay_cause",
    "mitigated",
    "direction_due_on",
)
FORCE, OFFICE, INSPECTORATE, TARGET, CLOSED, PENDING, LOOK, RESTRICTED, PARTS, DISPUTED = range(10)
WEIGHT, DELAY, DIRECTED, NOBODY = range(10, 14)
LATEST = tuple(F(name).desc() for name in ("effective_on", "recorded_at", "id"))
FIRST = tuple(F(name).asc() for name in ("effective_on", "recorded_at", "id"))


def _statements_in_force(
    chosen: CTE, rows: QuerySet, day: datetime.date, known_at: datetime.datetime | None
) -> QuerySet:
    """Everything in force on the day: each voice, the target, the closures and so on, ranked within its kind.

    One union of rows of the same shape, with an empty row for each chosen recommendation, so that the database groups
    it in one pass whatever sizes it estimates. Joined as separate subqueries, SQLite may try every pair.
    """

    def of_chosen(rows: QuerySet) -> QuerySet:
        return rows.filter(tracked__in=chosen.queryset().values("pk")).order_by()

    def dated(model: Voice | type[Restriction] | type[Dispute] | type[Enforcement]) -> QuerySet:
        return of_chosen(model.objects.standing(day, known_at))

    targets = dated(TargetDate).annotate(
        first=Window(FirstValue("target_on"), partition_by="tracked", order_by=FIRST),
        times=Window(Count("pk"), partition_by="tracked"),
    )
    restrictions = dated(Restriction).annotate(holds=Case(When(restricted=True, then=Value(1)), default=Value(0)))
    delays = dated(Delay).annotate(given=Case(When(mitigation="", then=Value(0)), default=Value(1)))
    closed, pending = (of_chosen(which(day, known_at)) for which in (Closure.objects.in_force, Closure.objects.pending))
    parts_done = of_chosen(PartDischarged.objects.in_force(day, known_at))
    parts_done = parts_done.annotate(times=Window(Count("pk"), partition_by="tracked"))
    decided = dated(Dispute).filter(step=DisputeStep.DECISION)
    by_day, by_request = ((F(name).desc(), F("id").desc()) for name in ("closed_on", "requested_at"))
    spoken = {"word": "position", "phase": "stage", "on": "effective_on", "until": "forecast_on"}
    parts = [
        _ranked_rows(FORCE, dated(ForceUpdate), LATEST, **spoken),
        _ranked_rows(OFFICE, dated(Assurance), LATEST, word="view", on="effective_on", until="revisit_on"),
        _ranked_rows(INSPECTORATE, dated(InspectorateStatus), LATEST, word="status", on="effective_on"),
        _ranked_rows(TARGET, targets, LATEST, on="target_on", until="first", number="times"),
        _ranked_rows(CLOSED, closed, by_day, word="outcome", on="closed_on"),
        _ranked_rows(PENDING, pending, by_request, on="requested_on"),
        _ranked_rows(LOOK, of_chosen(Recheck.objects.of_closed(day, known_at)), LATEST, word="answer", on="look_on"),
        _ranked_rows(RESTRICTED, restrictions, LATEST, number="holds"),
        _ranked_rows(PARTS, parts_done, by_day, number="times"),
        _ranked_rows(DISPUTED, decided, LATEST, word="decision", until="review_on"),
        _ranked_rows(WEIGHT, dated(Weight), LATEST, word="risk", phase="themes", on="effective_on"),
        _ranked_rows(DELAY, delays, LATEST, word="cause", number="given"),
        _ranked_rows(DIRECTED, dated(Enforcement), LATEST, on="due_on"),
    ]
    return _shape_rows(NOBODY, rows.order_by(), line="pk").union(*parts, all=True).order_by()


def _ranked_rows(voice: int, rows: QuerySet, order: Sequence[OrderBy], **columns: str) -> QuerySet:
    """Rows with their rank in an order for each recommendation: one pass over an index instead of a lookup each."""
    place = Window(RowNumber(), partition_by="tracked", order_by=order)
    return _shape_rows(voice, rows.annotate(place=place), line="tracked_id", place="place", **columns)


def _shape_rows(voice: int, rows: QuerySet, **columns: str) -> QuerySet:
    """Rows of a voice in the union's common shape, with empty values in the columns that it does not have."""
    word, day = Value(""), Cast(Value(None), DateField())
    nothing = {"word": word, "phase": word, "on": day, "until": day, "number": Value(0), "place": Value(1)}
    named = {name: F(column) for name, column in columns.items()}
    return rows.values(voice=Value(voice), line=named.pop("line"), **nothing | named)


def _states_in_force(statements: CTE) -> QuerySet:
    """One row for each recommendation, with FIELDS. Without any entry it has the defaults of Standing."""

    def of(voice: int, column: str, default: str | int | None = None) -> Combinable:
        found = Max(column, filter=Q(voice=voice))
        return found if default is None else Coalesce(found, Value(default))

    first = statements.queryset().filter(place=1).order_by()
    disputed = Exact(of(FORCE, "word", ""), Position.NOT_ACCEPTED)
    return first.values("line").annotate(
        position=of(FORCE, "word", ""),
        stage=of(FORCE, "phase", str(Stage.AWAITING_ALLOCATION)),
        last_update_on=of(FORCE, "on"),
        forecast_on=of(FORCE, "until"),
        target_on=of(TARGET, "on"),
        first_target_on=of(TARGET, "until"),
        target_moves=of(TARGET, "number", 1) - 1,
        assurance=of(OFFICE, "word", ""),
        assurance_on=of(OFFICE, "on"),
        revisit_on=of(OFFICE, "until"),
        inspectorate_status=of(INSPECTORATE, "word", ""),
        inspectorate_status_on=of(INSPECTORATE, "on"),
        closed_on=of(CLOSED, "on"),
        outcome=of(CLOSED, "word", ""),
        closure_requested_on=Case(When(IsNull(of(CLOSED, "on"), True), then=of(PENDING, "on"))),
        recheck=of(LOOK, "word", ""),
        look_again_on=of(LOOK, "on"),
        restricted=Case(When(Exact(of(RESTRICTED, "number", 0), 1), then=Value(True)), default=Value(False)),
        parts_done=of(PARTS, "number", 0),
        dispute_decision=Case(When(disputed, then=of(DISPUTED, "word", "")), default=Value("")),
        dispute_review_on=Case(When(disputed, then=of(DISPUTED, "until"))),
        risk=of(WEIGHT, "word", ""),
        risk_on=of(WEIGHT, "on"),
        themes=of(WEIGHT, "phase", ""),
        delay_cause=of(DELAY, "word", ""),
        direction_due_on=of(DIRECTED, "on"),
        mitigated=Case(When(Exact(of(DELAY, "number", 0), 1), then=Value(True)), default=Value(False)),
    )
