"""Finalising a paper: a page shows its first page and what is missing; then it is finalised once."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.documents.papers.joint_document import joint_paper
from recommendations.domain.papers import missing
from recommendations.domain.papers import papers as domain
from recommendations.domain.papers.building import ask_to_finalise, check_before_asking
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.joint.counts import count_joint
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import ScrutinyReport
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.reauthentication import confirmed


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.FINALISE_PAPER)
@confirmed
def finalise(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show page 1 and what is missing; on POST, ask for the figures and the file to be made and filed.
    A second click finds what the first one asked for.
    """
    visible = ScrutinyReport.objects.visible_to(request.user).defer("file__content")
    found = get_object_or_404(visible.select_related("prepared_by", "force", "panel", "part_of", "file"), pk=pk)
    at = timezone.now()
    try:
        if request.method == "POST":
            return redirect(ask_to_finalise(paper=found, by=request.user, at=at))
        check_before_asking(found, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
        return redirect(found)
    return render(request, "papers/finalise.html", _shown(found, at))


def _shown(found: ScrutinyReport, at: datetime.datetime) -> dict:
    """Page 1 as it would be filed now, and what the paper lacks."""
    said: dict[str, Any] = {"author": domain.author_of(found), "created_at": at, "draft": True}
    context = {"paper": found, "period": Period(found.start, found.end), "is_excerpt": True}
    if found.is_joint:
        counted = count_joint(paper=found, known_at=at)
        lacks = missing.missing_of_joint(found, counted, at)
        return context | {"document": joint_paper(counted.figures, (), **said), "missing": lacks}
    document = scrutiny_paper(compile_figures(paper=found, known_at=at), **said)
    return context | {"document": document, "missing": missing.missing_of(found, at)}
