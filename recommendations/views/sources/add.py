"""Add what a source published, made or sent: its facts, the rule for answering it, and who must answer by when."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.inspections import inspections as verbs
from recommendations.domain.papers.sections.policing_body import bodies_of
from recommendations.domain.sources.naming import who_answers
from recommendations.domain.sources.queries import bases, basis_of, sources, sources_in_use
from recommendations.enums.sources import HMICFRS
from recommendations.forms.inspections.inspections import InspectionForm
from recommendations.forms.sources.source import PublicationForm
from recommendations.models import BasisFacts, Force, Inspection, SourceFacts, User
from recommendations.periods import Period
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.sources.must import must_of
from recommendations.views.submission.submit import submit_form

THEN, READ = "then", "read"
ADDED = "Added. Now add its recommendations, one by one."


@dataclass(frozen=True)
class OfferedSource:
    """A source that can be added, who answers it, and its rules."""

    source: SourceFacts
    who: str
    bases: Sequence[BasisFacts]


def sources_offered_on(today: datetime.date) -> list[OfferedSource]:
    """The sources that the office follows on a London day, each with its rules. Two queries; one for HMICFRS alone.

    Without those of which no rule is in use: directions, until the office puts theirs in use.
    """
    found = sources_in_use(today)
    rules = bases(today).values() if len(found) > 1 else ()
    of = [(each, [rule for rule in rules if rule.source == each.key]) for each in found]
    return [OfferedSource(each, who_answers(each, its), its) for each, its in of if its or each.key == HMICFRS]


def form_of_chosen_source(request: AuthenticatedRequest, offered: Sequence[OfferedSource]) -> HttpResponse:
    """Redirect to the form of the chosen source, or else of the first, HMICFRS: it asks who made the report too."""
    keys = [each.source.key for each in offered]
    chosen = request.GET.get("source")
    return redirect("add_source", chosen if chosen in keys else keys[0])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.EDIT_INSPECTIONS)
def add_source(request: AuthenticatedRequest, source: str) -> HttpResponse:
    """The form of one source, and beside it who must answer by when."""
    today = localdate()
    offered = sources_offered_on(today)
    chosen = next((each for each in offered if each.source.key == source), None)
    if chosen is None or len(offered) == 1:
        raise Http404("The office does not follow this source.")
    form, done = _form(request, chosen, today), None
    if request.method == "POST" and request.POST.get(THEN) == READ:
        form = _form(request, chosen, today, initial=_raw_values(form))
    elif request.method == "POST":
        done = _add(request, form)
    context = {"form": form, "chosen": chosen, "offered": offered, "must": must_of(form, today)}
    return done or render(request, "sources/add.html", context)


def _form(
    request: AuthenticatedRequest, chosen: OfferedSource, today: datetime.date, initial: dict | None = None
) -> InspectionForm | PublicationForm:
    """The form of a source: new, submitted, or with what was typed so far, not validated."""
    data = request.POST if request.method == "POST" and initial is None else None
    if chosen.source.key == HMICFRS:
        return InspectionForm(data, by=request.user, today=today, initial=initial)
    return PublicationForm(
        data, source=chosen.source, bases=chosen.bases, **office_choices(request.user, today), initial=initial
    )


def form_of(inspection: Inspection, request: AuthenticatedRequest) -> PublicationForm:
    """The form to correct what another source published, made or sent. Offers the rules of that day."""
    today = localdate()
    source, its = sources()[inspection.source], bases(inspection.clock_from, inspection.source)
    its.setdefault(inspection.basis, basis_of(inspection))
    rules = sorted(its.values(), key=lambda each: each.key != inspection.basis)
    return PublicationForm(
        request.POST or None, source=source, bases=rules, **office_choices(request.user, today), record=inspection
    )


def office_choices(user: User, today: datetime.date) -> dict:
    """The forces, and the policing body's name, that the form offers."""
    forces = list(Force.objects.visible_to(user))
    names = [name for name, _ in bodies_of(forces, Period(today, today)).values() if name]
    return {"forces": forces, "body": names[0] if names else ""}


def _raw_values(form: InspectionForm | PublicationForm) -> dict:
    """The raw value of each field."""
    return {name: form[name].value() for name in form.fields if name != "once"}


def _add(request: AuthenticatedRequest, form: InspectionForm | PublicationForm) -> HttpResponse | None:
    def act(by: User, at: datetime.datetime) -> Inspection:
        return verbs.add_inspection(by=by, at=at, **form.facts())

    def to(inspection: Inspection) -> str:
        lead = form.cleaned_data.get("opcc_lead")
        return reverse("add_recommendation", args=[inspection.pk]) + (
            f"?{urlencode({'opcc_lead': lead})}" if lead else ""
        )

    return submit_form(request, form, act, message=ADDED, to=to)
