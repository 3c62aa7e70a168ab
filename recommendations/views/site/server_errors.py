"""The error page: 503 while the database is unavailable or the disk is full, otherwise 500.
Django calls this whatever layer the error came from, middleware included. Nothing here queries the database.
"""

import logging
import sys
import time

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from recommendations.disk_space import is_full
from recommendations.middleware.bodies import TO_BE_KEPT, UNREADABLE, content_length
from recommendations.middleware.kept_forms import pairs_of, who_typed
from recommendations.views.submission.interrupted_form import context_of, names_of_files

RETRY_AFTER = 10  # seconds
SAID_EACH = 60  # seconds: an outage is logged once a minute and process, not for each request

log = logging.getLogger(__name__)
_said = {"at": -float(SAID_EACH)}


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an unhandled error. An outage is logged once, without a traceback."""
    trouble = sys.exc_info()[1]
    no_room = is_full(trouble)
    if not no_room and not isinstance(trouble, (OperationalError, InterfaceError)):
        return HttpResponse(render_to_string("500.html"), status=500)
    _log_outage("There is no room on the disk" if no_room else "The database cannot be used", trouble)
    answer = HttpResponse(
        render_to_string("503.html", unsaved_input(request) | {"no_room": no_room}),
        status=503,
        headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "private, no-store"},
    )
    answer._has_been_logged = True  # type: ignore[attr-defined]  # Django's flag: otherwise it logs a traceback
    return answer


def _log_outage(what: str, trouble: BaseException | None) -> None:
    now = time.monotonic()
    if now - _said["at"] >= SAID_EACH:
        _said["at"] = now
        log.error("%s: %s", what, " ".join(str(trouble).split()))


def unsaved_input(request: HttpRequest) -> dict:
    """The input of a signed-in user, to be submitted again from this page; {} if it cannot be read."""
    try:
        if request.method != "POST" or content_length(request) > TO_BE_KEPT or not who_typed(request):
            return {}
        pairs, files = pairs_of(request), names_of_files(request)
    except UNREADABLE:
        return {}
    return context_of(request.get_full_path(), pairs, files) | {"csrf_token": get_token(request)}
