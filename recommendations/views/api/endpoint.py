"""The API's description, and what all its addresses share. An address is a function under views/api/ decorated
with `@allow` (its one access rule) and `@endpoint`; urls/api.py lists them."""

import datetime
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache, wraps
from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from pydantic import model_validator
from pydantic_core import to_json

from recommendations import trail
from recommendations.digests import digest
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.api import ApiScope
from recommendations.middleware.tokens import API, problem
from recommendations.periods import london_day
from recommendations.permissions import require_token
from recommendations.sections import Section, import_all

ABOUT = (
    "Reads and writes the register as a person may, by that person’s token. Send it as `Authorization: Bearer …`. "
    "Lists come in pages: follow `next` until it is null. Errors are application/problem+json (RFC 9457)."
)
LARGEST_ID = 2**63 - 1
PROBLEM = {
    "description": "What is wrong, where, and what to do.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
PACKAGE = "recommendations.views.api"  # each address is registered where it is defined
STATUSES = (400, 401, 403, 404, 405, 413, 422, 429, 503)


class Renderer(JSONRenderer):
    """Serialises to JSON in Rust: ninja's renderer calls Python for each date of each item."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data)


api = NinjaAPI(
    title="Oversight",
    version="1",
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    renderer=Renderer(),
    openapi_extra={"security": [{"token": []}]},
)
OURS = "Value error, "  # what pydantic puts before the message of a validator of ours
NUMBER = re.compile(r"\{int:pk\}")


class Endpoint(NamedTuple):
    """A registered address: method, route, the module of its view, and the section that it belongs to, if any."""

    method: str
    address: str
    module: str
    section: Section | None

    @property
    def is_on(self) -> bool:
        return self.section is None or self.section.is_on


_endpoints: dict[str, Endpoint] = {}  # by the address's name, which is its view's


class AnswerSchema(Schema):
    """A response schema, validated directly: ninja's own wraps each value as if it were a model instance."""

    @model_validator(mode="wrap")
    @classmethod
    def _run_root_validator(cls, values: Any, handler: Any, info: Any) -> Any:
        return handler(values)


class Paging(Schema):
    """Which page of a list, and how many of it."""

    page: int = Field(1, ge=1, le=1_000_000, description="Which page of the list.")
    size: int = Field(100, ge=1, le=1_000, description="How many on a page: 1,000 at most.")


def page_of(item: Any) -> Any:
    """The schema of a page of a list."""
    name = f"PageOf{item.__name__}"
    members = {
        "__annotations__": {"items": list[item], "count": int, "next": str | None, "previous": str | None},
        "__module__": __name__,
        "__doc__": "A page of a list, how many there are in all, and the addresses of the pages around it.",
    }
    return type(name, (AnswerSchema,), members)


def endpoint(
    address: str,
    *,
    scope: ApiScope,
    response: Any,
    method: str = "GET",
    parameters: tuple[dict[str, Any], ...] = (),
    section: Section | None = None,
) -> Callable[[Callable], Callable[..., HttpResponseBase]]:
    """Register a function as the view of an address under /api/v1/. Goes below `allow`."""
    keys = [{"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}]
    conditional = [{"name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"}}]
    extra = {
        "parameters": [*parameters, *(keys if method == "POST" else conditional)],
        "responses": dict.fromkeys(STATUSES, PROBLEM),
        "description": f"Needs a token with the scope “{scope.label}”.",
    }

    def mark(function: Callable) -> Callable[..., HttpResponseBase]:
        name = function.__name__
        facts = {"response": response, "url_name": name, "operation_id": name.removeprefix("api_")}
        facts |= {"summary": (function.__doc__ or "").split("\n")[0].rstrip("."), "openapi_extra": extra}
        api.api_operation([method], address, tags=[address.split("/")[1]], **facts)(function)
        route = f"{API.strip('/')}{NUMBER.sub('<int:pk>', address)}"
        _endpoints[name] = Endpoint(method, route, function.__module__, section)
        return require_token(scope)(_view_of(function, method))

    return mark


def addresses() -> Iterator[URLPattern]:
    """The URL patterns of all registered addresses; each accepts one method (GET includes HEAD)."""
    import_all(PACKAGE)
    for name, marked in _endpoints.items():
        view = getattr(import_module(marked.module), name)
        methods = [marked.method, "HEAD"] if marked.method == "GET" else [marked.method]
        yield path(marked.address, require_http_methods(methods)(view), name=name)


@cache
def _answers() -> dict[str, Callable]:
    """Address name → ninja's view, which parses the request, calls the function and serialises its result."""
    return {str(pattern.name): pattern.callback for pattern in api.urls[0] if isinstance(pattern, URLPattern)}


def _view_of(function: Callable, method: str) -> Callable[..., HttpResponseBase]:
    @wraps(function)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not _endpoints[function.__name__].is_on or any(each > LARGEST_ID for each in kwargs.values()):
            raise Http404
        mark = _etag(request) if method == "GET" else ""
        if mark and mark in request.headers.get("If-None-Match", ""):
            return HttpResponse(status=304, headers={"ETag": mark})
        asked, request.method = request.method, method  # a HEAD is handled as a GET; its body is dropped later
        answer = _answers()[function.__name__](request, **kwargs)
        request.method = asked
        if mark and answer.status_code == 200:
            answer["ETag"] = mark
        return answer

    return view


def _etag(request: HttpRequest) -> str:
    """The ETag: unchanged for one user, address and day until something is recorded. One query, reads no rows."""
    person: Any = request.user
    who = [person.pk, person.role, person.force_id]
    day = london_day(timezone.now())
    return f'"{digest([*trail.head(), *who, request.get_full_path(), day, shape()])}"'


@cache
def shape() -> str:
    """A digest of the OpenAPI document, so that a release that answers differently has different ETags."""
    return hashlib.sha256(json.dumps(_document(), default=str, sort_keys=True).encode()).hexdigest()[:16]


def openapi_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document, without the addresses of sections that are off."""
    document = _document()
    gone = {name.removeprefix("api_") for name, marked in _endpoints.items() if not marked.is_on}
    there = {
        address: {method: said for method, said in methods.items() if said["operationId"] not in gone}
        for address, methods in document["paths"].items()
    }
    return document | {"paths": {address: methods for address, methods in there.items() if methods}}


@cache
def _document() -> dict[str, Any]:
    import_all(PACKAGE)
    document = json.loads(json.dumps(api.get_openapi_schema(path_prefix=API.strip("/") + "/"), default=str))
    document["servers"] = [{"url": settings.ORIGIN}]
    document["components"].setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return document


PROBLEM_SCHEMA = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail", "reference"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reference": {"type": "string", "description": "The request’s id: tell it to the office."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "detail"],
                "properties": {"where": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def list_page(request: HttpRequest, paging: Paging, count: int, some: Callable[[slice], list]) -> dict[str, Any]:
    """A page of a list; `some` returns the items of a slice."""
    start = (paging.page - 1) * paging.size
    return {
        "items": some(slice(start, start + paging.size)) if start < count else [],
        "count": count,
        "next": _page_url(request, paging.page + 1) if start + paging.size < count else None,
        "previous": _page_url(request, paging.page - 1) if paging.page > 1 else None,
    }


def queryset_page(request: HttpRequest, paging: Paging, rows: Any, item: Callable[[Any], dict]) -> dict[str, Any]:
    """A page of a queryset; `item` turns a row into an item."""
    return list_page(request, paging, rows.count(), lambda some: [item(row) for row in rows[some]])


def _page_url(request: HttpRequest, page: int) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["page"] = str(page)
    return f"{settings.ORIGIN}{request.path}?{asked.urlencode()}"


def wrong(*errors: tuple[str, str]) -> HttpError:
    """Return a 422 error, to be raised, from pairs of (where, what is wrong)."""
    return WrongRequest(list(errors))


class WrongRequest(HttpError):
    """Some values of a request are invalid. `errors` are pairs of (where, what is wrong and what to do)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(422, "Some values are wrong. Correct them, then send the request again.")
        self.errors = errors


@api.exception_handler(HttpError)
def _error_response(request: HttpRequest, error: HttpError) -> HttpResponse:
    errors = [{"where": where, "detail": what} for where, what in getattr(error, "errors", [])]
    more: dict[str, object] = {"errors": errors} if errors else {}
    title = "Some values are wrong" if error.status_code == 422 else ""
    return problem(error.status_code, str(error), title=title, **more)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = [(_place(each["loc"]), each["msg"].removeprefix(OURS)) for each in error.errors]
    return _error_response(request, WrongRequest(said))


def _place(location: tuple | list) -> str:
    """Where in a request: "query size", "body answers 0 done". Our own name of the body's variable is left out."""
    kind, *rest = [str(each) for each in location]
    return " ".join([kind, *(rest[1:] if kind == "body" else rest)])


@api.exception_handler(Refusal)
def _refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The same message as on a page, with its field. NotAllowed becomes a 403 and is recorded as a refusal."""
    if isinstance(refusal, NotAllowed):
        request.refusal = refusal.message  # type: ignore[attr-defined]  # middleware/refusals.py
        return problem(403, refusal.message)
    where = f"body {refusal.field}" if refusal.field else "body"
    return _error_response(request, WrongRequest([(where, refusal.message)]))


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, missing: Http404) -> HttpResponse:
    return problem(404)


Asked = Query[Paging]
Day = datetime.date
