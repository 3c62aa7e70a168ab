"""Accountability meetings, public without sign-in: agendas and minutes as they were released, their files, the feed."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.digests import canonical
from recommendations.documents.public.feeds import FeedSource
from recommendations.documents.public.meeting_files import meetings_as_atom
from recommendations.domain.accountability.data import MeetingFacts
from recommendations.domain.forces.in_force import body_name
from recommendations.domain.public.meetings import PublicMeeting, public_meetings, released_meetings
from recommendations.domain.public.released import stored_facts
from recommendations.domain.public.releases import issued_pdf
from recommendations.models import MeetingRelease
from recommendations.permissions import public
from recommendations.views.public.http import answer, has_it, page
from recommendations.views.public.releases import whole

FEED_HAS = 50


@require_safe
@public
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings whose agenda or minutes are public, of all forces."""
    return page(request, "public/meetings/list.html", {"meetings": public_meetings(), "force": "", "slug": ""})


@require_safe
@public
def force_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of one force; 404 if there was never one."""
    force = _releases_or_404(slug)[0].release.present_name
    context = {"meetings": public_meetings(slug), "force": force, "slug": slug}
    return page(request, "public/meetings/list.html", context)


def _releases_or_404(slug: str) -> list[PublicMeeting]:
    if not (found := released_meetings(slug)):
        raise Http404
    return found


def _with_number(meetings: list[PublicMeeting], number: int) -> PublicMeeting:
    chosen = next((each for each in meetings if each.release.number == number), None)
    if chosen is None:
        raise Http404
    return chosen


@require_safe
@public
def meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One release, whether or not a later one of the same meeting replaced it; or the notice that it was withdrawn."""
    found = _releases_or_404(slug)
    shown = _with_number(found, number)
    if shown.release.withdrawn_on:
        return page(request, "public/meetings/withdrawn.html", {"release": shown.release})
    same = [each for each in found if each.meeting == shown.meeting and not each.release.withdrawn_on]
    facts = MeetingFacts.from_json(stored_facts(MeetingRelease, shown.release))
    context = {"release": shown.release, "newest": same[0].release, "facts": facts}
    return page(request, "public/meetings/meeting.html", context)


@require_safe
@public
def file(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """A release as a file: its PDF as it was released, or its data as JSON."""
    found = _with_number(_releases_or_404(slug), number).release
    address = reverse("public_meeting_release", args=[slug, number])
    if found.withdrawn_on:
        return page(request, "public/gone.html", {"address": address, "what": "release"}, status=410)
    name = f"{slug}-meeting-release-{number}.{form}"
    etag = hashlib.sha256(f"{found.sha256} {name}".encode()).hexdigest()
    if told := has_it(request, etag):
        return told
    if form == "pdf":
        if (issued := issued_pdf(MeetingRelease, found.pk, found.sha256)) is None:
            return page(request, "public/withheld.html", {"address": address}, status=410)
        return answer(request, bytes(issued.content), issued.media_type, etag=etag, name=name)
    if form != "json":
        raise Http404
    content = canonical(stored_facts(MeetingRelease, found)).encode()
    return answer(request, content, "application/json", etag=etag, name=name)


@require_safe
@public
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The releases of a force that are not withdrawn, as an Atom feed."""
    found = _releases_or_404(slug)
    shown = [each for each in found if not each.release.withdrawn_on][:FEED_HAS]
    source = FeedSource(body_name(localdate()), whole("public_meeting", slug), whole("public_meeting_feed", slug))
    entries = [(whole("public_meeting_release", slug, each.release.number), each) for each in shown]
    content = meetings_as_atom(entries, source, found[0].release.present_name)
    return answer(request, content, "application/atom+xml; charset=utf-8")
