"""The register as exported: one line for each row of the listing, with the columns of sheet_columns.FIELDS.

The lines use the same facts as the page's rows (row_data.py). The voices' texts come from their latest rows on the
day of the query, as recorded by its `known_at`.
"""

import datetime
from collections import defaultdict, namedtuple
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from django.db.models import QuerySet, Value

from recommendations.domain.register.entries import ASSURANCE, DELAY, RISK
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.rag_reasons import ColourBasis, reason
from recommendations.domain.register.row_data import DATED, NOW, RecordFacts, facts_of
from recommendations.domain.register.sheet_columns import (
    FIELDS,
    RECORD_TEXT_KEYS,
    UPDATE_TEXT_KEYS,
    ColumnGroup,
    keys_of_group,
)
from recommendations.domain.risk.delays import DelayReason
from recommendations.domain.sources.naming import label_of
from recommendations.enums import AssuranceView, Outcome, Position, RecommendationKind, Vocabulary
from recommendations.enums.disputes import DisputeDecision
from recommendations.models import (
    Addressee,
    Assurance,
    Delay,
    ForceUpdate,
    SubRecommendation,
    Thresholds,
    TrackedRecommendation,
    User,
    Weight,
)
from recommendations.models.register.risk import theme_words
from recommendations.sections import Section

OPEN, CLOSED = "Open", "Closed"
AT_ONCE = 500  # lines that are in memory together
# The export's columns besides the facts that it shares with the page's rows.
ALSO = {
    "recommendation": "tracked__recommendation_id",
    **{key: f"tracked__{key}" for key in RECORD_TEXT_KEYS if key not in NOW},
    "inspection": "tracked__recommendation__inspection__title",
    "source_key": "tracked__recommendation__inspection__source",
    "source_word": "tracked__recommendation__inspection__source_word",
    "published_on": "tracked__recommendation__inspection__published_on",
    "heading": "tracked__recommendation__heading",
    "text": "tracked__recommendation__text",
    "deadline_words": "tracked__recommendation__deadline_words",
}
ALSO_DATED = ("target_on", "first_target_on", "dispute_decision", "dispute_review_on")
UPDATE = ("done", "effective_on", "said_by", *UPDATE_TEXT_KEYS)


NO_RISK: dict[str, Any] = dict.fromkeys(keys_of_group(ColumnGroup.RISK), "") | {"risk_on": None}


class RegisterLine(namedtuple("RegisterLine", [field.key for field in FIELDS])):  # type: ignore[misc]  # rows of a table
    """One row, a value for each of FIELDS: a text ("" if none), a day or None, or a number. Line ends are "\\n"."""

    __slots__ = ()

    # Of its columns, those that are read by name.
    rag: str
    rag_reason: str
    parts: str
    addressees: str
    source: str
    deadline_on: datetime.date | None
    target_on: datetime.date | None
    target_moves: int
    forecast_on: datetime.date | None
    position: str
    stage: str
    update: str
    update_on: datetime.date | None
    said_by: str
    assurance: str
    assurance_why: str
    reference: str
    heading: str
    text: str


def lines_out(
    query: RegisterQuery, ids: Sequence[int], user: User, rule: Thresholds, words: dict
) -> Iterator[RegisterLine]:
    """The lines of these ids, in their order, as far as `user` may see them. Lazy; six queries for each AT_ONCE ids.

    `ids` are those of a Listing of the same query, `words` those of Label.objects.words().
    """
    for some in batched(ids, AT_ONCE):
        yield from lines_by_id(query, some, user, rule, words).values()


def lines_by_id(
    query: RegisterQuery, ids: Sequence[int], user: User, rule: Thresholds, words: dict
) -> dict[int, RegisterLine]:
    """The lines of some ids, a thousand at most, by the id of their tracked recommendation. Six queries."""
    facts = facts_of(query, ids, user, rule, _ExportFacts, ALSO, ALSO_DATED)
    chosen = TrackedRecommendation.objects.visible_to(user).filter(pk__in=ids).order_by()
    updates = {pk: said for pk, *said in _latest(ForceUpdate, chosen, query).values_list("tracked_id", *UPDATE)}
    has_risk = Section.RISK.is_on  # read once: a file is made outside a request, or after it
    texts = _latest_texts(chosen, query, has_risk)
    parts, addressees = (
        _lines_by_recommendation(SubRecommendation, chosen, "number", "text"),
        _lines_by_recommendation(Addressee, chosen, "name"),
    )
    return {
        each.pk: RegisterLine(
            **_record(each),
            **_below(each, parts, addressees),
            **_date_columns(each, query.day, rule),
            **_heard(each, updates.get(each.pk), texts.get((ASSURANCE, each.pk)), words),
            **(
                _risk_columns(each, texts.get((RISK, each.pk)), texts.get((DELAY, each.pk)), words)
                if has_risk
                else NO_RISK
            ),
        )
        for each in facts
    }


def choices_of(words: dict) -> dict[str, tuple[str, ...]]:
    """The words allowed in a cell, for each column that has a fixed list (`words` as for lines_out)."""
    return {
        "status": (OPEN, CLOSED),
        "position": tuple(str(label) for label in Position.labels),
        "stage": tuple(words[Vocabulary.STAGE].values()),
        "assurance": tuple(str(label) for label in AssuranceView.labels),
        "inspectorate_status": tuple(words[Vocabulary.INSPECTORATE_STATUS].values()),
        "risk": tuple(words[Vocabulary.RISK].values()),
        "outcome": tuple(str(label) for label in Outcome.labels),
    }


def _latest(
    model: type[ForceUpdate | Assurance | Weight | Delay], chosen: QuerySet, query: RegisterQuery
) -> QuerySet[Any]:
    """The latest row for each of the chosen on the query's day, as recorded by its `known_at`."""
    return model.objects.filter(tracked__in=chosen).standing(query.day, query.known_at).latest_of_each()


