"""The office's pages about releases of force pages and versions of action plans: prepare, look, send back, withdraw."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.digests import sha256_of
from recommendations.domain.public import releases as verbs
from recommendations.enums.force_pages import ReleaseState
from recommendations.forms.site.base import VerbForm
from recommendations.forms.site.releases import PrepareReleaseForm, SendBackReleaseForm, WithdrawReleaseForm
from recommendations.models import Force, User
from recommendations.models.public.releases import Release
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

MOST_SHOWN = 50  # releases on a page
LOOK = "look"  # the button that previews what would be public and saves nothing
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


@dataclass(frozen=True, kw_only=True)
class ReleaseKind:
    """What sets the pages of force pages and action plans apart: their words, templates and functions.

    `noun` is what one is called, `done` that it is public. `overview`, `lacking` and `body` are templates: the list,
    what the facts lack, and the facts as the public reads them.
    """

    model: type[Release]
    title: str
    noun: str
    done: str
    decide: str
    advice: str
    send: str
    sent: str
    overview: str
    lacking: str
    body: str
    find_force: Callable[[Any, str], Force]  # (request, slug); raises Http404
    make_form: Callable[..., PrepareReleaseForm]  # (data, force=, on=)
    compile: Callable[[Any, Force, datetime.date], Any]  # (form, force, on) → facts, or None with errors in the form
    prepare: Callable[..., Release]  # the verb
    facts_of: Callable[[Any], Any]
    no_longer_public: Callable[[Any, Any], list[str]]  # (facts, release) → sentences
    context_of: Callable[[Any], dict]  # facts → what `body` needs
    compare: Callable[[Any, Any, Force, User], dict]  # (earlier facts or None, facts, …) → changes and what is lacking
    context_of_list: Callable[[Force, User, datetime.date], dict]

    @property
    def not_done(self) -> str:
        return f"Not {self.done.lower()}"

    @property
    def cannot(self) -> str:
        return f"It cannot be {self.done.lower()} as it is."

    @property
    def topic(self) -> str:
        """Its topic of the help, and its name in the address of a history."""
        return self.model.subject.replace("_", "-")

    @property
    def addresses(self) -> dict[str, str]:
        """The names of its addresses."""
        subject, public = self.model.subject, self.model.subject.removesuffix("_page")
        acts = {act: f"{act}_{subject}" for act in ("prepare", "return", "withdraw")}
        return {"list": subject, "decide": f"{self.decide.lower()}_{subject}", "public": f"public_{public}", **acts}


@require_safe
@allow(May.DRAFT_PAPER)
def release_list(request: AuthenticatedRequest, kind: ReleaseKind, slug: str) -> HttpResponse:
    """The public release of a force, the one that waits, and earlier ones."""
    force = kind.find_force(request, slug)
    rows = kind.model.on_file.visible_to(request.user).filter(force=force).select_related("prepared_by", "decided_by")
    released = rows.released().order_by("-number").first()
    context = {
        "kind": kind,
        "force": force,
        "rows": rows[:MOST_SHOWN],
        "waiting": rows.filter(state=ReleaseState.WAITING).first(),
        "released": released,
        "gone": kind.no_longer_public(kind.facts_of(released), released) if _is_public(released) else [],
    }
    context |= kind.context_of_list(force, request.user, london_day(timezone.now()))
    return render(request, kind.overview, context)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def prepare(request: AuthenticatedRequest, kind: ReleaseKind, slug: str) -> HttpResponse:
    """Preview what would be public and what changes, then send it to an approving officer."""
    force, today = kind.find_force(request, slug), london_day(timezone.now())
    form = kind.make_form(submitted_data(request), force=force, on=today)

    def act(by: User, at: datetime.datetime) -> Release:
        return kind.prepare(force=force, by=by, at=at, **form.verb_fields())

    is_sent = request.method == "POST" and LOOK not in request.POST
    if done := is_sent and submit_form(request, form, act, message=kind.sent, to=_itself):
        return done
    context = {"kind": kind, "force": force, "form": form}
    if facts := kind.compile(form, force, today):
        form.look_at(sha256_of(facts.to_json()))
        context |= _compared(kind, facts, force, request.user)
    return render(request, "site/release_prepare.html", context, status=422 if form.errors else 200)


@require_safe
@allow(May.DRAFT_PAPER)
def release(request: AuthenticatedRequest, kind: ReleaseKind, pk: int) -> HttpResponse:
    """One release as it was prepared; while it waits, also what it would change."""
    found = release_or_404(request, kind, pk)
    facts, may_finalise = kind.facts_of(found), request.user.has_perm(May.FINALISE_PAPER)
    context = {"kind": kind, "release": found, "force": found.force, "may_withdraw": may_finalise}
    if found.state == ReleaseState.WAITING:
        context |= _compared(kind, facts, found.force, request.user)
        context["gone"] = kind.no_longer_public(facts, found)
        context["may_release"] = may_finalise and found.prepared_by_id != request.user.pk
    else:
        context |= kind.context_of(facts)
    return render(request, "site/release.html", context)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def return_release(request: AuthenticatedRequest, kind: ReleaseKind, pk: int) -> HttpResponse:
    """Send back a prepared release, or take back your own."""
    found = release_or_404(request, kind, pk)
    verb = partial(verbs.return_release, release=found)
    return decide(request, kind, found, SendBackReleaseForm(submitted_data(request)), verb, SEND_BACK, "Sent back.")


@shown_or_sent
@allow(May.FINALISE_PAPER)
def withdraw_release(request: AuthenticatedRequest, kind: ReleaseKind, pk: int) -> HttpResponse:
    """Withdraw a public release."""
    found = release_or_404(request, kind, pk)
    if found.number is None or found.withdrawn_at:
        messages.error(request, "Only what is public can be withdrawn.")
        return redirect(found)
    form, verb = WithdrawReleaseForm(submitted_data(request)), partial(verbs.withdraw_release, release=found)
    return _submit(request, kind, found, form, verb, WITHDRAW, "Withdrawn from the public.")


def _itself(made: Release) -> Release:
    return made


def release_or_404(request: AuthenticatedRequest, kind: ReleaseKind, pk: int) -> Any:
    """A release of this kind, with its force, preparer and decider; raises Http404 if the user may not see it."""
    rows = kind.model.on_file.visible_to(request.user).select_related("force", "prepared_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


def _is_public(release: Release | None) -> bool:
    return release is not None and not release.withdrawn_at


def _compared(kind: ReleaseKind, facts: Any, force: Force, user: User) -> dict:
    """The facts with what changes since the public release, and what they lack."""
    last = verbs.last_released(kind.model, force)
    before = last if _is_public(last) else None
    earlier = kind.facts_of(before) if before else None
    return {"before": before, **kind.context_of(facts), **kind.compare(earlier, facts, force, user)}


def decide(
    request: AuthenticatedRequest,
    kind: ReleaseKind,
    release: Release,
    form: VerbForm,
    verb: Callable,
    words: dict,
    message: str,
) -> HttpResponse:
    """Decide a pending release with `verb(by=, at=)` and the form's fields, or show the form with these words
    (show_form)."""
    if release.state != ReleaseState.WAITING and request.method != "POST":
        messages.error(request, "This was decided already.")
        return redirect(release)
    return _submit(request, kind, release, form, verb, words, message)


def _submit(
    request: AuthenticatedRequest,
    kind: ReleaseKind,
    release: Release,
    form: VerbForm,
    verb: Callable,
    words: dict,
    message: str,
) -> HttpResponse:
    def act(by: User, at: datetime.datetime) -> Any:
        return verb(by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message=message, to=release)
    return done or show_form(request, kind, release, form, words)


def show_form(
    request: AuthenticatedRequest, kind: ReleaseKind, release: Release, form: VerbForm, words: dict[str, str]
) -> HttpResponse:
    """Render a form about a release: `words` are its title, button and explanation."""
    context = {"kind": kind, "release": release, "force": release.force, "form": form, **words}
    return render(request, "site/release_act.html", context, status=422 if form.errors else 200)
