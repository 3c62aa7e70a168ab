"""The public page of a force, for the office: its releases, preparing one, and what a second person decides."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.force_pages import releases as verbs
from recommendations.domain.force_pages import subscribers
from recommendations.domain.force_pages.changes import changes_between, missing
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageFacts, digest_of
from recommendations.domain.force_pages.no_longer_public import no_longer_public
from recommendations.enums.force_pages import ReleaseState
from recommendations.forms.force_pages.releases import (
    PrepareForm,
    ReleasePageForm,
    RemoveAddressForm,
    ReturnPageForm,
    WithdrawReleaseForm,
)
from recommendations.models import Force, ForceRelease
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.public.force_page import ForcePage
from recommendations.views.site.act import act_on, sent

LOOK = "look"  # the button that shows what would be public and saves nothing
MOST_SHOWN = 50  # releases on a page
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _force(request, slug: str) -> Force:
    return get_object_or_404(Force.objects.visible_to(request.user), slug=slug)


def _release(request, pk: int) -> ForceRelease:
    rows = ForceRelease.on_file.visible_to(request.user).select_related("force", "prepared_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@allow(May.DRAFT_PAPER)
def force_page(request, slug: str):
    """What the public reads of a force, what waits, and the releases before."""
    force = _force(request, slug)
    rows = ForceRelease.on_file.visible_to(request.user).filter(force=force).select_related("prepared_by", "decided_by")
    released = verbs.last_released(force)
    stands = released if released and not released.withdrawn_at else None
    context = {
        "force": force,
        "rows": rows[:MOST_SHOWN],
        "waiting": rows.filter(state=ReleaseState.WAITING).first(),
        "released": released,
        "gone": no_longer_public(verbs.facts_of(stands), force) if stands else [],
        "subscribers": subscribers.confirmed(force),
    }
    return render(request, "force_pages/force.html", context)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def prepare(request, slug: str):
    """Choose, look at exactly what would be public and what changed, then send it to an approving officer."""
    force, today = _force(request, slug), london_day(timezone.now())
    form = PrepareForm(sent(request), force=force, before=verbs.choices_before(force), on=today)
    if request.method == "POST" and LOOK not in request.POST:

        def act(by, at):
            return verbs.prepare_release(
                force=force, choices=form.choices, seen=form.cleaned_data["seen"], by=by, at=at
            )

        if done := act_on(request, form, act, message="Sent. An approving officer releases it.", to=lambda made: made):
            return done
    context = {"force": force, "form": form} | _looked_at(form, force, today)
    return render(request, "force_pages/prepare.html", context, status=422 if form.errors else 200)


def _looked_at(form: PrepareForm, force: Force, today) -> dict:
    """What would be public with what is chosen; nothing where the form is new or has errors in its fields."""
    if not form.is_bound or any(name in form.errors for name in form.fields):
        return {}
    facts = compile_page(force=force, choices=form.choices, on=today)
    form.look_at(digest_of(facts.to_json()))
    return _shown(facts, verbs.last_released(force))


def _shown(facts: PageFacts, before: ForceRelease | None) -> dict:
    stands = before if before and not before.withdrawn_at else None
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
    """One release, as it was prepared: what it says, and while it waits what it would change."""
    found = _release(request, pk)
    facts = verbs.facts_of(found)
    may_withdraw = request.user.has_perm(May.FINALISE_PAPER)
    context = {"release": found, "force": found.force, "shown": ForcePage(facts), "may_withdraw": may_withdraw}
    if found.state == ReleaseState.WAITING:
        context |= _shown(facts, verbs.last_released(found.force))
        context |= {"gone": no_longer_public(facts, found.force), "may_release": _may_release(request.user, found)}
    return render(request, "force_pages/release.html", context)


def _may_release(user, found: ForceRelease) -> bool:
    return user.has_perm(May.FINALISE_PAPER) and found.prepared_by_id != user.pk


@shown_or_sent
@allow(May.FINALISE_PAPER)
def release_page(request, pk: int):
    """Release what was prepared by somebody else."""
    found, form = _release(request, pk), ReleasePageForm(sent(request))

    def act(by, at):
        return verbs.release_page(release=found, by=by, at=at)

    words = {"title": "Release", "button": "Release", "says": "Anyone can read it from now on, at its address, and "}
    words["says"] += "each person who asked for it gets one e-mail."
    return _decide(request, found, form, act, words, "Released. Anyone can read it now.")


@shown_or_sent
@allow(May.DRAFT_PAPER)
def return_page(request, pk: int):
    """Send back what was prepared, or take back one's own."""
    found, form = _release(request, pk), ReturnPageForm(sent(request))

    def act(by, at):
        return verbs.return_page(release=found, by=by, at=at, **form.verb_fields())

    words = {"title": "Send back", "button": "Send back", "says": "It is not released. A new one can be prepared."}
    return _decide(request, found, form, act, words, "Sent back.")


def _decide(request, found: ForceRelease, form, act, words: dict, message: str):
    if found.state != ReleaseState.WAITING and request.method != "POST":
        messages.error(request, "This release was decided already.")
        return redirect(found)
    return _act(request, found, form, act, words, message)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def withdraw_page(request, pk: int):
    """Take a release from the public."""
    found, form = _release(request, pk), WithdrawReleaseForm(sent(request))
    if found.number is None or found.withdrawn_at:
        messages.error(request, "Only what is public can be withdrawn.")
        return redirect(found)

    def act(by, at):
        return verbs.withdraw_page(release=found, by=by, at=at, **form.verb_fields())

    words = {"title": "Withdraw from the public", "button": "Withdraw", "says": "The page then says that it was "}
    words["says"] += "withdrawn, when and why. No earlier release takes its place."
    return _act(request, found, form, act, words, "Withdrawn from the public.")


def _act(request, found: ForceRelease, form, act, words: dict, message: str):
    done = request.method == "POST" and act_on(request, form, act, message=message, to=found)
    context = {"release": found, "force": found.force, "form": form, **words}
    return done or render(request, "force_pages/act.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def remove_address(request, slug: str):
    """Delete the address of somebody who asked the office to: what is answered does not say whether it was here."""
    force, form = _force(request, slug), RemoveAddressForm(sent(request))

    def act(by, at):
        return subscribers.remove_address(force=force, by=by, at=at, **form.verb_fields())

    to, message = reverse("force_page", args=[slug]), "This address gets no e-mails about the page."
    if done := request.method == "POST" and act_on(request, form, act, message=message, to=to):
        return done
    context = {"force": force, "form": form}
    return render(request, "force_pages/remove_address.html", context, status=422 if form.errors else 200)
