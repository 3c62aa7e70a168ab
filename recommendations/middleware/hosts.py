"""Which addresses are answered: those at the root of our own host and, on a server for the public, the public pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import Http404

PUBLIC_PATHS = ("/published/", "/accessibility/", "/data-protection/", "/report-a-security-problem/", "/.well-known/")


def only_at_the_root(get_response):
    """Refuse a request for the program under a path of its host (SCRIPT_NAME), whoever set it: a server that takes it
    from a header lets a client say which part of an address is looked at.
    """

    def middleware(request):
        if request.META["SCRIPT_NAME"]:
            raise SuspiciousOperation("The program is served at the root of its host: SCRIPT_NAME is not empty.")
        return get_response(request)

    return middleware


def only_our_host(get_response):
    """Answer only ORIGIN's host and port; a trailing dot in the name is refused."""

    def middleware(request):
        if not _is_our_port(request.get_host()):
            raise DisallowedHost("The Host header does not name the host and port of ORIGIN.")
        return get_response(request)

    return middleware


def _is_our_port(host: str) -> bool:
    """Whether the port is ORIGIN's, or none. On loopback any port will do, as a demonstration's can be chosen."""
    ours = urlsplit(settings.ORIGIN)
    if ours.hostname in settings.LOOPBACK:
        return True
    port = str(ours.port or (443 if ours.scheme == "https" else 80))
    name, _, given = host.partition(":")
    return not name.endswith(".") and given in ("", port)


def only_public_pages(get_response):
    """For PUBLIC_PAGES_ONLY: serve nothing but public pages, and ignore any sign-in.

    The public reader's database role (docs/operations/database-roles.md) can't read sessions, so cookies are dropped.
    """

    def middleware(request):
        for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
            request.META.pop(name, None)
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not request.path_info.startswith(PUBLIC_PATHS):
            raise Http404

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware
