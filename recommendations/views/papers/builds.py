"""Progress of building a paper's file: a page that polls, and the PDF of a large draft."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recommendations.domain.papers import builds
from recommendations.domain.papers.downloads import DRAFT_PDF
from recommendations.domain.papers.papers import file_name
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import BuildKind, BuildState
from recommendations.models import PaperBuild, ScrutinyReport
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.papers.downloads import note_download
from recommendations.views.register.exports import file_answer, progress_answer
from recommendations.views.site.requests import AuthenticatedRequest

FINALISED = "Finalised. The figures and the file are kept as they are now."


def _build(request: AuthenticatedRequest, pk: int, build: int) -> PaperBuild:
    visible = PaperBuild.objects.visible_to(request.user).defer("content", "paper__figures")
    found = visible.select_related("paper__force", "paper__panel", "asked_by")
    return get_object_or_404(found, pk=build, paper=pk)


def builds_of(paper: ScrutinyReport, at: datetime.datetime) -> dict:
    """The context of a draft's page: running builds, the file that was built, and why the last build failed."""
    if not paper.is_draft:
        return {}
    latest = builds.latest_of(paper)
    told = {kind: builds.progress_of(build, at) for kind, build in latest.items()}
    going = {kind: build for kind, build in latest.items() if told[kind].is_unfinished}
    wrong = {kind: progress.problem for kind, progress in told.items()}
    preview = latest.get(BuildKind.PREVIEW)
    return {
        "is_large": builds.is_large(paper),
        "finalising": going.get(BuildKind.FINALISE),
        "not_finalised": wrong.get(BuildKind.FINALISE),
        "making": going.get(BuildKind.PREVIEW),
        "not_made": wrong.get(BuildKind.PREVIEW),
        "made": preview if preview and preview.state == BuildState.DONE else None,
    }


@require_POST
@allow(May.DRAFT_PAPER)
def build_draft(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for the PDF of a large draft."""
    papers = ScrutinyReport.objects.visible_to(request.user).defer("figures")
    found = get_object_or_404(papers, pk=pk)
    try:
        return redirect(builds.ask(paper=found, kind=BuildKind.PREVIEW, by=request.user, at=timezone.now()))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(found)


@require_safe
@allow(May.DRAFT_PAPER)
def paper_build(request: AuthenticatedRequest, pk: int, build: int) -> HttpResponse:
    """The progress page; redirects to the paper once it is finalised."""
    found = _build(request, pk, build)
    if found.kind == BuildKind.FINALISE and found.state == BuildState.DONE:
        messages.success(request, FINALISED)
        return redirect(found.paper)
    paper, progress = found.paper, builds.progress_of(found, timezone.now())
    again = {BuildKind.FINALISE: May.FINALISE_PAPER, BuildKind.PREVIEW: May.DRAFT_PAPER}[BuildKind(found.kind)]
    context = {
        "build": found,
        "paper": paper,
        "period": Period(paper.start, paper.end),
        "progress": progress,
        "finalises": found.kind == BuildKind.FINALISE,
        "is_made": found.state == BuildState.DONE and builds.has_file(found),
        "may_try_again": progress.problem and paper.is_draft and request.user.has_perm(again),
    }
    return render(request, "papers/build.html", context)


@require_safe
@allow(May.DRAFT_PAPER)
def build_progress(request: AuthenticatedRequest, pk: int, build: int) -> HttpResponse:
    """The progress as JSON, for the page's script."""
    return progress_answer(builds.progress_of(_build(request, pk, build), timezone.now()))


@require_safe
@allow(May.DRAFT_PAPER)
def paper_build_file(request: AuthenticatedRequest, pk: int, build: int) -> HttpResponse:
    """The PDF of a draft as of its build. It is kept until a newer one is built or the paper is finalised."""
    found = get_object_or_404(
        PaperBuild.objects.visible_to(request.user).select_related("paper__force"),
        pk=build,
        paper=pk,
        content__isnull=False,
    )
    note_download(request, found.paper, DRAFT_PDF)
    return file_answer(f"draft-{file_name(found.paper)}", "application/pdf", bytes(found.content))
