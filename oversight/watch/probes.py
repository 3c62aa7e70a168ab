"""The probes /healthz, /readyz and /metrics: without a session, and for any Host.

A middleware answers them before anything else: a load balancer asks by IP address, over plain http.
"""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from oversight.operations.readiness import Level, findings, worst

READING = ("GET", "HEAD")


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers. Checks nothing."""
    return _json({"status": "well"}, 200)


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether users can be served: 503 if a check in READY_NEEDS is bad. What is wrong is said to the token alone."""
    found = findings(at=timezone.now())
    stops = any(each.level == Level.BAD and each.name in settings.READY_NEEDS for each in found)
    status = 503 if stops else 200
    if not _has_token(request):
        return _json({"status": "bad" if stops else "well"}, status)
    wrong = [
        {"check": each.name, "level": each.level.name.lower(), "words": each.words}
        for each in found
        if each.level > Level.WELL
    ]
    return _json({"status": worst(found).name.lower(), "wrong": wrong}, status)


def metrics(request: HttpRequest) -> HttpResponse | None:
    """The metrics for Prometheus, or None (a 404) without the right token."""
    if not _has_token(request):
        return None
    from oversight.watch.metrics import CONTENT_TYPE, exposition  # imported only if used

    return HttpResponse(exposition(timezone.now()), content_type=CONTENT_TYPE)


def _has_token(request: HttpRequest) -> bool:
    """Whether METRICS_TOKEN is set and the request has it."""
    given = request.META.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, settings.METRICS_TOKEN)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse | None]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics,
}


def answer_probe(request: HttpRequest) -> HttpResponse | None:
    """The response to a probe, or None if the request is none."""
    probe = PROBES.get(request.path_info)
    if probe is None:
        return None
    answer = probe(request)
    if answer is not None and request.method not in READING:
        answer = HttpResponseNotAllowed(READING)
    if answer is not None:
        answer._has_been_logged = True  # type: ignore[attr-defined]  # Django's mark: not logged as an error
        answer["Content-Length"] = str(len(answer.content))
        answer["Cache-Control"], answer["X-Content-Type-Options"] = "no-store", "nosniff"
    return answer


def _json(content: object, status: int) -> HttpResponse:
    return HttpResponse(json.dumps(content), status=status, content_type="application/json")
