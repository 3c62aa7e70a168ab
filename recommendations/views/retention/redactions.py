"""Redactions: the list, a proposal with every place of its words, and the decision by a second person."""

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.attachments.queries import files_not_read_whole
from recommendations.domain.retention import redactions as domain
from recommendations.domain.retention.filings import filings_of
from recommendations.domain.retention.places import TextPlaces, find, place_lines
from recommendations.domain.retention.words import SoughtWords
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.retention.retention import ConfirmForm, DeclineForm, ProposeForm
from recommendations.models import Attachment, Redaction, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

PAGE = 50
MOST_FILES = 200  # that were not read whole, on one page
FIND = "find"  # the button that searches for the words and saves nothing
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.REDACT)
def redactions(request: AuthenticatedRequest) -> HttpResponse:
    """Every redaction, newest first: pending, confirmed and declined."""
    rows = Redaction.objects.select_related("proposed_by", "decided_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "retention/redactions.html", {"page": page, "rows": page.object_list})


@shown_or_sent
@allow(May.REDACT)
def propose(request: AuthenticatedRequest) -> HttpResponse:
    """Search all texts for words, then propose to remove them."""
    form, found = ProposeForm(submitted_data(request)), None
    if request.method == "POST" and FIND in request.POST:
        found = _look_for(form)
    elif request.method == "POST":

        def act(by: User, at: datetime.datetime) -> Redaction:
            return domain.propose_redaction(by=by, at=at, **form.verb_fields())

        if done := submit_form(request, form, act, message="Proposed. Someone else decides.", to=lambda made: made):
            return done
    context = {"form": form} | (_places_context(request, found.places, found.words) if found else {})
    return render(request, "retention/propose.html", context, status=422 if form.errors else 200)


def _look_for(form: ProposeForm) -> domain.Proposal | None:
    form.is_valid()
    form.errors.pop("reason", None)  # needed only for the proposal
    if "words" in form.errors:
        return None
    try:
        return domain.look_for(form.cleaned_data["words"])
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def _places_context(request: AuthenticatedRequest, places: TextPlaces, words: SoughtWords) -> dict:
    page = Paginator(places.places, PAGE).get_page(request.GET.get("page"))
    unread = files_not_read_whole(Attachment.on_file.visible_to(request.user))
    context = {"places": places, "page": page, "lines": place_lines(list(page.object_list), words)}
    return context | {"unread": unread.with_subject()[:MOST_FILES], "unread_count": unread.count()}


@require_safe
@allow(May.REDACT)
def redaction(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One redaction: every place while it is pending, afterwards the filings that still have to be corrected."""
    found = get_object_or_404(Redaction.objects.select_related("proposed_by", "decided_by"), pk=pk)
    context = {"redaction": found, "filings": filings_of(found), "may_decide": _may_decide(request.user, found)}
    if found.words:
        words = SoughtWords(found.words)
        context |= _places_context(request, find(words), words)
    return render(request, "retention/redaction.html", context)


def _may_decide(user: User, redaction: Redaction) -> bool:
    return redaction.waits and redaction.proposed_by_id != user.pk and user.has_perm(May.DECIDE_REDACTION)


@shown_or_sent
@allow(May.DECIDE_REDACTION)
def confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Remove the words everywhere; every place must have been looked at."""
    found = get_object_or_404(Redaction.objects.select_related("proposed_by"), pk=pk)
    if not found.waits:
        return _redirect_when_spent(request, found)
    words = SoughtWords(found.words)
    places = find(words)
    form = ConfirmForm(submitted_data(request), initial={"seen": domain.mark_of(places)})

    def act(by: User, at: datetime.datetime) -> Redaction:
        return domain.confirm_redaction(redaction=found, by=by, at=at, **form.verb_fields())

    if done := request.method == "POST" and submit_form(request, form, act, message="Confirmed.", to=found):
        return done
    if form.errors:
        form.show_again(domain.mark_of(places))
    context = {"form": form, "redaction": found} | _places_context(request, places, words)
    return render(request, "retention/confirm.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DECIDE_REDACTION)
def decline(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Leave the words where they are, with a reason."""
    found = get_object_or_404(Redaction.objects.select_related("proposed_by"), pk=pk)
    if not found.waits:
        return _redirect_when_spent(request, found)
    form = DeclineForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> Redaction:
        return domain.decline_redaction(redaction=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Declined.", to=found)
    context = {"form": form, "redaction": found}
    return done or render(request, "retention/decline.html", context, status=422 if form.errors else 200)


def _redirect_when_spent(request: AuthenticatedRequest, redaction: Redaction) -> HttpResponse:
    messages.error(request, domain.SPENT)
    return redirect(redaction)
