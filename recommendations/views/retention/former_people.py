"""People who left, for administrators: who is shown by a number, who may be, and the name behind a number."""

import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.retention import former_people as domain
from recommendations.domain.retention.places import place_lines
from recommendations.domain.retention.words import SoughtWords
from recommendations.domain.writing.refusals import Refusal
from recommendations.forms.retention.retention import KeyForm, MakeFormerForm
from recommendations.models import FormerPerson, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

PAGE = 50
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.ADMINISTER)
def former_people(request: AuthenticatedRequest) -> HttpResponse:
    """Deactivated accounts that are still shown by name, and the numbers of the others."""
    today, days = london_day(timezone.now()), settings.FORMER_AFTER_DAYS
    leavers = [(each, each.is_due(today)) for each in domain.leavers(days)]
    page = Paginator(FormerPerson.objects.select_related("person", "made_by"), PAGE).get_page(request.GET.get("page"))
    context = {"leavers": leavers, "page": page, "days": days}
    return render(request, "retention/former_people.html", context)


@shown_or_sent
@allow(May.ADMINISTER)
def make_former(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show a person by a number from now on, after listing where their name appears."""
    person = get_object_or_404(User, pk=pk, is_active=False, former__isnull=True)
    form = MakeFormerForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> FormerPerson:
        return domain.make_former(person=person, days=settings.FORMER_AFTER_DAYS, by=by, at=at, **form.verb_fields())

    to = reverse("former_people")
    if done := request.method == "POST" and submit_form(request, form, act, message="Shown by a number now.", to=to):
        return done
    places = domain.places_of(person)
    page = Paginator(places.places, PAGE).get_page(request.GET.get("page"))
    lines = place_lines(list(page.object_list), SoughtWords(person.name))
    context = {"form": form, "person": person, "places": places, "page": page, "lines": lines}
    context["removed"] = domain.REMOVED_FOR_GOOD
    return render(request, "retention/make_former.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.ADMINISTER)
def former_key(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The name behind a number, given a reason. Reading it is recorded."""
    former = get_object_or_404(FormerPerson, pk=pk)
    form, names = KeyForm(submitted_data(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            names = domain.read_key(former=former, by=request.user, at=timezone.now(), **form.verb_fields())
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "former": former, "names": names}
    return render(request, "retention/former_key.html", context, status=422 if form.errors else 200)
