"""Judging the recommendations that were ticked in a legacy review, or one of them after another."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recommendations.domain.legacy_reviews import judging as verbs
from recommendations.forms.legacy_reviews.legacy_reviews import JudgeForm
from recommendations.forms.register.bulk import read_versions
from recommendations.forms.register.query_string import number_of
from recommendations.models import LegacyJudgement, TrackedRecommendation, User
from recommendations.permissions import May, allow
from recommendations.views.legacy_reviews.page import ReviewRequest, review_rows
from recommendations.views.legacy_reviews.reviews import visible_review
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

NOTHING = "Tick at least one recommendation first."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_TRACKED)
def judge_legacy(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Judge what was ticked, or one recommendation; then go on to the next one, or back to the list."""
    review = visible_review(request, pk)
    review_request = ReviewRequest(request, review)
    if not review.is_running:
        return redirect(review)
    records = chosen_records(request, review_request)
    if not records:
        messages.error(request, NOTHING)
        return redirect(str(review_request.address))
    is_sent = "picks" in request.POST  # the form itself, rather than ticks of the list
    form = JudgeForm(request.POST if is_sent else None, by=request.user, records=records)
    if is_sent and (done := _judge(request, review_request, records, form)):
        return done
    context = judge_context(review_request, records, form)
    return render(request, "legacy_reviews/judge.html", context, status=422 if form.errors else 200)


def _judge(
    request: AuthenticatedRequest, review_request: ReviewRequest, records: list[TrackedRecommendation], form: JudgeForm
) -> HttpResponse | None:
    seen = read_versions(request.POST.get("shown", ""))

    def act(by: User, at: datetime.datetime) -> list[LegacyJudgement]:
        about: dict[str, Any] = {"review": review_request.review, "tracked": records, "seen_judgements": seen}
        return verbs.judge_legacy(by=by, at=at, **about, **form.verb_fields())

    message = f"{records[0]} is judged." if len(records) == 1 else f"{len(records):,} recommendations are judged."
    after = _next_of(review_request, records[0].pk) if len(records) == 1 else None
    return submit_form(
        request,
        form,
        act,
        message=message,
        to=judge_url(review_request, after) if after else str(review_request.address),
    )


def chosen_records(request: AuthenticatedRequest, review_request: ReviewRequest) -> list[TrackedRecommendation]:
    """The recommendations of the review that were ticked, in its order: all of the list, or those chosen before."""
    sent = request.POST if request.method == "POST" else request.GET
    if "all" in sent:
        ids = set(review_request.listing.ids)
    else:
        ids = {pk for pk in map(number_of, (*sent.getlist("pick"), *sent.get("picks", "").split())) if pk}
    listed = TrackedRecommendation.objects.visible_to(review_request.user).filter(
        legacy_lines__review=review_request.review, pk__in=ids
    )
    return list(listed.with_record().with_standing().order_by("legacy_lines__pk"))


def judge_context(
    review_request: ReviewRequest, records: list[TrackedRecommendation], form: JudgeForm
) -> dict[str, Any]:
    """The context of the page."""
    ids = tuple(record.pk for record in records)
    rows = review_rows(review_request, ids)
    one = records[0] if len(records) == 1 else None
    return {
        "review": review_request.review,
        "form": form,
        "rows": rows,
        "record": one,
        "last_update": one.updates.standing().latest_first().first() if one else None,
        "number": f"{len(records):,}",
        "picks": " ".join(map(str, ids)),
        "shown": " ".join(f"{each.row.pk}.{each.judgement.pk if each.judgement else 0}" for each in rows),
        "back": str(review_request.address),
        "here": judge_url(review_request),
        "before": _link(review_request, _previous_of(review_request, one.pk)) if one else "",
        "after": _link(review_request, _next_of(review_request, one.pk)) if one else "",
        "judged": len(review_request.lines.judged),
        "listed": review_request.lines.number,
    }


def judge_url(review_request: ReviewRequest, pk: int | None = None) -> str:
    """The address of this page with the list's filters, for one recommendation if `pk` names it."""
    pick = {} if pk is None else {"pick": pk}
    address = str(review_request.address.but(**pick)).partition("?")[2]
    path = reverse("judge_legacy", args=[review_request.review.pk])
    return f"{path}?{address}" if address else path


def _link(review_request: ReviewRequest, pk: int | None) -> str:
    return judge_url(review_request, pk) if pk else ""


def _next_of(review_request: ReviewRequest, pk: int) -> int | None:
    """The id after this one in the list; for one that is not in it, the first."""
    ids = review_request.listing.ids
    at = ids.index(pk) + 1 if pk in ids else 0
    return ids[at] if at < len(ids) and ids[at] != pk else None


def _previous_of(review_request: ReviewRequest, pk: int) -> int | None:
    ids = review_request.listing.ids
    return ids[ids.index(pk) - 1] if pk in ids and ids.index(pk) else None
