"""Similar recommendations, of one recommendation or of a whole report: compared, linked, declined, unlinked."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.similar import pairs
from recommendations.domain.similar.queries import similar_to, texts_of
from recommendations.forms.similar.similar import DeclineSimilarForm, EndLinksForm, LinkForm
from recommendations.models import Inspection, SimilarPair, TrackedRecommendation, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

PAGE = 20
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.SEE_REGISTER)
def similar(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The linked and suggested recommendations of one, with the words that both have."""
    return _render_page(request, _visible(request, pk))


@shown_or_sent
@allow(May.EDIT_TRACKED)
def link_similar(request: AuthenticatedRequest, pk: int, other: int) -> HttpResponse:
    """Link two recommendations of a force."""
    record, other_record = _visible(request, pk), _visible(request, other)
    if request.method != "POST":
        return redirect("similar", pk)
    form = LinkForm(submitted_data(request), other=other_record.pk)

    def act(by: User, at: datetime.datetime) -> list[SimilarPair]:
        return pairs.link_similar(tracked=record, other=other_record, by=by, at=at)

    done = submit_form(request, form, act, message=f"{record} and {other_record} are linked.", to=record)
    return done or _render_page(request, record, form)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def decline_similar(request: AuthenticatedRequest, pk: int, other: int) -> HttpResponse:
    """Say that two recommendations are not alike."""
    record, other_record = _visible(request, pk), _visible(request, other)
    form = DeclineSimilarForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> SimilarPair:
        return pairs.decline_similar(tracked=record, other=other_record, by=by, at=at, **form.verb_fields())

    message = f"{record} and {other_record} are not alike. They are not suggested to each other again."
    done = request.method == "POST" and submit_form(request, form, act, message=message, to=record)
    context = {"form": form, "record": record, "other": other_record}
    return done or render(request, "similar/decline.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.EDIT_TRACKED)
def end_links(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take a recommendation out of its group, with a reason."""
    record = _visible(request, pk)
    form = EndLinksForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> list[SimilarPair]:
        return pairs.end_links(tracked=record, by=by, at=at, **form.verb_fields())

    message = f"{record} is linked with no other recommendation now."
    done = request.method == "POST" and submit_form(request, form, act, message=message, to=record)
    found = similar_to(texts_of([record.pk]), request.user)[record.pk]
    context = {"form": form, "record": record, "linked": found.linked}
    return done or render(request, "similar/end.html", context, status=422 if form.errors else 200)


@require_safe
@allow(May.SEE_REGISTER)
def similar_of_inspection(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The recommendations of a report to which others are similar, PAGE recommendations at a time."""
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    seen = TrackedRecommendation.objects.visible_to(request.user).with_record()
    tracked = seen.filter(recommendation__inspection=inspection).order_by("recommendation__position", "reference")
    page = Paginator(tracked, PAGE).get_page(request.GET.get("page"))
    found = similar_to(texts_of([each.pk for each in page]), request.user)
    lines = [(each, found[each.pk]) for each in page if found.get(each.pk)]
    context = {"inspection": inspection, "page": page, "lines": lines, **_may(request)}
    return render(request, "similar/inspection.html", context)


def _visible(request: AuthenticatedRequest, pk: int) -> TrackedRecommendation:
    return get_object_or_404(TrackedRecommendation.objects.visible_to(request.user).with_record(), pk=pk)


def _may(request: AuthenticatedRequest) -> dict:
    return {"may_decide": request.user.has_perm(May.EDIT_TRACKED)}


def _render_page(
    request: AuthenticatedRequest, record: TrackedRecommendation, form: LinkForm | None = None
) -> HttpResponse:
    """Render the page; with the submitted form if it has errors."""
    texts = texts_of([record.pk])
    found = similar_to(texts, request.user)[record.pk]
    context = {
        "record": record,
        "text": texts[record.pk],
        "suggested": [(one, LinkForm(other=one.pk)) for one in found.suggested],
        "linked": found.linked,
        "form": form,
        **_may(request),
    }
    return render(request, "similar/page.html", context, status=422 if form else 200)
