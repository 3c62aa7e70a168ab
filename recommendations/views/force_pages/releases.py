"""The public page of a force, for the office: its releases, preparing one, and the decision by a second person."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.digests import sha256_of
from recommendations.domain.force_pages import releases as verbs
from recommendations.domain.force_pages import subscribers
from recommendations.domain.force_pages.changes import changes_between, missing
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.enums.force_pages import ReleaseState
from recommendations.forms.force_pages.releases import PrepareForm, RemoveAddressForm
from recommendations.forms.site.releases import ConfirmReleaseForm
from recommendations.models import Force, ForceRelease
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.public.force_page import ForcePage
from recommendations.views.site.releases import (
    decide,
    list_of,
    may_release,
    release_or_404,
    send_back,
    shown_or_sent,
    standing,
    withdraw,
)
from recommendations.views.submission.submit import submit_form, submitted_data

LOOK = "look"  # the button that previews what would be public and saves nothing
CRUMBS = "force_pages/crumbs.html"
RELEASE = {
    "title": "Release",
    "button": "Release",
    "says": "Anyone can read it from now on, at its address, and each person who asked for it gets one e-mail.",
    "crumbs": CRUMBS,
}


def _force(request, slug: str) -> Force:
    return get_object_or_404(Force.objects.visible_to(request.user), slug=slug)


def _release(request, pk: int) -> ForceRelease:
    return release_or_404(request, ForceRelease, pk)


@require_safe
@allow(May.DRAFT_PAPER)
def force_page(request, slug: str):
    """The public release of a force, the one that waits, and earlier ones."""
    force = _force(request, slug)
    listed = list_of(request.user, ForceRelease, force)
    stands = standing(listed["released"])
    gone = no_longer_public(verbs.facts_of(stands), force) if stands else []
    context = {"force": force, "gone": gone, "subscribers": subscribers.confirmed(force)} | listed
    return render(request, "force_pages/force.html", context)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def prepare(request, slug: str):
    """Choose the content, preview what would be public and what changes, then send it to an approving officer."""
    force, today = _force(request, slug), london_day(timezone.now())
    form = PrepareForm(submitted_data(request), force=force, before=verbs.choices_before(force), on=today)
    if request.method == "POST" and LOOK not in request.POST:

        def act(by, at):
            return verbs.prepare_release(
                force=force, choices=form.choices, seen=form.cleaned_data["seen"], by=by, at=at
            )

        if done := submit_form(
            request, form, act, message="Sent. An approving officer releases it.", to=lambda made: made
        ):
            return done
    context = {"force": force, "form": form} | _looked_at(form, force, today)
    return render(request, "force_pages/prepare.html", context, status=422 if form.errors else 200)


def _looked_at(form: PrepareForm, force: Force, today) -> dict:
    """What would be public with these choices; nothing if the form is new or has errors in its fields."""
    if not form.is_bound or any(name in form.errors for name in form.fields):
        return {}
    facts = compile_page(force=force, choices=form.choices, on=today)
    form.look_at(sha256_of(facts.to_json()))
    return _shown(facts, verbs.page_of(force))


def _shown(facts: PageFacts, before: ForceRelease | None) -> dict:
    stands = standing(before)
    was = verbs.facts_of(stands) if stands else None
    return {
        "shown": ForcePage(facts),
        "before": stands,
        "changes": changes_between(was, facts),
        "missing": missing(facts),
    }


@require_safe
@allow(May.DRAFT_PAPER)
def release(request, pk: int):
    """One release as it was prepared; while it waits, also what it would change."""
    found = _release(request, pk)
    facts = verbs.facts_of(found)
    may_withdraw = request.user.has_perm(May.FINALISE_PAPER)
    context = {"release": found, "force": found.force, "shown": ForcePage(facts), "may_withdraw": may_withdraw}
    if found.state == ReleaseState.WAITING:
        context |= _shown(facts, verbs.page_of(found.force))
        context |= {"gone": no_longer_public(facts, found.force), "may_release": may_release(request.user, found)}
    return render(request, "force_pages/release.html", context)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def release_page(request, pk: int):
    """Release what another person prepared."""
    found = _release(request, pk)
    verb, form = partial(verbs.release_page, release=found), ConfirmReleaseForm(submitted_data(request))
    return decide(request, found, form, verb, RELEASE, "Released. Anyone can read it now.")


@shown_or_sent
@allow(May.DRAFT_PAPER)
def return_page(request, pk: int):
    """Send back a prepared release, or take back your own."""
    found = _release(request, pk)
    return send_back(request, found, partial(verbs.return_page, release=found), CRUMBS)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def withdraw_page(request, pk: int):
    """Withdraw a public release."""
    found = _release(request, pk)
    return withdraw(request, found, partial(verbs.withdraw_page, release=found), CRUMBS)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def remove_address(request, slug: str):
    """Delete an address at its owner's request. The answer does not reveal whether it was subscribed."""
    force, form = _force(request, slug), RemoveAddressForm(submitted_data(request))

    def act(by, at):
        return subscribers.remove_address(force=force, by=by, at=at, **form.verb_fields())

    to, message = reverse("force_page", args=[slug]), "This address gets no e-mails about the page."
    if done := request.method == "POST" and submit_form(request, form, act, message=message, to=to):
        return done
    context = {"force": force, "form": form}
    return render(request, "force_pages/remove_address.html", context, status=422 if form.errors else 200)
