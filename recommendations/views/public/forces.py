"""The public page of each force, without sign-in: as released, its data and its feed."""

import hashlib

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.documents.public.feeds import FeedSource
from recommendations.documents.public.force_files import as_file, releases_as_atom
from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.forces.in_force import body_name
from recommendations.domain.public.following import former_name_of_force
from recommendations.domain.public.released import PublicRelease, newest_releases, stored_facts
from recommendations.models import ForceRelease
from recommendations.permissions import public
from recommendations.views.public.force_page import ForcePage
from recommendations.views.public.http import answer, has_it, page
from recommendations.views.public.releases import release_with_number, releases_or_404, whole

PAGE = 50
FEED_HAS = 50


@require_safe
@public
def forces(request: HttpRequest) -> HttpResponse:
    """The forces that have a public page."""
    context = {"releases": newest_releases(ForceRelease), "today": localdate()}
    return page(request, "public/force_pages/list.html", context)


@require_safe
@public
def force(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest release, or the notice that it was withdrawn."""
    return _release(request, slug)


@require_safe
@public
def release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One release, whether or not a later one replaced it."""
    return _release(request, slug, number)


def _release(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    releases = releases_or_404(ForceRelease, slug)
    found = release_with_number(releases, number) if number else releases[0]
    context = {"release": found, "newest": releases[0], "releases": releases}
    if found.withdrawn_on:
        return page(request, "public/force_pages/withdrawn.html", context)
    context |= {"shown": _force_page(found), "sign_up": whole("force_emails", slug)}
    context |= {"former": former_name_of_force(found, localdate())}
    return page(request, "public/force_pages/force.html", context)


def _force_page(release: PublicRelease) -> ForcePage:
    return ForcePage(PageFacts.from_json(stored_facts(ForceRelease, release)))


@require_safe
@public
def open_lines(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All open recommendations of a release, paginated."""
    found = release_with_number(releases_or_404(ForceRelease, slug), number)
    if found.withdrawn_on:
        return _gone_response(request, found)
    shown = _force_page(found)
    lines = Paginator(shown.lines, PAGE).get_page(request.GET.get("page"))
    return page(request, "public/force_pages/open.html", {"release": found, "shown": shown, "page": lines})


@require_safe
@public
def file(request: HttpRequest, slug: str, number: int, name: str, form: str) -> HttpResponse:
    """The data of a release: all of it as JSON, or a table as CSV."""
    found = release_with_number(releases_or_404(ForceRelease, slug), number)
    if found.withdrawn_on:
        return _gone_response(request, found)
    etag = hashlib.sha256(f"{found.sha256} {name}.{form}".encode()).hexdigest()
    if told := has_it(request, etag):
        return told
    if (made := as_file(stored_facts(ForceRelease, found), name, form)) is None:
        raise Http404
    return answer(request, made.content, made.media_type, etag=etag, name=f"{slug}-release-{number}-{name}.{form}")


def _gone_response(request: HttpRequest, release: PublicRelease) -> HttpResponse:
    address = reverse("public_force_release", args=[release.slug, release.number])
    return page(request, "public/gone.html", {"address": address, "what": "release"}, status=410)


@require_safe
@public
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The releases of a force that are not withdrawn, as an Atom feed."""
    releases = [each for each in releases_or_404(ForceRelease, slug) if not each.withdrawn_on][:FEED_HAS]
    source = FeedSource(body_name(localdate()), whole("public_force", slug), whole("public_force_feed", slug))
    entries = [(whole("public_force_release", slug, each.number), each) for each in releases]
    return answer(request, releases_as_atom(entries, source), "application/atom+xml; charset=utf-8")
