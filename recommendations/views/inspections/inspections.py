"""Inspections: the list, the page of one with its clock and recommendations, and adding and correcting them by hand."""

import datetime
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.deadlines import Deadline
from recommendations.domain.inspections import inspections as verbs
from recommendations.domain.inspections.deadline_words import reading_words
from recommendations.domain.sources.deaths import is_about_deaths
from recommendations.enums import DeadlineKind, RecommendationKind
from recommendations.forms.inspections.inspections import InspectionForm, RecommendationForm
from recommendations.models import Force, Inspection, RagRule, Recommendation, User
from recommendations.permissions import May, allow
from recommendations.views.inspections import page as inspection_page
from recommendations.views.inspections.ahead import ahead_part
from recommendations.views.inspections.filters import inspection_filter
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.sources.add import form_of, form_of_chosen_source, sources_offered_on
from recommendations.views.submission.submit import submit_form

ROWS_A_PAGE = 20
THEN, READ, NEXT = "then", "read", "next"  # the buttons' name, and two of their values
CORRECTED = "Saved. The history says what changed, and why."


@require_safe
@allow(May.SEE_INSPECTIONS)
def inspections(request: AuthenticatedRequest) -> HttpResponse:
    """The inspections that this user may see, newest first, with clock and counts."""
    forces = list(Force.objects.visible_to(request.user))
    visible = Inspection.objects.visible_to(request.user)
    chosen = inspection_filter(request.GET, forces, visible)
    found = chosen.matching(visible).order_by("-published_on", "title", "pk")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": inspection_page.rows(cast(QuerySet[Inspection], page.object_list), request.user, localdate()),
        "filter": chosen,
        "may_edit": request.user.has_perm(May.EDIT_INSPECTIONS),
        **ahead_part(request.user, forces, chosen.force, localdate()),
    }
    return render(request, "inspections/inspections.html", context)


@require_safe
@allow(May.SEE_INSPECTIONS)
def inspection(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One inspection: its facts, its clock, its recommendations and the state of each for each force."""
    today = localdate()
    found = get_object_or_404(inspection_page.with_facts(request.user), pk=pk)
    context = inspection_page.facts(found, request.user, today)
    context |= inspection_page.recommendations_context(found, request.user, today, RagRule.objects.on(today))
    return render(request, "inspections/inspection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_INSPECTIONS)
def add_inspection(request: AuthenticatedRequest) -> HttpResponse:
    """Add a report by hand; its recommendations are added afterwards, one by one. If the office follows other sources
    than HMICFRS, the form asks who made it."""
    offered = sources_offered_on(localdate())
    if request.method != "POST" and len(offered) > 1:
        return form_of_chosen_source(request, offered)
    form = InspectionForm(request.POST or None, by=request.user, today=localdate())

    def act(by: User, at: datetime.datetime) -> Inspection:
        return verbs.add_inspection(by=by, at=at, **form.facts())

    if request.method == "POST":
        message = "Report added. Now add what it asks, one by one."
        done = submit_form(request, form, act, message=message, to=_add_page)
        if done:
            return done
    return render(request, "inspections/edit_inspection.html", {"form": form})


def _facts_form(request: AuthenticatedRequest, inspection: Inspection) -> InspectionForm:
    return InspectionForm(request.POST or None, record=inspection, by=request.user, today=localdate())


def _add_page(inspection: Inspection) -> str:
    return reverse("add_recommendation", args=[inspection.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_INSPECTIONS)
def edit_inspection(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Correct the facts of an inspection, with a reason."""
    found = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    form = form_of(found, request) if found.is_of_other_source else _facts_form(request, found)

    def act(by: User, at: datetime.datetime) -> Inspection:
        stands = {"version": form.read_version, "reason": form.cleaned_data["reason"]}
        return verbs.edit_inspection(inspection=found, by=by, at=at, **stands, **form.facts())

    if request.method == "POST":
        done = submit_form(request, form, act, message=CORRECTED, to=found)
        if done:
            return done
    return render(request, "inspections/edit_inspection.html", {"form": form, "inspection": found})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_INSPECTIONS)
