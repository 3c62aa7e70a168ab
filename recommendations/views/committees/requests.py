"""Committee requests: the list, one with its answers, and the forms to record, change, answer and withdraw them."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.committees import proofs, requests
from recommendations.domain.committees.queries import drafts_for, overdue, replacements_of, rows_of, sort_requests
from recommendations.domain.ownership.mine import chooses_whose, my_requests
from recommendations.forms.committees.proofs import CloseRequestForm, ReopenRequestForm
from recommendations.forms.committees.requests import RequestAnswerForm, RequestForm, WithdrawRequestForm
from recommendations.models import CommitteeRequest, RequestAnswer, RequestProof, ScrutinyReport, User
from recommendations.models.papers.committee_requests import RequestQuerySet
from recommendations.periods import Period, london_day
from recommendations.permissions import May, allow
from recommendations.views.attachments.addresses import EntryFiles, files_on
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import (
    redirect_with_error,
    submit_form,
    submit_or_render,
    submitted_data,
)

PAGE = 50
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _visible(request: AuthenticatedRequest) -> RequestQuerySet:
    return CommitteeRequest.on_file.visible_to(request.user).select_related("panel", "force")


@require_safe
@allow(May.SEE_PAPERS)
def committee_requests(request: AuthenticatedRequest) -> HttpResponse:
    """Every request that this user may see, open ones first, then by due day."""
    found, today = sort_requests(_visible(request)), london_day(timezone.now())
    only_late = request.GET.get("state") == "overdue"
    found = overdue(found, today) if only_late else found
    only_mine = request.GET.get("whose") == "mine" and chooses_whose(request.user)
    found = found.waiting().filter(my_requests(request.user)) if only_mine else found
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of(list(page.object_list), request.user, today),
        "only_late": only_late,
        "only_mine": only_mine,
        "query": f"{'state=overdue&' if only_late else ''}{'whose=mine&' if only_mine else ''}",
        "may_write": request.user.has_perm(May.DRAFT_PAPER),
    }
    return render(request, "committees/list.html", context)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def record_request(request: AuthenticatedRequest) -> HttpResponse:
    """Record what a committee asked for."""
    form = RequestForm(request.POST or None, by=request.user, today=london_day(timezone.now()))

    def act(by: User, at: datetime.datetime) -> CommitteeRequest:
        return requests.record_request(by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Recorded.", to=lambda made: made)
    return done or render(request, "committees/add.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@allow(May.SEE_PAPERS)
def committee_request(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One request: its text, owner, due day and filed answers, and the drafts in which it can be answered."""
    found = get_object_or_404(_visible(request).select_related("recorded_by", "withdrawn_by").with_state(), pk=pk)
    now, may_write = timezone.now(), request.user.has_perm(May.DRAFT_PAPER)
    drafts = [] if found.withdrawn_at else drafts_for(found, request.user, now)
    replacements = replacements_of(found.panel, london_day(now))
    for paper in drafts:
        paper.period = Period(paper.start, paper.end)
    context = {
        "row": rows_of([found], request.user, london_day(now))[0],
        "drafts": drafts,
        "goes_to": None if found.withdrawn_at or found.is_answered else next(reversed(replacements), None),
        "may_write": may_write,
        "may_change": may_write and not found.withdrawn_at and not found.is_answered,
        "files": _files(found, request.user) if may_write else None,
    }
    return render(request, "committees/request.html", context)


def _files(committee_request: CommitteeRequest, user: User) -> EntryFiles:
    files = files_on("request", [committee_request.pk], user)[committee_request.pk]
    return files.only_shown if committee_request.withdrawn_at else files


def _changeable_request(request: AuthenticatedRequest, pk: int) -> tuple[CommitteeRequest, str]:
    found = get_object_or_404(_visible(request), pk=pk)
    return found, requests.why_closed(found)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def change_request(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Correct an open request, or change its owner or day."""
    found, why_not = _changeable_request(request, pk)
    if why_not:
        return redirect_with_error(request, found, why_not)
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        by=request.user,
        today=london_day(timezone.now()),
        record=found,
    )

    def act(by: User, at: datetime.datetime) -> CommitteeRequest:
        return requests.change_request(request=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Saved.", to=found)
    context = {"form": form, "found": found}
    return done or render(request, "committees/change.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def withdraw_request(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a request, with a reason."""
    found, why_not = _changeable_request(request, pk)
    if why_not:
        return redirect_with_error(request, found, why_not)
    form = WithdrawRequestForm(request.POST if request.method == "POST" else None, record=found)

    def act(by: User, at: datetime.datetime) -> CommitteeRequest:
        return requests.withdraw_request(request=found, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Withdrawn.", to=found)
    context = {"form": form, "found": found}
    return done or render(request, "committees/withdraw.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def answer_request(request: AuthenticatedRequest, pk: int, asked: int) -> HttpResponse:
    """Write the answer to a request in a draft paper."""
    paper = get_object_or_404(ScrutinyReport.objects.visible_to(request.user).select_related("force"), pk=pk)
    found = get_object_or_404(_visible(request), pk=asked)
    if why_not := requests.why_not_answered(found, paper, timezone.now()):
        return redirect_with_error(request, paper, why_not)
    # without visible_to: the answer to a visible request in a visible paper
    answer = RequestAnswer.objects.filter(request=found, paper=paper).first()
    answer = answer or RequestAnswer(request=found, paper=paper, version=None)  # type: ignore[misc]  # not saved yet, so without a version
    form = RequestAnswerForm(request.POST if request.method == "POST" else None, record=answer)

    def act(by: User, at: datetime.datetime) -> RequestAnswer:
        return requests.answer_request(request=found, paper=paper, by=by, at=at, **form.verb_fields())

    to = f"{paper.get_absolute_url()}#asked"
    done = request.method == "POST" and submit_form(request, form, act, message="Answer saved.", to=to)
    context = {"form": form, "found": found, "paper": paper, "period": Period(paper.start, paper.end)}
    return done or render(request, "committees/answer.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def close_request(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say what answers a request, other than a paper."""
    found, why_not = _changeable_request(request, pk)
    if why_not and request.method != "POST":
        return redirect_with_error(request, found, why_not)
    form = CloseRequestForm(submitted_data(request), record=found)

    def act(by: User, at: datetime.datetime) -> RequestProof:
        values = form.verb_fields()
        version = values.pop("version")
        return proofs.close_request(request=found, version=version, proof=proofs.NewProof(**values), by=by, at=at)

    message = "The request is answered."
    return submit_or_render(request, form, act, "committees/close.html", {"found": found}, message=message, to=found)


@shown_or_sent
@allow(May.DRAFT_PAPER)
def reopen_request(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say that what was recorded does not answer a request."""
    found = get_object_or_404(_visible(request).with_state(), pk=pk)
    (row,) = rows_of([found], request.user, london_day(timezone.now()))
    if row.proof is None and request.method != "POST":
        return redirect_with_error(request, found, "Nothing is recorded that answers this request, but for papers.")
    form = ReopenRequestForm(submitted_data(request), record=found)

    def act(by: User, at: datetime.datetime) -> RequestProof:
        return proofs.reopen_request(request=found, by=by, at=at, **form.verb_fields())

    context, message = {"row": row}, "The request is open again."
    return submit_or_render(request, form, act, "committees/reopen.html", context, message=message, to=found)
