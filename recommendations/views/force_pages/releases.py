"""The public page of a force, for the office: what sets its releases apart, the release, and an address to delete."""

import datetime
from functools import partial

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from recommendations.domain.force_pages import releases as verbs
from recommendations.domain.force_pages import subscribers
from recommendations.domain.force_pages.changes import changes_between
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.force_pages.missing import missing
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.forms.force_pages.releases import PreparePageForm, RemoveAddressForm
from recommendations.forms.site.releases import ConfirmReleaseForm
from recommendations.models import Force, ForceRelease, User
from recommendations.permissions import May, allow
from recommendations.views.public.force_page import ForcePage
from recommendations.views.site.releases import ReleaseKind, decide, release_or_404, shown_or_sent
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

RELEASE = {
    "title": "Release",
    "button": "Release",
    "says": "Anyone can read it from now on, at its address, and each person who asked for it gets one email.",
}


def _force(request: AuthenticatedRequest, slug: str) -> Force:
    return get_object_or_404(Force.objects.visible_to(request.user), slug=slug)


def _form(data: QueryDict | None, *, force: Force, on: datetime.date) -> PreparePageForm:
    return PreparePageForm(data, force=force, before=verbs.choices_before(force), on=on)


def _compile(form: PreparePageForm, force: Force, on: datetime.date) -> PageFacts | None:
    """What would be public with these choices; None if the form is new or has errors in its fields."""
    if not form.is_bound or any(name in form.errors for name in form.fields):
        return None
    return compile_page(force=force, choices=form.choices, on=on)


def _compare(before: PageFacts | None, facts: PageFacts, force: Force, user: User) -> dict:
    return {"changes": changes_between(before, facts), "missing": missing(facts)}


FORCE_PAGE = ReleaseKind(
    model=ForceRelease,
    title="Public page",
    noun="release",
    done="Released",
    decide="Release",
    advice="Choose, look at what would be public, then send it. An approving officer, never you, releases it.",
    send="Send for release",
    sent="Sent. An approving officer releases it.",
    overview="force_pages/force.html",
    lacking="force_pages/missing.html",
    body="force_pages/body.html",
    find_force=_force,
    make_form=_form,
    compile=_compile,
    prepare=verbs.prepare_release,
    facts_of=verbs.facts_of,
    no_longer_public=lambda facts, release: no_longer_public(facts, release.force),
    context_of=lambda facts: {"shown": ForcePage(facts)},
    compare=_compare,
    context_of_list=lambda force, user, on: {"subscribers": subscribers.confirmed_count(force)},
)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def release_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Release what another person prepared."""
    found = release_or_404(request, FORCE_PAGE, pk)
    verb, form = partial(verbs.release_page, release=found), ConfirmReleaseForm(submitted_data(request))
    return decide(request, FORCE_PAGE, found, form, verb, RELEASE, "Released. Anyone can read it now.")


@shown_or_sent
@allow(May.DRAFT_PAPER)
def remove_address(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Delete an address at its owner's request. The answer does not reveal whether it was subscribed."""
    force, form = _force(request, slug), RemoveAddressForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> None:
        return subscribers.remove_address(force=force, by=by, at=at, **form.verb_fields())

    to, message = reverse("force_page", args=[slug]), "This address gets no emails about the page."
    if done := request.method == "POST" and submit_form(request, form, act, message=message, to=to):
        return done
    context = {"kind": FORCE_PAGE, "force": force, "form": form}
    return render(request, "force_pages/remove_address.html", context, status=422 if form.errors else 200)
