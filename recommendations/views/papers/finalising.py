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
from recommendations.domain.papers.building import ask_to_finalise, compile_to_finalise, contradictions_in
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.joint.papers import CompiledJoint
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.forms.papers.finalising import FinaliseForm
from recommendations.models import PaperBuild, ScrutinyReport, User
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
    at, form = timezone.now(), FinaliseForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST":
            done = _ask(found, form, by=request.user, at=at)
            if done:
                return redirect(done)
        compiled = compile_to_finalise(found, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        if isinstance(refusal, NotAllowed):
            request.refusal = refusal.message
        return redirect(found)
    context = _preview_context(found, compiled, at) | {"form": form}
    return render(request, "papers/finalise.html", context, status=422 if form.errors else 200)


def _ask(paper: ScrutinyReport, form: FinaliseForm, *, by: User, at: datetime.datetime) -> PaperBuild | None:
    """Ask for the paper to be finalised. None if its figures contradict its words and the form does not accept it."""
    despite = form.is_valid() and form.cleaned_data["despite_figures"]
    try:
        return ask_to_finalise(paper=paper, by=by, at=at, despite_figures=despite)
    except Refusal as refusal:
        if refusal.code != "contradicted":
            raise
        form.refuse(refusal)
        return None


def _preview_context(paper: ScrutinyReport, compiled: Figures | CompiledJoint, at: datetime.datetime) -> dict:
    """Page 1 as it would be filed now, and what the paper lacks."""
    said: dict[str, Any] = {"author": domain.author_of(paper), "created_at": at, "draft": True}
    context = {
        "paper": paper,
        "period": Period(paper.start, paper.end),
        "is_excerpt": True,
        "contradictions": contradictions_in(compiled),
    }
    if isinstance(compiled, CompiledJoint):
        lacks = missing.missing_of_joint(paper, compiled, at)
        return context | {"document": joint_paper(compiled.figures, (), **said), "missing": lacks, "parts": {}}
    document = scrutiny_paper(compiled, **said)
    parts = {heading.anchor: heading.words for heading in document.contents}
    return context | {"document": document, "missing": missing.missing_of(paper, compiled, at), "parts": parts}
