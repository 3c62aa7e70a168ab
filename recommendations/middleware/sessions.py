"""Sessions that do not stand in the way of reading while the disk is full."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangosSessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from recommendations.domain.writing.disk_space import is_full

SAFE = ("GET", "HEAD")


class SessionMiddleware(DjangosSessionMiddleware):
    """A page that was only read is shown although its session could not be saved for want of room.

    What is lost is what such a page notes: the minute in which it was opened, a filter, a message that was shown.
    Whatever else keeps the database from saving a session is an error of the database. Django takes it for a session
    that somebody ended meanwhile, and answers that the request was wrong.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as trouble:
            cause = _from_the_database(trouble)
            if cause and is_full(cause) and request.method in SAFE and response.status_code == 200:
                patch_vary_headers(response, ("Cookie",))
                return response
            if cause is None:
                raise
            raise cause  # noqa: B904  what it came from stays with it


def _from_the_database(trouble: BaseException | None) -> BaseException | None:
    """The database's error that this one came from; None where there is none."""
    while trouble is not None and not isinstance(trouble, (OperationalError, InterfaceError)):
        trouble = trouble.__context__
    return trouble
