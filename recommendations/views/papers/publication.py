"""Making a finalised paper public, and withdrawing it from the public, by an approving officer."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from recommendations.domain.public import papers as verbs
from recommendations.forms.papers.issuing import PublishPaperForm, WithdrawPublicPaperForm
from recommendations.models import PublicPaper, ScrutinyReport, User
from recommendations.permissions import May, allow
from recommendations.views.papers.factual_check_page import ACT, words_of_act
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_or_render

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _paper(request: AuthenticatedRequest, pk: int) -> ScrutinyReport:
    papers = ScrutinyReport.objects.visible_to(request.user).select_related("force", "panel")
    return get_object_or_404(papers, pk=pk)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def publish_paper(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show what becomes public, then make the paper public."""
    paper = _paper(request, pk)
    if why_not := verbs.why_not_public(paper):
        messages.error(request, why_not)
        return redirect(paper)
    form = PublishPaperForm(request.POST if request.method == "POST" else None)

    def act(by: User, at: datetime.datetime) -> PublicPaper:
        return verbs.publish_paper(paper=paper, by=by, at=at)

    words = words_of_act("publish", paper)
    words["says"] += f" {verbs.left_out_words(paper)}".rstrip()
    return submit_or_render(request, form, act, ACT, words, message="Anyone can read it now.", to=paper)


@shown_or_sent
@allow(May.FINALISE_PAPER)
def withdraw_public_paper(request: AuthenticatedRequest, pk: int, publication: int) -> HttpResponse:
    """Withdraw a paper from the public."""
    paper = _paper(request, pk)
    # without visible_to: the publication of a visible paper
    found = get_object_or_404(PublicPaper.on_file, paper=paper, pk=publication)
    if found.withdrawn_at:
        messages.error(request, "This is withdrawn already.")
        return redirect(paper)
    form = WithdrawPublicPaperForm(request.POST if request.method == "POST" else None)

    def act(by: User, at: datetime.datetime) -> PublicPaper:
        return verbs.withdraw_public_paper(publication=found, by=by, at=at, **form.verb_fields())

    return submit_or_render(
        request, form, act, ACT, words_of_act("unpublish", paper), message="Withdrawn from the public.", to=paper
    )
