"""How large the body of a request may be, and that it can be read."""

import codecs

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from recommendations.sign_in.events import is_by_session

KB = 1024
# The largest body of a request: to a page that is open to everybody; to one where a session may have expired while
# someone typed, which is kept in memory; and from a signed-in user, whose largest file is 20 MB.
FROM_STRANGERS, TO_BE_KEPT, FROM_PEOPLE = 64 * KB, 1024 * KB, 24 * 1024 * KB
# What reading a form raises that a client sent broken, too large or not to its end.
UNREADABLE = (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError, LookupError, ValueError)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def limit_bodies(get_response):
    """Refuse a body that is too large before any of it is read or written to disk.

    A body without a length is read as empty.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        most = _most_from(request, view)
        if 0 <= content_length(request) <= most:
            return None
        refused = "site/too_large_to_keep.html" if most == TO_BE_KEPT else "site/too_large.html"
        return render(request, refused, {"most": _in_words(most)}, status=413)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def content_length(request) -> int:
    """The request's Content-Length: 0 if there is none, -1 if it is not a number."""
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else -1


def _most_from(request, view) -> int:
    if request.user.is_authenticated:
        return getattr(view, "most_bytes", FROM_PEOPLE) if is_by_session(request) else TO_BE_KEPT
    return TO_BE_KEPT if getattr(view, "login_required", True) else FROM_STRANGERS


def _in_words(size: int) -> str:
    return f"{size // KB} KB" if size < 1024 * KB else f"{size // KB // 1024} MB"


def refuse_unreadable_bodies(get_response):
    """Refuse a form that cannot be read with one 400, before anything looks at it.

    Addresses are UTF-8 whatever encoding the header Content-Type names: Django would read them in it too.
    """

    def middleware(request):
        request.encoding = "utf-8"
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.method == "POST" and not _is_readable(request, view):
            return render(request, "400.html", status=400)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def _is_readable(request, view) -> bool:
    """Read the form, which stays read. A view for programs reads the body itself, which then has to be kept."""
    try:
        if request.content_type in FORMS:
            if codecs.lookup(request.content_params.get("charset", "utf-8")).name != "utf-8":
                return False
            if hasattr(view, "token_scopes"):
                _ = request.body
            _ = request.POST
    except UNREADABLE:
        return False
    return True
