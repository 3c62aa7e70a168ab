"""Responses for public pages and files: the same for everyone, so that any cache may keep them for a while.
Only for a short while, so that withdrawn content disappears.
"""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.timezone import localdate

from recommendations.domain.forces.in_force import body_name

FOR_EVERYBODY = "public, max-age=300"


def page(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page from a template that knows neither the request nor the user."""
    frame = {"office": body_name(localdate()), "origin": settings.ORIGIN, "path": request.path}
    content = render_to_string(template, frame | context).encode()
    return answer(request, content, "text/html; charset=utf-8", status=status)


def answer(
    request: HttpRequest, content: bytes, kind: str, *, etag: str = "", name: str = "", status: int = 200
) -> HttpResponse:
    """A response with its ETag: 304 without content if the client has it already. With `name` it is a download.
    Errors are not cached.
    """
    response = HttpResponse(content, content_type=kind, status=status)
    if name:
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["X-Content-Type-Options"] = "nosniff"
    if status != 200:
        return response
    response["Cache-Control"] = FOR_EVERYBODY
    response["ETag"] = quote_etag(etag or hashlib.sha256(content).hexdigest())
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def has_it(request: HttpRequest, etag: str) -> HttpResponse | None:
    """A 304 response if the client already has the content of this ETag, before it is read; otherwise None."""
    response = HttpResponse()
    response["Cache-Control"], response["ETag"] = FOR_EVERYBODY, quote_etag(etag)
    told = get_conditional_response(request, etag=response["ETag"], response=response)
    return None if told is response else told