def add_recommendation(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Add one recommendation to an inspection, and then the next."""
    found = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    about = {"inspection": found, "forces": found.covers.count(), "about_deaths": is_about_deaths(found)}
    if request.method == "POST" and request.POST.get(THEN) == READ:
        form = _reread_form(request, **about)
    else:
        form = RecommendationForm(request.POST or None, initial=inspection_page.next_after(found, request.GET), **about)
        done = _add(request, form, found) if request.method == "POST" else None
        if done:
            return done
    added = inspection_page.recommendations_in_order(found)
    context = {"form": form, "inspection": found, "added": added, "reading": inspection_page.form_reading(form)}
    return render(request, "inspections/edit_recommendation.html", context)


def _reread_form(request: AuthenticatedRequest, **about: Any) -> RecommendationForm:
    """The form with everything that was typed and the deadline words found in it; nothing is validated or saved."""
    typed = RecommendationForm(initial=request.POST.dict(), **about)
    found = {"deadline_words": typed.reading().words}
    return RecommendationForm(initial=request.POST.dict() | found, **about)


def _add(request: AuthenticatedRequest, form: RecommendationForm, inspection: Inspection) -> HttpResponse | None:
    def act(by: User, at: datetime.datetime) -> Recommendation:
        cause = form.cleaned_data.get("cause")
        return verbs.add_recommendation(inspection=inspection, new=form.new(), cause=cause, by=by, at=at)

    def to(recommendation: Recommendation) -> str:
        if request.POST.get(THEN) != NEXT:
            return recommendation.get_absolute_url()
        kept = {"kind": recommendation.kind} | ({"cause": recommendation.cause_id} if recommendation.cause_id else {})
        kept |= {"opcc_lead": lead} if (lead := request.GET.get("opcc_lead", "")) else {}
        return f"{_add_page(inspection)}?{urlencode(kept)}"

    message = f"{_recommendation_name(form)} added. {_deadline_sentence(form.deadline)}" if form.is_valid() else ""
    return submit_form(request, form, act, message=message, to=to)


def _recommendation_name(form: RecommendationForm) -> str:
    given = form.cleaned_data
    return f"{RecommendationKind(given['kind']).label} {given['number']}".strip()


def _deadline_sentence(deadline: Deadline) -> str:
    """How the deadline words were interpreted, as a sentence."""
    if not deadline.words and deadline.kind == DeadlineKind.NONE:
        return "It has no deadline."
    words = f"“{deadline.words}”" if deadline.words else "The deadline"
    return f"{words} is read as {reading_words(deadline.kind, deadline.due_on)}."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_INSPECTIONS)
def edit_recommendation(request: AuthenticatedRequest, pk: int, recommendation: int) -> HttpResponse:
    """Correct a recommendation, with a reason; the old text stays in its history."""
    found = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    # without visible_to: recommendations of a visible inspection
    record = get_object_or_404(Recommendation.objects.filter(inspection=found), pk=recommendation)
    about = {"record": record, "inspection": found, "about_deaths": is_about_deaths(found)}
    if request.method == "POST" and request.POST.get(THEN) == READ:
        form = _reread_form(request, **about)
    else:
        form = RecommendationForm(request.POST or None, **about)
        done = _correct(request, form, record) if request.method == "POST" else None
        if done:
            return done
    reading = inspection_page.form_reading(form)
    context = {"form": form, "inspection": found, "recommendation": record, "reading": reading}
    return render(request, "inspections/edit_recommendation.html", context)


def _correct(request: AuthenticatedRequest, form: RecommendationForm, record: Recommendation) -> HttpResponse | None:
    def act(by: User, at: datetime.datetime) -> Recommendation:
        given = form.cleaned_data
        stands = {"version": form.read_version, "reason": given["reason"], "cause": given.get("cause")}
        return verbs.edit_recommendation(recommendation=record, new=form.new(), by=by, at=at, **stands)

    return submit_form(request, form, act, message=CORRECTED, to=record)
