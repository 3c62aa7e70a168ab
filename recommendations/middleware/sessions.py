"""Sessions that keep pages readable when the disk is full."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangosSessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from recommendations.disk_space import is_full

SAFE = ("GET", "HEAD")


class SessionMiddleware(DjangosSessionMiddleware):
    """Shows a page that only reads, even if its session could not be saved because the disk is full.

    Lost is only what such a page notes: the minute of the visit, a filter, a message already shown. Any other reason
    why the database could not save a session is raised as such; Django would take it for a session deleted meanwhile,
    and respond with 400.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as trouble:
            cause = _database_cause(trouble)
            if cause and is_full(cause) and request.method in SAFE and response.status_code == 200:
                patch_vary_headers(response, ("Cookie",))
                return response
            if cause is None:
                raise
            raise cause  # noqa: B904  its own context stays with it


def _database_cause(trouble: BaseException | None) -> BaseException | None:
    """The database error that caused this one, or None."""
    while trouble is not None and not isinstance(trouble, (OperationalError, InterfaceError)):
        trouble = trouble.__context__
    return trouble