def _latest_texts(chosen: QuerySet, query: RegisterQuery, has_risk: bool) -> dict[tuple[str, int], tuple[str, str]]:
    """(kind, tracked id) → the text of the latest assurance, risk or delay, and a delay's mitigation. One query."""
    nothing = Value("")
    found = _latest(Assurance, chosen, query).values_list(Value(ASSURANCE), "tracked_id", "rationale", nothing)
    if has_risk:
        weights = _latest(Weight, chosen, query).values_list(Value(RISK), "tracked_id", "why", nothing)
        delays = _latest(Delay, chosen, query).values_list(Value(DELAY), "tracked_id", "words", "mitigation")
        found = found.union(weights, delays, all=True).order_by()
    return {(kind, tracked): (text, more) for kind, tracked, text, more in found}


def _lines_by_recommendation(
    model: type[SubRecommendation] | type[Addressee], chosen: QuerySet, *columns: str
) -> dict[int, list[str]]:
    """recommendation id → its parts or addressees, in order, one line each."""
    found = model.objects.filter(recommendation__in=chosen.values("recommendation")).order_by("position", "pk")
    lines = defaultdict(list)
    for recommendation, *said in found.values_list("recommendation_id", *columns):
        lines[recommendation].append(" ".join(" ".join(said).split()))
    return lines


def _record(facts: "_ExportFacts") -> dict:
    """What was recommended and who leads."""
    same = ("reference", "force", "published_on", "number", "deadline_words", "deadline_on")
    texts = ("inspection", "heading", "text", *RECORD_TEXT_KEYS)
    return {
        **{name: getattr(facts, name) for name in same},
        **{name: one_kind_of_line(getattr(facts, name)) for name in texts},
        "source": label_of(facts.source_key, facts.source_word),
        "kind": RecommendationKind(facts.kind).label,
    }


def _below(facts: "_ExportFacts", parts: dict[int, list[str]], addressees: dict[int, list[str]]) -> dict[str, str]:
    """Its parts and addressees, one line each."""
    return {
        "parts": "\n".join(parts[facts.recommendation]),
        "parts_done": f"{facts.parts_done} of {facts.parts}" if facts.parts_done else "",
        "addressees": "\n".join(addressees[facts.recommendation]),
    }


def _date_columns(facts: "_ExportFacts", day: datetime.date, rule: Thresholds) -> dict:
    """Its dates, its colour and why, and its outcome."""
    return {
        "first_target_on": facts.first_target_on,
        "target_on": facts.target_on,
        "target_moves": facts.target_moves,
        "forecast_on": facts.forecast_on,
        "rag": rule.word(facts.rag),
        "rag_reason": reason(ColourBasis.of_record(facts), day),
        "status": CLOSED if facts.closed_on else OPEN,
        "outcome": Outcome(facts.outcome).label if facts.outcome else "",
        "closed_on": facts.closed_on,
        "closure_requested_on": facts.closure_requested_on,
    }


def _heard(facts: "_ExportFacts", update: list[Any] | None, assurance: tuple[str, str] | None, words: dict) -> dict:
    """The latest entry of each of the three voices."""
    nothing: list[Any] = ["", None, "", *("" for _ in UPDATE_TEXT_KEYS)]
    done, update_on, said_by, *texts = update or nothing
    why, _ = assurance or ("", "")
    status = facts.inspectorate_status
    return {
        "position": Position(facts.position).label if facts.position else "",
        "stage": words[Vocabulary.STAGE].get(facts.stage, facts.stage),
        "dispute_decision": DisputeDecision(facts.dispute_decision).label if facts.dispute_decision else "",
        "dispute_review_on": facts.dispute_review_on,
        "update": one_kind_of_line(done),
        "update_on": update_on,
        "said_by": said_by,
        **{key: one_kind_of_line(text) for key, text in zip(UPDATE_TEXT_KEYS, texts, strict=True)},
        "assurance": AssuranceView(facts.assurance).label if facts.assurance else "",
        "assurance_why": one_kind_of_line(why),
        "assurance_on": facts.assurance_on,
        "inspectorate_status": words[Vocabulary.INSPECTORATE_STATUS].get(status, status),
        "inspectorate_status_on": facts.inspectorate_status_on,
    }


def _risk_columns(
    facts: "_ExportFacts", weight: tuple[str, str] | None, delay: tuple[str, str] | None, words: dict
) -> dict:
    """Risk and its reason, themes, cause of delay and mitigation."""
    said = DelayReason(facts.delay_cause, *(delay or ()))
    return {
        "risk": words[Vocabulary.RISK].get(facts.risk, facts.risk),
        "risk_why": one_kind_of_line(weight[0] if weight and facts.risk else ""),
        "risk_on": facts.risk_on if facts.risk else None,
        "themes": ", ".join(theme_words(facts.themes, words[Vocabulary.THEME])),
        "delay_cause": one_kind_of_line(said.in_words(words[Vocabulary.DELAY_CAUSE])),
        "mitigation": one_kind_of_line(said.mitigation),
    }


def one_kind_of_line(text: str) -> str:
    """A text with "\\n" line ends, whatever the form sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _ExportFacts(namedtuple("_ExportFacts", (*NOW, *ALSO, *DATED, *ALSO_DATED)), RecordFacts):  # type: ignore[misc]  # names that are rows of tables
    """The columns read for one recommendation, as at the day."""

    __slots__ = ()

    recommendation: int
    source_key: str
    source_word: str
    target_on: datetime.date | None
    first_target_on: datetime.date | None
    dispute_decision: str
    dispute_review_on: datetime.date | None
