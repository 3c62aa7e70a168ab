"""What the office's pages about releases share: the list, who may decide, sending back and withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from recommendations.enums.force_pages import ReleaseState
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.releases import SendBackReleaseForm, WithdrawReleaseForm
from recommendations.models import Force, User
from recommendations.models.releases import Release
from recommendations.permissions import May
from recommendations.views.submission.submit import submit_form, submitted_data

MOST_SHOWN = 50  # releases on a page
TEMPLATE = "site/release_act.html"
SEND_BACK = {
    "title": "Send back",
    "button": "Send back",
    "says": "It does not become public. A new one can be prepared.",
}
WITHDRAW = {
    "title": "Withdraw from the public",
    "button": "Withdraw",
    "says": "Its address then says that it was withdrawn, when and why. No earlier one takes its place.",
}
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def release_or_404[R: Release](request, kind: type[R], pk: int) -> R:
    """A release of this kind, with its force, preparer and decider; raises Http404 if the user may not see it."""
    rows = kind.on_file.visible_to(request.user).select_related("force", "prepared_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


def list_of(user: User, kind: type[Release], force: Force) -> dict[str, Any]:
    """The releases of a force, newest first; the pending one; the last public one. Three queries."""
    rows = kind.on_file.visible_to(user).filter(force=force).select_related("prepared_by", "decided_by")
    waiting = rows.filter(state=ReleaseState.WAITING).first()
    return {"rows": rows[:MOST_SHOWN], "waiting": waiting, "released": rows.released().order_by("-number").first()}


def standing(release: Release | None) -> Release | None:
    """The release, or None if it was withdrawn or there is none."""
    return release if release and not release.withdrawn_at else None


def may_release(user: User, release: Release) -> bool:
    """Whether this user may release it: no one releases what they prepared."""
    return user.has_perm(May.FINALISE_PAPER) and release.prepared_by_id != user.pk


def send_back(request, release: Release, verb: Callable, crumbs: str) -> HttpResponse:
    """Send back a pending release with `verb(reason=, by=, at=)`, or show the form. `crumbs` is a template."""
    form = SendBackReleaseForm(submitted_data(request))
    return decide(request, release, form, verb, SEND_BACK | {"crumbs": crumbs}, "Sent back.")


def decide(request, release: Release, form: VerbForm, verb: Callable, words: dict, message: str) -> HttpResponse:
    """Decide a pending release with `verb(by=, at=)` and the form's fields, or show the form with these words
    (show_form)."""
    if release.state != ReleaseState.WAITING and request.method != "POST":
        messages.error(request, "This was decided already.")
        return redirect(release)
    return _submit(request, release, form, verb, words, message)


def withdraw(request, release: Release, verb: Callable, crumbs: str) -> HttpResponse:
    """Withdraw a public release with `verb(reason=, by=, at=)`, or show the form. `crumbs` is a template."""
    form = WithdrawReleaseForm(submitted_data(request))
    if release.number is None or release.withdrawn_at:
        messages.error(request, "Only what is public can be withdrawn.")
        return redirect(release)
    return _submit(request, release, form, verb, WITHDRAW | {"crumbs": crumbs}, "Withdrawn from the public.")


def _submit(request, release: Release, form: VerbForm, verb: Callable, words: dict, message: str) -> HttpResponse:
    def act(by, at):
        return verb(by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message=message, to=release)
    return done or show_form(request, release, form, words)


def show_form(request, release: Release, form: VerbForm, words: dict[str, str]) -> HttpResponse:
    """Render a form about a release: `words` are its title, button, explanation and breadcrumbs template."""
    context = {"release": release, "force": release.force, "form": form, **words}
    return render(request, TEMPLATE, context, status=422 if form.errors else 200)
