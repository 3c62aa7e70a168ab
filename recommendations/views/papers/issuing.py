"""Issuing a finalised paper to a committee's meeting, and withdrawing that."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.domain.papers import issuing
from recommendations.domain.papers.sections.author_text import words_of
from recommendations.forms.papers.issuing import IssueForm, WithdrawIssueForm
from recommendations.models import PaperIssue, ScrutinyReport, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.papers.factual_check_page import ACT, words_of_act
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_or_render

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _paper(request: AuthenticatedRequest, pk: int) -> ScrutinyReport:
    papers = ScrutinyReport.objects.visible_to(request.user).select_related("force", "panel").defer("figures")
    return get_object_or_404(papers, pk=pk)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def issue_paper(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Issue a finalised paper to a meeting; the form starts with the meeting in the paper's text."""
    paper = _paper(request, pk)
    if why_not := issuing.why_not_issued(paper):
        messages.error(request, why_not)
        return redirect(paper)
    words = words_of(paper)
    meets_on = words.meets_on if words.meets_on and words.meets_on >= london_day(timezone.now()) else None
    starts = {"panel": paper.panel, "item": words.item, "meeting_on": meets_on}
    form = IssueForm(
        request.POST if request.method == "POST" else None, initial=starts, today=london_day(timezone.now())
    )

    def act(by: User, at: datetime.datetime) -> PaperIssue:
        return issuing.issue_paper(paper=paper, by=by, at=at, **form.verb_fields())

    return submit_or_render(
        request, form, act, ACT, words_of_act("issue", paper), message="Issued to the meeting.", to=paper
    )


@shown_or_sent
@allow(May.DRAFT_PAPER)
def withdraw_issue(request: AuthenticatedRequest, pk: int, meeting: int) -> HttpResponse:
    """Withdraw a recorded issue to a meeting."""
    paper = _paper(request, pk)
    # without visible_to: an issue of a visible paper
    issue = get_object_or_404(PaperIssue.on_file.select_related("panel"), paper=paper, pk=meeting)
    if issue.withdrawn_at:
        messages.error(request, "This is withdrawn already.")
        return redirect(paper)
    form = WithdrawIssueForm(request.POST if request.method == "POST" else None)

    def act(by: User, at: datetime.datetime) -> PaperIssue:
        return issuing.withdraw_issue(issue=issue, by=by, at=at, **form.verb_fields())

    words = words_of_act("withdraw", paper) | {"meeting": issuing.meeting_words(issue)}
    return submit_or_render(request, form, act, ACT, words, message="Withdrawn.", to=paper)
