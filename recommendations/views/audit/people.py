"""People's access, for administrators: who can sign in, how, since when and where; and resetting it."""

import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.people import access
from recommendations.domain.people.access_filters import STATES, PeopleFilter
from recommendations.domain.people.changes import reset_factor as reset_or_ask
from recommendations.domain.people.committees import members_need_factor, members_without_committee
from recommendations.domain.people.two_people import has_second
from recommendations.enums import Role
from recommendations.forms.audit.events import ResetFactorForm
from recommendations.forms.people.access_filter import PeopleFilterForm
from recommendations.models import AccountChange, AccountInvitation, User
from recommendations.permissions import WRITING_ROLES, May, allow
from recommendations.sign_in.events import origin_of
from recommendations.views.people.accounts import tell_of_change
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data


@require_safe
@allow(May.ADMINISTER)
def people_access(request: AuthenticatedRequest) -> HttpResponse:
    """Everyone with an account: when they were last seen, their sessions, and their second factor."""
    people, asked = access.people_access(at=timezone.now()), PeopleFilterForm(request.GET).asked
    context = {"rows": asked.rows(people), "asked": asked, "is_narrowed": asked != PeopleFilter()}
    return render(request, "audit/people.html", context | _counts(asked, people) | _waiting())


def _counts(people_filter: PeopleFilter, people: list[access.PersonAccess]) -> dict:
    """The number of people in each state and role."""
    states, roles = people_filter.states(people), people_filter.roles(people)
    words = {role: label if roles[role] == 1 else f"{label}s" for role, label in Role.choices}
    return {
        "states": _count_links("show", people_filter, states, {name: words for name, (words, _) in STATES.items()}),
        "roles": _count_links("role", people_filter, roles, words),
    }


def _count_links(field: str, people_filter: PeopleFilter, counts: dict[str, int], words: dict[str, str]) -> list[tuple]:
    """(number, label, address, whether it is the current filter) of each; the current filter's address removes it."""
    given = {"q": people_filter.words, "role": people_filter.role, "show": people_filter.state}
    given["id"] = ",".join(map(str, people_filter.ids))
    return [
        (number, words[name], _address(given | {field: "" if name == given[field] else name}), name == given[field])
        for name, number in counts.items()
        if number or name == given[field]
    ]


def _address(params: dict[str, str]) -> str:
    return f"?{urlencode({name: value for name, value in params.items() if value})}"


def _waiting() -> dict:
    """Open work on accounts: invitations, changes that wait for a second administrator, members without a committee."""
    now = timezone.now()
    invitations = AccountInvitation.objects.open().select_related("force", "account", "ended_by")
    return {
        "invitations": [(each, each.has_run_out(now)) for each in invitations],
        "changes": list(AccountChange.objects.open().select_related("person__force", "force", "asked_by")),
        "unseated": members_without_committee(),
        "members_need_factor": members_need_factor(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def reset_factor(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Remove someone's second factor: they set up a new one at their next sign-in. For everyone but committee members
    this is only a request, which another administrator confirms."""
    person = get_object_or_404(User, pk=pk)
    form, needs_two = ResetFactorForm(submitted_data(request)), person.role in WRITING_ROLES

    reset: list[bool] = []

    def act(by: User, at: datetime.datetime) -> AccountChange | None:
        waiting = reset_or_ask(person=person, by=by, at=at, origin=origin_of(request), **form.verb_fields())
        reset.append(waiting is None)
        return waiting

    message = "It waits for another administrator to confirm it." if needs_two else "Reset."
    done = request.method == "POST" and submit_form(request, form, act, message=message, to=reverse("people_access"))
    if any(reset):
        tell_of_change(request, person, person, is_factor_reset=True)
    context = {
        "form": form,
        "person": person,
        "needs_two": needs_two,
        "has_second": has_second(asked_by=request.user.pk, about=person.pk),
    }
    return done or render(request, "audit/reset_factor.html", context, status=422 if form.errors else 200)
