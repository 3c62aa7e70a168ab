"""The factual check of a draft: the office sends it, the force replies, the office answers the corrections."""

import datetime

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.papers import factual_checks
from recommendations.domain.papers.builds import ask, is_large, stored_pdf
from recommendations.domain.papers.downloads import DRAFT_PDF
from recommendations.domain.papers.finalising import preview_paper
from recommendations.domain.papers.papers import file_name
from recommendations.domain.writing.refusals import RenderFailed
from recommendations.enums import BuildKind
from recommendations.forms.papers.factual_checks import (
    ROWS,
    AnswerCorrectionForm,
    EndCheckForm,
    ReplyForm,
    SendToCheckForm,
)
from recommendations.models import FactualCheck, FactualCorrection, ScrutinyReport, User
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.papers.downloads import note_download
from recommendations.views.papers.factual_check_page import ACT, check_page, words_of_act
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error, submit_form, submit_or_render

NOT_MADE_YET = "This draft is large, and its PDF is not made yet. Try again in some minutes, or ask the office for it."
# A file that was kept would hold what is restricted meanwhile, so each is made when it is asked for, one at a time.
IS_BEING_MADE = "The draft’s PDF is being made already. Try again in a minute."
MOST_SECONDS = 120  # after which a file that a killed server was making is no longer waited for
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _check(request: AuthenticatedRequest, pk: int) -> FactualCheck:
    people = ("paper__force", "paper__panel", "paper__replaces", "paper__prepared_by", "force", "sent_by", "replied_by")
    visible = FactualCheck.objects.visible_to(request.user).select_related(*people)
    return get_object_or_404(visible.defer("paper__figures"), pk=pk)


def _running(request: AuthenticatedRequest, pk: int) -> FactualCheck:
    """A check that the force can still reply to; raises Http404 for any other."""
    check = _check(request, pk)
    # without visible_to: whether one that is visible still runs
    if not FactualCheck.objects.running().filter(pk=check.pk).exists():
        raise Http404
    return check


@shown_or_sent
@allow(May.DRAFT_PAPER)
def send_to_check(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask the force to check a draft by a given day."""
    paper = get_object_or_404(ScrutinyReport.objects.visible_to(request.user).select_related("force"), pk=pk)
    if not paper.is_draft:
        return redirect_with_error(request, paper, "This paper is finalised. Only a draft is checked by the force.")
    if why_not := factual_checks.why_not_sent(paper):
        return redirect_with_error(request, paper, why_not)
    form = SendToCheckForm(request.POST if request.method == "POST" else None)

    def act(by: User, at: datetime.datetime) -> FactualCheck:
        sent = factual_checks.send_to_check(paper=paper, by=by, at=at, **form.verb_fields())
        if is_large(paper):
            ask(paper=paper, kind=BuildKind.PREVIEW, by=by, at=at)
        return sent

    message = f"Sent. {paper.force} sees the draft until it has replied."
    return submit_or_render(request, form, act, ACT, words_of_act("send", paper), message=message, to=lambda made: made)


@require_safe
@allow(May.SEE_PAPERS)
def factual_check(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The check and its reply; while it runs, the draft's figures too."""
    check = _check(request, pk)
    return render(request, "papers/factual_checks/check.html", check_page(check, request.user, timezone.now()))


@require_safe
@allow(May.CHECK_PAPER)
def factual_check_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The draft as a PDF, for the force, while the check runs."""
    check = _running(request, pk)
    making = f"draft-file:{check.pk}"
    if not cache.add(making, 1, MOST_SECONDS):
        return redirect_with_error(request, check, IS_BEING_MADE)
    try:
        content = _draft_file(check.paper)
    except RenderFailed as failed:
        return redirect_with_error(request, check, failed.reason)
    finally:
        cache.delete(making)
    note_download(request, check.paper, DRAFT_PDF)
    return file_answer(f"draft-{file_name(check.paper)}", "application/pdf", content)


def _draft_file(paper: ScrutinyReport) -> bytes:
    """The current draft; for a large one, the last file that was made. Raises RenderFailed."""
    if not is_large(paper):
        return preview_paper(paper=paper, render=render_paper, at=timezone.now())
    made = stored_pdf(paper)
    if made is None:
        raise RenderFailed(NOT_MADE_YET)
    return made


@shown_or_sent
@allow(May.CHECK_PAPER)
def reply_to_check(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The force's reply on the facts, sent once; "more" only adds rows to the form."""
    check = _check(request, pk)
    sent = request.POST.get("rows", "")
    rows = int(sent) if sent.isdecimal() and len(sent) < 3 else ROWS
    if "more" in request.POST:
        form = ReplyForm(rows=rows + ROWS, initial=request.POST.dict())
    else:
        form = ReplyForm(request.POST if request.method == "POST" else None, rows=rows)

    def act(by: User, at: datetime.datetime) -> FactualCheck:
        return factual_checks.reply_to_check(check=check, by=by, at=at, **form.verb_fields())

    if form.is_bound and (done := submit_form(request, form, act, message="Sent to the office.", to=check)):
        return done
    if not form.is_bound and (check.reply or check.ended_at or not check.paper.is_draft):
        return redirect_with_error(request, check, factual_checks.OVER)
    context = {"form": form, "check": check, "period": Period(check.paper.start, check.paper.end)}
    return render(request, "papers/factual_checks/reply.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def end_check(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Go on without the force's reply, with a reason."""
    check = _check(request, pk)
    if check.reply or check.ended_at or not check.paper.is_draft:
        return redirect_with_error(request, check.paper, factual_checks.OVER)
    form = EndCheckForm(request.POST if request.method == "POST" else None)

    def act(by: User, at: datetime.datetime) -> FactualCheck:
        return factual_checks.end_check(check=check, by=by, at=at, **form.verb_fields())

    words = words_of_act("end", check.paper)
    return submit_or_render(
        request, form, act, ACT, words, message="Ended. The paper can be finalised without the reply.", to=check
    )


@shown_or_sent
@allow(May.DRAFT_PAPER)
def answer_correction(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """Accept or reject a correction by the force."""
    check = _check(request, pk)
    found = get_object_or_404(FactualCorrection.objects.visible_to(request.user), of=check, number=number)
    found.of = check
    if not check.paper.is_draft:
        return redirect_with_error(request, check, factual_checks.FINAL)
    form = AnswerCorrectionForm(request.POST if request.method == "POST" else None, record=found)

    def act(by: User, at: datetime.datetime) -> FactualCorrection:
        return factual_checks.answer_correction(correction=found, by=by, at=at, **form.verb_fields())

    words = words_of_act("answer", check.paper) | {"correction": found}
    return submit_or_render(request, form, act, ACT, words, message="Answer saved.", to=check)
