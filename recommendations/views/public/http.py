"""How a public page or file is answered: the same for everybody, so that any cache may keep it for a while.

For a short while: what is withdrawn is gone from public view.
"""

import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from recommendations.domain.public.responses import office_name

FOR_EVERYBODY = "public, max-age=300"


def page(request, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page from a template that knows neither the request nor who asks."""
    frame = {"office": office_name(), "origin": settings.ORIGIN, "path": request.path}
    content = render_to_string(template, frame | context).encode()
    return answer(request, content, "text/html; charset=utf-8", status=status)


def answer(request, content: bytes, kind: str, *, etag: str = "", name: str = "", status: int = 200) -> HttpResponse:
    """An answer with its ETag: 304 without the content where the asker has it. With `name` it is a file to be saved.

    What is not there is answered anew each time.
    """
    response = HttpResponse(content, content_type=kind, status=status)
    if name:
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["X-Content-Type-Options"] = "nosniff"
    if status != 200:
        return response
    response["Cache-Control"] = FOR_EVERYBODY
    response["ETag"] = quote_etag(etag or hashlib.sha256(content).hexdigest())
    return get_conditional_response(request, etag=response["ETag"], response=response)


def has_it(request, etag: str) -> HttpResponse | None:
    """304 for somebody who has the content of this ETag already, before it is read; else None."""
    response = HttpResponse()
    response["Cache-Control"], response["ETag"] = FOR_EVERYBODY, quote_etag(etag)
    told = get_conditional_response(request, etag=response["ETag"], response=response)
    return None if told is response else told
