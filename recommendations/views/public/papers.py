"""Papers that the office made public, without sign-in: the list, each paper, its PDF, the feed."""

import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.documents.public.feeds import FeedSource
from recommendations.documents.public.paper_feed import PaperFeedEntry, papers_as_atom
from recommendations.domain.forces.in_force import body_name
from recommendations.domain.public import papers as domain
from recommendations.domain.public.paper_editions import parts_to_read
from recommendations.permissions import public
from recommendations.search_words import read_words
from recommendations.views.public.http import answer, has_it, page
from recommendations.views.public.index_page import search_words

PAGE = FEED_HAS = 50


@require_safe
@public
def papers(request: HttpRequest) -> HttpResponse:
    """The public papers, newest period first; with a search, those that contain the words."""
    words = search_words(request.GET)
    found = Paginator(domain.list_public_papers(read_words(words)), PAGE).get_page(request.GET.get("page"))
    years = [(year, list(of_it)) for year, of_it in groupby(found.object_list, key=lambda each: each.end.year)]
    query = f"{urlencode({'q': words})}&" if words else ""
    return page(request, "public/papers/list.html", {"page": found, "years": years, "q": words, "query": query})


@require_safe
@public
def paper(request: HttpRequest, slug: str, start: datetime.date, end: datetime.date, issue: int) -> HttpResponse:
    """One issue of a paper, or the notice that it was withdrawn."""
    found = domain.find_paper(slug, start, end, issue)
    if found is None:
        raise Http404
    if found.withdrawn_on:
        return page(request, "public/papers/withdrawn.html", {"paper": found})
    return page(request, "public/papers/paper.html", {"paper": found, "parts": parts_to_read(found.paper)})


@require_safe
@public
def papers_feed(request: HttpRequest) -> HttpResponse:
    """The most recently published papers, as an Atom feed."""
    newest = sorted(domain.list_public_papers(), key=lambda each: each.published_on, reverse=True)[:FEED_HAS]
    entries = [PaperFeedEntry(_whole("public_paper", *_address(each)), each) for each in newest]
    source = FeedSource(body_name(localdate()), _whole("public_papers"), _whole("public_papers_feed"))
    return answer(request, papers_as_atom(entries, source), "application/atom+xml; charset=utf-8")


def _address(each: domain.PublishedPaper) -> tuple:
    return each.slug, each.start, each.end, each.issue


def _whole(name: str, *address: Any) -> str:
    return f"{settings.ORIGIN}{reverse(name, args=address)}"


@require_safe
@public
def paper_file(request: HttpRequest, slug: str, start: datetime.date, end: datetime.date, issue: int) -> HttpResponse:
    """The PDF: the bytes as finalised."""
    found = domain.find_paper_file(slug, start, end, issue)
    if found is None:
        raise Http404
    file, withdrawn = found
    if withdrawn:
        address = reverse("public_paper", args=[slug, start, end, issue])
        return page(request, "public/gone.html", {"address": address, "what": "paper"}, status=410)
    if told := has_it(request, file.sha256):
        return told
    return answer(request, bytes(file.content), file.media_type, etag=file.sha256, name=file.name)
