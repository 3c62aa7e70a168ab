"""Inviting people, confirming an invitation, accepting one: the only way to an account besides the command line."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.people import invitations
from recommendations.domain.people.invitations import InvitationOver, SentInvitation
from recommendations.domain.people.two_people import has_second
from recommendations.domain.writing.refusals import Refusal
from recommendations.emails.accounts import invitation_link, send_account_invitation
from recommendations.forms.people.access import AcceptForm, DecideForm, InvitePersonForm
from recommendations.models import AccountInvitation, Panel, User
from recommendations.permissions import May, allow, public
from recommendations.sign_in.events import origin_of
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def invite_person(request: AuthenticatedRequest) -> HttpResponse:
    """Invite someone to set up an account."""
    form = InvitePersonForm(submitted_data(request), today=localdate())

    def act(by: User, at: datetime.datetime) -> SentInvitation:
        return invitations.invite(by=by, at=at, origin=origin_of(request), **form.verb_fields())

    done = request.method == "POST" and _submit_and_send_link(request, form, act, message="The invitation is made.")
    context = {"form": form, "has_second": has_second(asked_by=request.user.pk)}
    return done or render(request, "people/invite.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def person_invitation(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One invitation: its state, and what can be done about it."""
    invitation = get_object_or_404(AccountInvitation.objects.select_related("invited_by", "force"), pk=pk)
    form = DecideForm(submitted_data(request))
    done = request.method == "POST" and _decide(request, form, invitation)
    context = {"form": form, "invitation": invitation, "has_run_out": invitation.has_run_out(timezone.now())}
    # without visible_to: administrators see every committee
    context["committees"] = Panel.objects.filter(pk__in=invitation.committees)
    context["is_own"] = invitation.invited_by_id == request.user.pk
    context["is_stuck"] = invitation.needs_second and not has_second(asked_by=invitation.invited_by_id)
    return done or render(request, "people/invitation.html", context, status=422 if form.errors else 200)


def _decide(request: AuthenticatedRequest, form: DecideForm, invitation: AccountInvitation) -> HttpResponse | None:
    facts: dict[str, Any] = {"invitation": invitation, "origin": origin_of(request)}
    chosen = request.POST.get("act")
    if chosen == "confirm":
        confirm = invitations.confirm_invitation
        message = "Confirmed."
        return _submit_and_send_link(request, form, lambda by, at: confirm(by=by, at=at, **facts), message=message)
    if chosen == "send":
        again = invitations.send_again
        return _submit_and_send_link(
            request, form, lambda by, at: again(by=by, at=at, **facts), message="A new link is made."
        )
    if chosen != "end":
        form.add_error(None, "Choose what to do.")
        return None

    def end(by: User, at: datetime.datetime) -> AccountInvitation:
        return invitations.end_invitation(by=by, at=at, **facts, **form.verb_fields())

    return submit_form(request, form, end, message="The invitation is ended.", to=reverse("people_access"))


def _submit_and_send_link(
    request: AuthenticatedRequest, form: DecideForm | InvitePersonForm, act: Callable, *, message: str
) -> HttpResponse | None:
    """Call the action, then send the link; if no email can be sent, the page shows the link, once."""
    made = []

    def run(by: User, at: datetime.datetime) -> Any:
        made.append(act(by, at))
        return made[-1].invitation

    answer = submit_form(request, form, run, message=message, to=_page_of)
    if answer is None or not made or not made[-1].secret:
        return answer
    invitation, link = made[-1].invitation, invitation_link(made[-1].secret)
    if send_account_invitation(invitation, link):
        return answer
    return render(request, "people/link.html", {"invitation": invitation, "link": link})


def _page_of(invitation: AccountInvitation) -> str:
    return reverse("person_invitation", args=[invitation.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@public
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password and get an account, for whoever has the link."""
    try:
        invitation = invitations.find_invitation(secret=secret, on=timezone.now())
        if request.user.is_authenticated:
            return render(request, "people/accept_signed_in.html", status=422 if request.method == "POST" else 200)
        form = AcceptForm(submitted_data(request), invitation=invitation)
        if request.method == "POST" and form.is_valid():
            return _accept(request, secret, form)
    except InvitationOver as over:
        return _render_unusable_link(request, over.invitation)
    except Refusal as refused:
        form.add_error(None, refused.message)
    context = {"form": form, "invitation": invitation}
    return render(request, "people/accept.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, secret: str, form: AcceptForm) -> HttpResponse:
    password = form.cleaned_data["password1"]
    invitations.accept_invitation(secret=secret, password=password, at=timezone.now(), origin=origin_of(request))
    messages.success(request, "Your account is ready. Sign in with your email address and your new password.")
    return redirect("account_login")


def _render_unusable_link(request: HttpRequest, invitation: AccountInvitation | None) -> HttpResponse:
    """Why a link does not work, and what to do: 404 if it never existed or was replaced by a newer one,
    otherwise 410.
    """
    context = {"invitation": invitation}
    return render(request, "people/invitation_over.html", context, status=410 if invitation else 404)
