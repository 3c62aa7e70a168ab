"""Papers: drafted, previewed with live figures, finalised by another person, downloadable for ever."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.documents.papers.document import scrutiny_paper
from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.papers import papers as domain
from recommendations.domain.papers.builds import is_large
from recommendations.domain.papers.compile import compile_figures
from recommendations.domain.papers.data.paper import Figures
from recommendations.domain.papers.downloads import DRAFT_PDF, PDF
from recommendations.domain.papers.finalising import preview_paper
from recommendations.domain.papers.joint.papers import prepare_for
from recommendations.domain.writing.refusals import Refusal, RenderFailed
from recommendations.enums import PaperState
from recommendations.forms.papers.papers import PaperForm
from recommendations.models import ScrutinyReport
from recommendations.periods import Period, london_day
from recommendations.permissions import May, allow, only_reads_papers
from recommendations.views.papers.builds import builds_of
from recommendations.views.papers.downloads import note_download
from recommendations.views.papers.joint_page import joint_page
from recommendations.views.papers.member_page import member_papers
from recommendations.views.papers.status import life_of, name_for_clerk, running_checks, tell_lives
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

PAGE = 50
# Filters that the home page links to.
ONLY = {"finalise": "Only drafts that you can finalise", "draft": "Only drafts"}


def _paper(request: AuthenticatedRequest, pk: int) -> ScrutinyReport:
    visible = ScrutinyReport.objects.visible_to(request.user)
    people = ("prepared_by", "finalised_by", "replaces", "replaced_by", "force", "panel", "part_of")
    return get_object_or_404(visible.defer("file__content").select_related(*people, "file"), pk=pk)


@require_safe
@allow(May.SEE_PAPERS)
def papers(request: AuthenticatedRequest) -> HttpResponse:
    """The papers that this user may see, newest period first; optionally drafts only. Committee members have
    their own page."""
    if only_reads_papers(request.user):
        return render(request, "papers/member.html", member_papers(request.user))
    found = ScrutinyReport.objects.listed_for(request.user).with_forces().defer("figures")
    state = request.GET.get("state", "")
    if state == "finalise":
        found = domain.to_finalise(found, request.user, london_day(timezone.now()))
    elif state == "draft":
        found = found.filter(state=PaperState.DRAFT)
    found = found.select_related("force", "panel", "prepared_by", "finalised_by", "replaced_by")
    by_force = F("force__name").asc(nulls_first=True)  # a joint paper has none
    page = Paginator(found.order_by("-end", by_force, "-issue", "-pk"), PAGE).get_page(request.GET.get("page"))
    _tell(request, list(page.object_list))
    only = ONLY.get(state, "")
    context = {
        "page": page,
        "only": only,
        "query": f"state={state}&" if only else "",
        "may_draft": request.user.has_perm(May.DRAFT_PAPER),
        "may_restrict": request.user.has_perm(May.RESTRICT),
        "to_check": running_checks(request.user),
    }
    return render(request, "papers/list.html", context)


def _tell(request: AuthenticatedRequest, papers: list[ScrutinyReport]) -> None:
    """Set on each paper of the list its period, the issue that replaces it, and its progress."""
    for paper in papers:
        paper.period, paper.later = Period(paper.start, paper.end), _later(request, paper)
    tell_lives(papers, london_day(timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.DRAFT_PAPER)
def add_paper(request: AuthenticatedRequest) -> HttpResponse:
    """Choose one or several forces, and a period."""
    on = london_day(timezone.now())
    form = PaperForm(request.POST or None, on=on)
    if request.method == "POST":
        done = submit_form(
            request,
            form,
            lambda by, at: prepare_for(by=by, at=at, **form.verb_fields()),
            message="Draft made. Its figures are live until it is finalised.",
            to=lambda paper: paper,
        )
        if done:
            return done
    return render(request, "papers/add.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@allow(May.SEE_PAPERS)
def paper(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A draft with live figures, or a finalised paper with its filed figures; a joint paper with its parts."""
    found = _paper(request, pk)
    if found.is_joint:
        shown = joint_page(found, request.user, timezone.now()) | {"later": _later(request, found)}
        return render(request, "papers/joint.html", shown)
    return render(request, "papers/paper.html", _paper_context(request, found))


