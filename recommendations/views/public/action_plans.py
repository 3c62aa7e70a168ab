"""Action plans for fire inspections, public without sign-in: each version, its files, the feed."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from recommendations.documents.public.feeds import FeedSource
from recommendations.documents.public.plan_files import plan_file, plans_as_atom
from recommendations.domain.action_plans.data import PlanFacts
from recommendations.domain.forces.in_force import body_name
from recommendations.domain.public.following import former_name_of_force
from recommendations.domain.public.released import newest_releases, stored_facts
from recommendations.domain.public.releases import issued_pdf
from recommendations.models import ActionPlan
from recommendations.permissions import public
from recommendations.views.public.http import answer, has_it, page
from recommendations.views.public.releases import release_with_number, releases_or_404, whole

FEED_HAS = 50


@require_safe
@public
def plans(request: HttpRequest) -> HttpResponse:
    """The public action plans."""
    return page(request, "public/action_plans/list.html", {"plans": newest_releases(ActionPlan)})


@require_safe
@public
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest version, or the notice that it was withdrawn."""
    return _version(request, slug)


@require_safe
@public
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, whether or not a later one replaced it."""
    return _version(request, slug, number)


def _version(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    versions = releases_or_404(ActionPlan, slug)
    found = release_with_number(versions, number) if number else versions[0]
    context = {"plan": found, "newest": versions[0], "versions": versions}
    if found.withdrawn_on:
        return page(request, "public/action_plans/withdrawn.html", context)
    context |= {"facts": PlanFacts.from_json(stored_facts(ActionPlan, found))}
    context |= {"former": former_name_of_force(found, localdate())}
    return page(request, "public/action_plans/plan.html", context)


@require_safe
@public
def file(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """A version as a file: the PDF as it was published, or its data as JSON or CSV."""
    found = release_with_number(releases_or_404(ActionPlan, slug), number)
    if found.withdrawn_on:
        address = reverse("public_action_plan_version", args=[slug, number])
        return page(request, "public/gone.html", {"address": address, "what": "version"}, status=410)
    name = f"{slug}-action-plan-version-{number}.{form}"
    etag = hashlib.sha256(f"{found.sha256} {name}".encode()).hexdigest()
    if told := has_it(request, etag):
        return told
    if form == "pdf":
        if (issued := issued_pdf(ActionPlan, found.pk, found.sha256)) is None:
            address = reverse("public_action_plan_version", args=[slug, number])
            return page(request, "public/withheld.html", {"address": address}, status=410)
        return answer(request, bytes(issued.content), issued.media_type, etag=etag, name=name)
    if (made := plan_file(stored_facts(ActionPlan, found), form)) is None:
        raise Http404
    return answer(request, made.content, made.media_type, etag=etag, name=name)


@require_safe
@public
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions of a plan that are not withdrawn, as an Atom feed."""
    versions = [each for each in releases_or_404(ActionPlan, slug) if not each.withdrawn_on][:FEED_HAS]
    here, itself = whole("public_action_plan", slug), whole("public_action_plan_feed", slug)
    source = FeedSource(body_name(localdate()), here, itself)
    entries = [(whole("public_action_plan_version", slug, each.number), each) for each in versions]
    return answer(request, plans_as_atom(entries, source), "application/atom+xml; charset=utf-8")
