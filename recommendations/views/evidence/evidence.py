"""Evidence: linking it to a commitment, a recommendation or an assurance, and withdrawing a link."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from recommendations.domain.evidence import evidence
from recommendations.forms.evidence.evidence import PointForm, WithdrawEvidenceForm
from recommendations.models import Assurance, Commitment, Evidence, TrackedRecommendation, User
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

NOTHING_YET = (
    "Attendance shows here once an administrator keeps a panel of this force, and meetings once someone records who "
    "came."
)
NO_VISIT_YET = "Custody visits show here once someone records one."
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def point_from_commitment(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Link evidence that a commitment is kept, or what measures it."""
    found = Commitment.objects.visible_to(request.user).select_related("of__response")
    subject = get_object_or_404(found, pk=pk)
    return _point(request, subject, to=subject.get_absolute_url(), about=f"{subject}")


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def point_from_recommendation(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Link evidence for the state of a recommendation."""
    subject = get_object_or_404(TrackedRecommendation.objects.visible_to(request.user).with_record(), pk=pk)
    return _point(request, subject, to=subject.get_absolute_url(), about=f"Recommendation {subject}")


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def point_from_assurance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Link the evidence on which an assurance is based."""
    seen = Assurance.objects.filter(tracked__in=TrackedRecommendation.objects.visible_to(request.user))
    subject = get_object_or_404(seen.select_related("tracked__force"), pk=pk)
    return _point(request, subject, to=subject.tracked.get_absolute_url(), about=f"{subject}")


def _point(request: AuthenticatedRequest, subject: Any, *, to: str, about: str) -> HttpResponse:
    form = PointForm(submitted_data(request), subject=subject)

    def act(by: User, at: datetime.datetime) -> Evidence:
        return evidence.point_at(subject=subject, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Evidence linked.", to=to)
    said = {"form": form, "title": "Link evidence", "about": about, "back": to, "button": "Link it"}
    said["nothing"] = "" if form.sources else NOTHING_YET if Section.PANELS.is_on else NO_VISIT_YET
    return done or render(request, "evidence/do.html", said, status=422 if form.is_bound else 200)


@shown_or_sent
@allow(May.RECORD_MEETINGS)
def withdraw_evidence(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for a reason, then withdraw the link."""
    rows = Evidence.on_file.visible_to(request.user).in_sections_on()
    found = get_object_or_404(rows.select_related("meeting__panel", "panel", "channel_of", "assurance__tracked"), pk=pk)
    form, to = WithdrawEvidenceForm(submitted_data(request)), found.get_absolute_url()

    def act(by: User, at: datetime.datetime) -> Evidence:
        return evidence.withdraw_evidence(evidence=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Evidence withdrawn.", to=to)
    said = {
        "form": form,
        "title": "Withdraw evidence",
        "about": f"{found}",
        "back": to,
        "button": "Withdraw",
        "nothing": "",
    }
    return done or render(request, "evidence/do.html", said, status=422 if form.is_bound else 200)