def _paper_context(request: AuthenticatedRequest, paper: ScrutinyReport) -> dict:
    """The context of the paper's page."""
    at = timezone.now()
    figures = compile_figures(paper=paper, known_at=at) if paper.is_draft else Figures.from_json(paper.figures)
    author, created_at = domain.author_of(paper), paper.finalised_at or at
    document = scrutiny_paper(figures, author=author, created_at=created_at, draft=paper.is_draft)
    may_finalise = paper.is_draft and request.user.has_perm(May.FINALISE_PAPER)
    own = domain.own_work(paper, request.user) if may_finalise else ""
    waits_for = domain.waits_for(paper, figures, own, at)
    return {
        "paper": paper,
        "period": Period(paper.start, paper.end),
        "document": document,
        "figures": figures,
        "later": _later(request, paper),
        "before": _previous_paper(request, paper),
        **life_of(paper, request.user, at),
        **builds_of(paper, at),
        "may_finalise": may_finalise and not waits_for,
        "waits_for": waits_for,
        "may_write": paper.is_draft and request.user.has_perm(May.DRAFT_PAPER),
        "may_see_history": request.user.has_perm(May.DRAFT_PAPER),
        "whole": _whole(request, paper),
        "may_correct": _may_correct(request, paper),
    }


def _may_correct(request: AuthenticatedRequest, paper: ScrutinyReport) -> bool:
    """Whether this user can start a corrected issue. Parts are corrected together with their joint paper."""
    corrected = paper.is_draft or paper.part_of_id or hasattr(paper, "replaced_by")
    return not corrected and request.user.has_perm(May.DRAFT_PAPER)


def _later(request: AuthenticatedRequest, paper: ScrutinyReport) -> ScrutinyReport | None:
    """The issue that replaces a paper. While it is a draft, only the office sees it."""
    later = getattr(paper, "replaced_by", None)
    return later if later and (not later.is_draft or request.user.has_perm(May.DRAFT_PAPER)) else None


def _whole(request: AuthenticatedRequest, paper: ScrutinyReport) -> ScrutinyReport | None:
    """The joint paper that this one is part of, if the user may see it; a force sees its own part only."""
    visible = ScrutinyReport.objects.visible_to(request.user).with_forces().defer("figures")
    return visible.filter(pk=paper.part_of_id).first() if paper.part_of_id else None


def _previous_paper(request: AuthenticatedRequest, paper: ScrutinyReport) -> ScrutinyReport | None:
    """The paper with which a finalised one is compared by default."""
    visible = ScrutinyReport.objects.visible_to(request.user).only("pk")
    return None if paper.is_draft else domain.earlier_paper(visible, paper)


@require_POST
@allow(May.DRAFT_PAPER)
def correct(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Start a corrected issue that replaces this one."""
    found = _paper(request, pk)
    try:
        issue = domain.correct(paper=found, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(found)
    messages.success(request, f"Issue {issue.issue} is a draft. Issue {found.issue} stays as it was filed.")
    return redirect(issue)


@require_safe
@allow(May.SEE_PAPERS)
def paper_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The PDF: the filed bytes of a finalised paper, or a preview of a draft."""
    found = _paper(request, pk)
    name = domain.file_name(found)
    if found.is_draft and is_large(found):
        messages.info(request, "This draft is large: ask for its PDF here, and fetch it when it is made.")
        return redirect(found)
    if found.is_draft:
        try:
            content = preview_paper(paper=found, render=render_paper, at=timezone.now())
        except RenderFailed as failed:
            messages.error(request, failed.reason)
            return redirect(found)
        name = f"draft-{name}"
    else:
        assert found.file  # a finalised paper has its file
        content, name = bytes(found.file.content), name_for_clerk(found)
    note_download(request, found, DRAFT_PDF if found.is_draft else PDF)
    return file_answer(name, "application/pdf", content)
