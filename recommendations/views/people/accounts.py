"""Account administration: confirming a change, closing an account, a member's committees."""

import datetime
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.people import changes
from recommendations.domain.people.committees import members_need_factor, set_committees, set_member_factor
from recommendations.domain.people.leaving import leave
from recommendations.domain.people.open_things import OpenThing, inherited_things, open_things, people_inherited_from
from recommendations.domain.people.recent_changes import recent_changes
from recommendations.domain.people.two_people import has_second
from recommendations.emails.accounts import send_account_changed
from recommendations.enums import Role
from recommendations.forms.people.access import DecideForm, LeaveForm, MemberCommitteesForm, MemberFactorForm
from recommendations.models import AccountChange, Handover, SignInPolicy, User
from recommendations.models.base import Guarded
from recommendations.permissions import May, allow
from recommendations.sign_in.events import origin_of
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def person_change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A change of an account that waits for a second administrator, or its outcome."""
    change = get_object_or_404(AccountChange.objects.select_related("person", "asked_by", "decided_by"), pk=pk)
    form = DecideForm(submitted_data(request))
    done = request.method == "POST" and _decide(request, form, change)
    if done:
        return done
    context = {"form": form, "change": change, "is_own": change.asked_by_id == request.user.pk}
    context["is_stuck"] = not change.decided_at and not has_second(asked_by=change.asked_by_id, about=change.person_id)
    context["recent"] = [] if change.decided_at else recent_changes(change.person, user=request.user, at=timezone.now())
    return render(request, "people/change.html", context, status=422 if form.errors else 200)


def _decide(request: AuthenticatedRequest, form: DecideForm, change: AccountChange) -> HttpResponse | None:
    verbs = {"confirm": (changes.confirm_change, "Confirmed."), "end": (changes.end_change, "It is not made.")}
    if request.POST.get("act") not in verbs:
        form.add_error(None, "Choose what to do.")
        return None
    verb, message = verbs[request.POST["act"]]
    before = User.objects.get(pk=change.person_id)
    changed: list[User] = []

    def act(by: User, at: datetime.datetime) -> Guarded:
        done = verb(change=change, by=by, at=at, origin=origin_of(request), **form.verb_fields())
        changed.extend([done] if isinstance(done, User) else [])
        return done

    answer = submit_form(request, form, act, message=message, to=reverse("people_access"))
    for person in changed:
        tell_of_change(request, before, person, is_factor_reset=change.resets_factor)
    return answer


def tell_of_change(request: AuthenticatedRequest, before: User, after: User, *, is_factor_reset: bool = False) -> None:
    """Mail the person whose account was changed; say on the next page if that failed."""
    if not send_account_changed(before, after, is_factor_reset=is_factor_reset):
        messages.warning(request, f"The email that tells {after.name} of this could not be sent. Tell them yourself.")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def leave_account(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Close the account of someone who leaves: their open work is listed, and handed over in the same step."""
    person = get_object_or_404(User, pk=pk)
    things = open_things(person)
    form = LeaveForm(submitted_data(request), person=person, has_things=bool(things))

    def act(by: User, at: datetime.datetime) -> Handover | None:
        return leave(person=person, by=by, at=at, origin=origin_of(request), **form.verb_fields())

    message = f"The account of {person.name} is closed."
    done = request.method == "POST" and submit_form(request, form, act, message=message, to=reverse("people_access"))
    context = {"form": form, "person": person, "kinds": _group_by_kind(things), "number": len(things)}
    return done or render(request, "people/leave.html", context, status=422 if form.errors else 200)


def _group_by_kind(things: list[OpenThing]) -> list:
    return [(kind, list(those)) for kind, those in groupby(things, key=lambda thing: thing.kind)]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def member_committees(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Which committees a member belongs to."""
    person = get_object_or_404(User, pk=pk, role=Role.COMMITTEE_MEMBER)
    form = MemberCommitteesForm(submitted_data(request), person=person, today=timezone.localdate())

    def act(by: User, at: datetime.datetime) -> User:
        return set_committees(person=person, by=by, at=at, origin=origin_of(request), **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Saved.", to=reverse("people_access"))
    context = {"form": form, "person": person}
    return done or render(request, "people/committees.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def member_factor(request: AuthenticatedRequest) -> HttpResponse:
    """Whether committee members need a second factor; administrators can switch it, on record."""
    needed = members_need_factor()
    form = MemberFactorForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> SignInPolicy:
        return set_member_factor(needed=not needed, by=by, at=at, origin=origin_of(request), **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message="Saved.", to=reverse("people_access"))
    context = {"form": form, "needed": needed}
    return done or render(request, "people/member_factor.html", context, status=422 if form.errors else 200)


@require_safe
@allow(May.SEE_REGISTER)
def handed_over(request: AuthenticatedRequest) -> HttpResponse:
    """What colleagues who left handed to this user and is still open."""
    context = {"people": people_inherited_from(request.user), "kinds": _group_by_kind(inherited_things(request.user))}
    return render(request, "people/handed_over.html", context)
