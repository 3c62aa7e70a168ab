"""What the public reads of accountability meetings, for the office: what sets its releases apart, and the release."""

import datetime
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from recommendations.documents.accountability.meeting_pdf import released_meeting_pdf
from recommendations.domain.accountability.data import MeetingFacts, statements
from recommendations.domain.force_pages.changes import statement_changes
from recommendations.domain.public import meetings as verbs
from recommendations.domain.writing.refusals import NotAllowed, Refusal, RenderFailed
from recommendations.enums.force_pages import ReleaseState
from recommendations.forms.accountability.releases import PrepareMeetingForm
from recommendations.forms.site.releases import ConfirmReleaseForm
from recommendations.models import AccountabilityMeeting, Force, MeetingRelease, User
from recommendations.permissions import May, allow
from recommendations.views.site.releases import ReleaseKind, prepare, release_or_404, show_form, shown_or_sent
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submitted_data

RELEASE = {"title": "Release", "button": "Release", "says": "Anyone can read it from now on, at its address."}


def _force(request: AuthenticatedRequest, slug: str) -> Force:
    """The force; raises Http404 if it has no meeting that the user sees."""
    found = get_object_or_404(Force.objects.visible_to(request.user), slug=slug)
    if not AccountabilityMeeting.objects.visible_to(request.user).filter(force=found).exists():
        raise Http404
    return found


def _compile(form: PrepareMeetingForm, force: Force, on: datetime.date) -> MeetingFacts | None:
    """What would be public of the chosen meeting; None until one is chosen."""
    meeting = form.meeting_to_show
    return verbs.compile_meeting(meeting=meeting, user=form.by, on=on) if meeting else None


def _compare(before: MeetingFacts | None, facts: MeetingFacts, force: Force, user: User) -> dict[str, Any]:
    is_same = before is not None and (before.title, before.on) == (facts.title, facts.on)
    was = statements(before) if before is not None and is_same else {}
    return {"changes": statement_changes(was, statements(facts))}


MEETING_PAGE = ReleaseKind(
    model=MeetingRelease,
    title="Public meetings",
    noun="release",
    done="Released",
    decide="Release",
    advice="Choose one, look at what would be public, then send it. An approving officer, never you, releases it.",
    send="Send for release",
    sent="Sent. An approving officer releases it.",
    overview="accountability/releases.html",
    lacking="accountability/lacking.html",
    body="public/meetings/body.html",
    find_force=_force,
    make_form=PrepareMeetingForm,
    compile=_compile,
    prepare=verbs.prepare_meeting_page,
    facts_of=verbs.facts_of,
    no_longer_public=verbs.restricted_since,
    context_of=lambda facts: {"facts": facts},
    compare=_compare,
    context_of_list=lambda force, user, on: {},
)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def prepare_meeting_page(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Choose a meeting, preview what would be public, then send it to an approving officer."""

    def make_form(data: QueryDict | None, *, force: Force, on: datetime.date) -> PrepareMeetingForm:
        return PrepareMeetingForm(data, force=force, by=request.user, chosen=request.GET.get("meeting", ""))

    return prepare(request, replace(MEETING_PAGE, make_form=make_form), slug)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def release_meeting_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Release what another person prepared, outside a transaction because making the PDF takes time."""
    found, form = release_or_404(request, MEETING_PAGE, pk), ConfirmReleaseForm(submitted_data(request))
    if found.state == ReleaseState.WAITING and form.is_bound and form.is_valid():
        _release(request, found, form)
        found = release_or_404(request, MEETING_PAGE, pk)
    if found.state != ReleaseState.WAITING:
        return redirect(found)
    return show_form(request, MEETING_PAGE, found, form, RELEASE)


def _release(request: AuthenticatedRequest, release: MeetingRelease, form: ConfirmReleaseForm) -> None:
    try:
        made = verbs.release_meeting(release=release, render=released_meeting_pdf, by=request.user, at=timezone.now())
    except RenderFailed as failed:
        form.add_error(None, f"Nothing is released. {failed.reason}")
    except Refusal as refusal:
        form.refuse(refusal)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
    else:
        messages.success(request, f"Released: release {made.number}, with its PDF.")
