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
from recommendations.domain.papers.building import ask_to_finalise, compile_to_finalise
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.papers import CompiledJoint
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.models import ScrutinyReport
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.reauthentication import require_recent_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.FINALISE_PAPER)
@require_recent_sign_in
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
        compiled = compile_to_finalise(found, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
        return redirect(found)
    return render(request, "papers/finalise.html", _preview_context(found, compiled, at))


def _preview_context(paper: ScrutinyReport, compiled: Figures | CompiledJoint, at: datetime.datetime) -> dict:
    """Page 1 as it would be filed now, and what the paper lacks."""
    said: dict[str, Any] = {"author": domain.author_of(paper), "created_at": at, "draft": True}
    context = {"paper": paper, "period": Period(paper.start, paper.end), "is_excerpt": True}
    if isinstance(compiled, CompiledJoint):
        lacks = missing.missing_of_joint(paper, compiled, at)
        return context | {"document": joint_paper(compiled.figures, (), **said), "missing": lacks}
    document = scrutiny_paper(compiled, **said)
    return context | {"document": document, "missing": missing.missing_of(paper, compiled, at)}
