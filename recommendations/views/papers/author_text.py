"""The page on which the office writes its own text in a draft paper."""

import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from recommendations.documents.papers.charts import charts_of_paper
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.joint.context_panels import joint_context_panels, last_joint_paper
from recommendations.domain.papers.joint.papers import compile_joint
from recommendations.domain.papers.sections import author_text
from recommendations.domain.papers.sections.context_panels import context_panels, last_paper
from recommendations.domain.papers.sections.matters import matters_by_key
from recommendations.forms.papers.author_text import JointWordsForm, PaperWordsForm
from recommendations.forms.site.record import RecordForm
from recommendations.models import PaperWords, ScrutinyReport, User
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.DRAFT_PAPER)
def paper_words(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The request to the committee, the office's view, the matters and the questions of a draft."""
    papers = ScrutinyReport.objects.visible_to(request.user).select_related("force", "panel", "replaces", "part_of")
    found = get_object_or_404(papers, pk=pk)
    if not found.is_draft:
        messages.error(request, "This paper is finalised. Its words are kept as they were.")
        return redirect(found)
    sent = request.POST if request.method == "POST" else None
    form, context = _form(found, sent)

    def act(by: User, at: datetime.datetime) -> PaperWords:
        return author_text.write_words(paper=found, by=by, at=at, **form.verb_fields())

    if done := sent is not None and submit_form(
        request, form, act, message="Words saved.", to=found.get_absolute_url()
    ):
        return done
    context |= {"paper": found, "period": Period(found.start, found.end), "form": form}
    template = "papers/joint_words.html" if found.is_joint else "papers/words.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _form(paper: ScrutinyReport, sent: QueryDict | None) -> tuple[RecordForm, dict]:
    """The form for this paper's text, and the figures shown beside it."""
    words = author_text.words_of(paper)
    if paper.is_joint:
        return _joint_form(paper, words, sent)
    figures = compile_figures(paper=paper, known_at=timezone.now())
    form, last = PaperWordsForm(sent, record=words, figures=figures), last_paper(paper)
    return form, {
        "made": list(matters_by_key(figures).values()),
        "charts": charts_of_paper(figures),
        "panels": context_panels(figures=figures, words=words, last=last, typed=form.typed),
        "last": last.name,
    }


def _joint_form(paper: ScrutinyReport, words: PaperWords, sent: QueryDict | None) -> tuple[RecordForm, dict]:
    """The same for a joint paper, which only has fields for its first page."""
    compiled = compile_joint(paper=paper, known_at=timezone.now())
    form, last = JointWordsForm(sent, record=words), last_joint_paper(paper)
    return form, {
        "panels": joint_context_panels(compiled=compiled, last=last, typed=form.typed),
        "last": last.name,
    }
