"""The office's public pages, without sign-in: responses, their versions and files, and their data."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.documents.public.feeds import FeedEntry, FeedSource, as_atom, as_csv, as_json
from recommendations.domain.forces.in_force import body_name
from recommendations.domain.public import responses as domain
from recommendations.domain.public.following import former_name_of_body
from recommendations.domain.public.responses import ListedResponse
from recommendations.permissions import public
from recommendations.views.public.answer_cache import cached_answer
from recommendations.views.public.http import answer, has_it, page
from recommendations.views.public.index_page import index
from recommendations.views.public.response_page import version_context

FEED_HAS = 50  # the newest responses
MISSING, GONE, WITHHELD = "public/not_found.html", "public/gone.html", "public/withheld.html"


@require_safe
@public
def responses(request: HttpRequest) -> HttpResponse:
    """The published responses, newest first."""
    return page(request, "public/responses/list.html", index(request.GET))


@require_safe
@public
def response(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The latest version of a response, or the notice that it was withdrawn."""
    return _version(request, year, slug)


@require_safe
@public
def version(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """One version, whether or not a later one replaced it."""
    return _version(request, year, slug, number)


def _version(request: HttpRequest, year: int, slug: str, number: int | None = None) -> HttpResponse:
    found = domain.find_published(year, slug)
    if found is None:
        raise Http404
    asked = found.version(number) if number else found.latest
    if not asked:
        raise Http404
    if found.withdrawn_on:
        return page(request, "public/responses/withdrawn.html", {"published": found})
    text = domain.read(asked.pk)
    context = version_context(found, asked, text)
    context |= {"former": former_name_of_body(found.body, text.body_name, localdate())}
    return page(request, "public/responses/response.html", context)


@require_safe
@public
def file(request: HttpRequest, year: int, slug: str, number: int, form: str) -> HttpResponse:
    """The PDF or the text of a version: the bytes as issued."""
    found = domain.find_file(year, slug, number, form)
    if found is None:
        raise Http404
    issued, why_not = found
    withdrawn, address = why_not == "withdrawn", reverse("public_response", args=[year, slug])
    if withdrawn:
        return page(request, GONE, {"address": address, "what": "response"}, status=410)
    if why_not:
        return page(request, WITHHELD, {"address": address}, status=410)
    if told := has_it(request, issued.sha256):
        return told
    return answer(request, bytes(issued.content), issued.media_type, etag=issued.sha256, name=issued.name)


@require_safe
@public
def feed(request: HttpRequest) -> HttpResponse:
    """The newest responses as an Atom feed."""
    return _data(request, "application/atom+xml; charset=utf-8", as_atom, most=FEED_HAS)


@require_safe
@public
def data_json(request: HttpRequest) -> HttpResponse:
    """All published responses with their parts, as JSON."""
    return _data(request, "application/json", as_json, name="published-responses.json")


@require_safe
@public
def data_csv(request: HttpRequest) -> HttpResponse:
    """All published responses with their parts, as CSV."""
    return _data(
        request, "text/csv; charset=utf-8", lambda entries, source: as_csv(entries), name="published-responses.csv"
    )


def _data(request: HttpRequest, kind: str, make: Callable, *, most: int | None = None, name: str = "") -> HttpResponse:
    """The data as a file, generated once for each state of what is published and then cached, as anyone may
    request it.
    """
    source = FeedSource(body_name(localdate()), _whole(reverse("public_responses")), _whole(request.path))
    entries = domain.list_responses()[:most]
    state = domain.digest(entries, source.office, source.itself)

    def made() -> Any:
        content = make(_feed_entries(entries), source)
        return content, hashlib.sha256(content).hexdigest()

    content, etag = cached_answer((len(entries), state), kind, made)
    return answer(request, content, kind, etag=etag, name=name)


def _feed_entries(entries: list[ListedResponse]) -> list[FeedEntry]:
    texts = domain.read_all(entries)
    addresses = [_whole(reverse("public_response", args=[each.year, each.slug])) for each in entries]
    return [FeedEntry(address, each, texts[each.pk]) for address, each in zip(addresses, entries, strict=True)]


def _whole(address: str) -> str:
    return f"{settings.ORIGIN}{address}"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page: in the public layout below the public addresses, elsewhere in the office's."""
    if request.path_info.startswith(reverse("public_responses")):
        return page(request, MISSING, {}, status=404)
    return render(request, "404.html", status=404)
