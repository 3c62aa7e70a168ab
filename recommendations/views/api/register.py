"""The register through the API: the list as its page has it, one recommendation in full, and a force update."""

import datetime
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from ninja import Status

from recommendations.domain.api import register as reading
from recommendations.domain.register import voices
from recommendations.domain.register.filters import Choices
from recommendations.domain.register.order import DUE, SORTS
from recommendations.domain.register.queries import CountedRows
from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.enums import TRACKED_KINDS, Flag, Rag
from recommendations.enums.api import ApiScope
from recommendations.forms.register.query_string import DAYS, FILTERS, NARROWS, QUESTION
from recommendations.models import TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.api.endpoint import Asked, endpoint, list_page, page_of, wrong
from recommendations.views.api.schemas import NewUpdate, RegisterItem, RegisterRecord, SavedUpdate
from recommendations.views.api.writing import once
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.site.requests import AuthenticatedRequest

PAGING = ("page", "size")
AS_AT = ("as_at", "known_at")
WORDS = {
    "whose": "mine for those that you lead.",
    "show": "The counts above the register; open where nothing is asked.",
    "kind": "The kind of recommendation.",
    "rag": "Colours, one or several.",
    "flag": "Flags, one or several.",
    "deadline": "The inspectorate’s deadline.",
    "forecast": "Those without a forecast.",
    "closure": "Where a closure is.",
    "disputed": "Those that the force does not accept.",
    "directed": "Those that a direction enforces.",
    "restricted": "Those in closed papers only, for who may restrict.",
    "q": "Words, references or leads: all have to match.",
    "force": "The slug of a force.",
    "inspection": "The number of an inspection.",
    "source": "A key of the sources that the office follows.",
    "stage": "A key of the office’s stages.",
    "risk": "A key of the office’s risks.",
    "theme": "A key of the office’s themes.",
    "opcc_lead": "The name of the OPCC lead; - for none.",
    "lead": "The name of the chief officer lead; - for none.",
    "as_at": "The register as it stood on this day, 2026-03-31.",
    "known_at": "With as_at: only what was recorded by this day or moment.",
    "since": "With changed: since this moment, 2026-11-01T09:00:00+00:00.",
    "due": "The date that counts: the first and the last day, 2026-10-01 to 2026-12-31.",
    "revisit": "The day on which the office looks again, in the same form.",
    "review": "The day on which a decision on a dispute is looked at again, in the same form.",
    "recheck": "Closed ones by what was said of looking at them again.",
    "look": "The day on which the office looks at a closure again, in the same form.",
    "changed": "What was recorded since the moment of since.",
    "sort": "The column to sort by; with - before it the other way round.",
}
KNOWN: dict[str, list[str]] = {
    "show": [str(each) for each in CountedRows],
    "kind": [str(each) for each in TRACKED_KINDS],
    "rag": list(Rag.values),
    "flag": list(Flag.values),
    **{name: [str(each) for each in known] for name, known in NARROWS.items()},
    "sort": [f"{sign}{name}" for name in SORTS for sign in ("", "-")],
}
SEVERAL = ("force", "rag", "flag", "stage")


def _parameter(name: str) -> dict[str, Any]:
    one: dict[str, Any] = {"type": "string"} | ({"enum": KNOWN[name]} if name in KNOWN else {})
    schema = {"type": "array", "items": one} if name in SEVERAL else one
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": WORDS[name]}


@allow(May.SEE_REGISTER)
@endpoint(
    "/register",
    scope=ApiScope.READ_REGISTER,
    response=page_of(RegisterItem),
    parameters=tuple(_parameter(name) for name in QUESTION),
)
def api_register(request: AuthenticatedRequest, paging: Asked) -> dict[str, Any]:
    """The register, by its filters and in its order: today, or as at a past day."""
    question = _question(request, (*QUESTION, *PAGING))
    ids = question.listing.ids

    def some(part: slice) -> list:
        return reading.items(question.query, ids[part], request.user, question.rule, question.words)

    return list_page(request, paging, len(ids), some)


@allow(May.SEE_REGISTER)
@endpoint(
    "/register/{int:pk}",
    scope=ApiScope.READ_REGISTER,
    response=RegisterRecord,
    parameters=tuple(_parameter(name) for name in AS_AT),
)
def api_tracked(request: AuthenticatedRequest, pk: int) -> dict[str, Any]:
    """One recommendation: the three voices, every update, target and closure; today, or as at a past day."""
    question = _question(request, AS_AT)
    found = reading.recommendation_in_full(question.query, pk, request.user, question.rule, question.words)
    if found is None:
        raise Http404
    return found


def _question(request: AuthenticatedRequest, names: tuple[str, ...]) -> RegisterRequest:
    """The register request as the page parses it. Raises a 422 for values that the page ignores: a program would
    not notice."""
    question = RegisterRequest(request)
    errors = [(f"query {name}", f"There is no such parameter. There are: {', '.join(names)}.") for name in request.GET]
    errors = [(where, what) for where, what in errors if where.removeprefix("query ") not in names]
    if question.as_at is not None:
        errors += [(f"query {name}", str(each[0])) for name, each in question.as_at.errors.items()]
    if not errors:
        errors = [
            (f"query {name}", _there_is(name, question.choices)) for name in _ignored_filters(request.GET, question)
        ]
    if errors:
        raise wrong(*errors)
    return question


def _ignored_filters(params: QueryDict, question: RegisterRequest) -> list[str]:
    """The filters with a value that was ignored because it does not exist."""
    kept = {*question.address.pairs, ("show", str(CountedRows.OPEN)), ("sort", DUE)}
    named = (*FILTERS, *NARROWS, "show", "sort")
    gone = [name for name in named for value in params.getlist(name) if value and (name, value) not in kept]
    days = [name for name in (*DAYS, "since") if params.get(name) and getattr(question.query, name) is None]
    asked = [name for name in gone if name != "changed" or not days]  # without `since`, `changed` has no effect
    return list(dict.fromkeys([*asked, *days]))


def _there_is(name: str, choices: Choices) -> str:
    if name == "since" or name in DAYS:
        return f"This cannot be read. {WORDS[name]}"
    known = KNOWN.get(name) or (list(choices.forces) if name == "force" else [])
    return f"There is no such value. There are: {', '.join(known)}." if known else "There is no such value."


@allow(May.LOG_FORCE_UPDATE)
@endpoint(
    "/register/{int:pk}/updates",
    method="POST",
    scope=ApiScope.WRITE_UPDATES,
    response={201: SavedUpdate, 200: SavedUpdate},
)
def api_log_update(request: AuthenticatedRequest, pk: int, update: NewUpdate) -> Status[dict[str, Any]]:  # type: ignore[valid-type]  # a model that is made of a table
    """Log a force update. What is left out of position, stage and forecast stays as it is."""
    tracked = get_object_or_404(TrackedRecommendation.objects.visible_to(request.user), pk=pk)
    carried = {name: getattr(update, name) for name in ("position", "stage", "forecast_on")}
    given = {name: value for name, value in carried.items() if value is not None}
    texts = {key: getattr(update, key) for key in UPDATE_TEXT_KEYS}

    def act(by: User, at: datetime.datetime) -> dict[str, Any]:
        facts = {name: getattr(update, name) for name in ("done", "effective_on", "said_by")}
        row = voices.log_force_update(tracked=tracked, by=by, at=at, **facts, **given, **texts)
        return {"id": row.pk, "tracked_id": pk, "effective_on": row.effective_on, "recorded_on": london_day(at)}

    return once(request, act)
