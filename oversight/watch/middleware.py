"""The outermost middleware: the request's id, its cost, and one line in the log. It makes no queries."""

import re
import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from oversight.watch.probes import answer_probe
from recommendations.middleware.caches import is_for_everybody
from recommendations.telemetry import emit, request_id, since

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
METHODS = ("GET", "HEAD", "POST")


class Statements:
    """Counts the SQL statements of a request, and their seconds."""

    def __init__(self) -> None:
        self.number, self.seconds = 0, 0.0

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        begun = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.seconds += perf_counter() - begun


def watch(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer probes; give every other request an id, and emit an event once it is answered.

    The id stays set after the response, so that deferred jobs (answer_first) are logged with it too.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if probe := answer_probe(request):
            return probe
        request_id.set(id_of(request))
        begun, statements = perf_counter(), Statements()
        with connection.execute_wrapper(statements):
            response = get_response(request)
        if not is_for_everybody(response):  # a cache would give it to someone else
            response.headers[HEADER] = request_id.get()
        _tell(request, response, since(begun), statements)
        return response

    return middleware


def id_of(request: HttpRequest) -> str:
    """The request id from our own proxy, or a new one. One sent by a visitor is not trusted."""
    given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    return given if GIVEN.fullmatch(given) else secrets.token_hex(8)


def _tell(request: HttpRequest, response: HttpResponseBase, ms: float, statements: Statements) -> None:
    """Emit who, what and how long. The route's name, never the address as written: some addresses are secret."""
    found, person = request.resolver_match, getattr(request, "_cached_user", None)
    method = request.method if request.method in METHODS else "other"
    static = request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/")
    emit(
        "request",
        method=method,
        route=found.view_name if found else "static" if static else "none",
        status=response.status_code,
        user=person.pk if person is not None else None,
        ms=ms,
        statements=statements.number,
        database_ms=round(statements.seconds * 1000, 3),
    )
