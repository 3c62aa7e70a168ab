"""Legacy reviews: the list, starting one, its page and file, finishing and withdrawing it."""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from recommendations import trail
from recommendations.documents.legacy_reviews.csv import as_csv
from recommendations.domain.legacy_reviews import reviews as verbs
from recommendations.domain.legacy_reviews.queries import read_lines
from recommendations.forms.legacy_reviews.legacy_reviews import FinishReviewForm, StartReviewForm, WithdrawReviewForm
from recommendations.models import LegacyReview, User
from recommendations.permissions import May, allow
from recommendations.views.legacy_reviews.page import ReviewRequest, review_context, review_rows
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_or_render, submitted_data

CSV = "text/csv; charset=utf-8"
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def visible_review(request: AuthenticatedRequest, pk: int) -> LegacyReview:
    """The review with this id, a withdrawn one too. Raises Http404 if the user may not see it."""
    found = LegacyReview.on_file.visible_to(request.user).select_related("started_by", "finished_by", "withdrawn_by")
    return get_object_or_404(found, pk=pk)


@require_safe
@allow(May.EDIT_TRACKED)
def legacy_reviews(request: AuthenticatedRequest) -> HttpResponse:
    """All reviews, the last started first, each with how far it is."""
    reviews = LegacyReview.objects.visible_to(request.user)
    return render(request, "legacy_reviews/list.html", {"rows": [(each, read_lines(each)) for each in reviews]})


@shown_or_sent
@allow(May.EDIT_TRACKED)
def start_legacy_review(request: AuthenticatedRequest) -> HttpResponse:
    """Start a review of what is open of some forces."""
    form = StartReviewForm(submitted_data(request), by=request.user)

    def act(by: User, at: datetime.datetime) -> LegacyReview:
        return verbs.start_legacy_review(by=by, at=at, **form.verb_fields())

    page, message = "legacy_reviews/start.html", "The review is started."
    return submit_or_render(request, form, act, page, {}, message=message, to=lambda made: made)


@require_safe
@allow(May.EDIT_TRACKED)
def legacy_review(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A review: how far it is, and its recommendations through the register's filters."""
    return render(request, "legacy_reviews/review.html", review_context(request, visible_review(request, pk)))


@require_safe
@allow(May.EDIT_TRACKED)
def legacy_review_csv(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Download the rows that the page has at the same address, as CSV."""
    review, at = visible_review(request, pk), timezone.now()
    name = f"{slugify(review.title) or 'legacy-review'}.csv"
    if request.method == "HEAD":
        return file_answer(name, CSV)
    asked = ReviewRequest(request, review)
    content = as_csv([(each.row, each.judgement) for each in review_rows(asked, asked.listing.ids)])
    trail.record(by=request.user, at=at, verb="export_legacy_review", subject=review)
    return file_answer(name, CSV, content)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def finish_legacy_review(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, then finish the review."""
    review = visible_review(request, pk)
    if not review.is_running and request.method != "POST":
        return redirect(review)
    form = FinishReviewForm(submitted_data(request), record=review)

    def act(by: User, at: datetime.datetime) -> LegacyReview:
        return verbs.finish_legacy_review(review=review, by=by, at=at, **form.verb_fields())

    context = {"review": review, "lines": read_lines(review)}
    page, message = "legacy_reviews/finish.html", "The review is finished."
    return submit_or_render(request, form, act, page, context, message=message, to=review)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def withdraw_legacy_review(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraw a review that was started by mistake, with a reason."""
    review = visible_review(request, pk)
    if not review.is_running and request.method != "POST":
        return redirect(review)
    form = WithdrawReviewForm(submitted_data(request), record=review)

    def act(by: User, at: datetime.datetime) -> LegacyReview:
        return verbs.withdraw_legacy_review(review=review, by=by, at=at, **form.verb_fields())

    page, message = "legacy_reviews/withdraw.html", f"“{review}” is withdrawn."
    return submit_or_render(request, form, act, page, {"review": review}, message=message, to=reverse("legacy_reviews"))
