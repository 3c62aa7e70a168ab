"""Personal tokens: the user's own, made and revoked here, and everyone's for administrators."""

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.domain.people.api_tokens import NewToken, make_token, revoke_token, scopes_for
from recommendations.forms.people.api_tokens import RevokeForm, TokenForm
from recommendations.models import ApiToken, User
from recommendations.models.people.api_tokens import TokenQuerySet
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.sign_in.events import origin_of
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.reauthentication import lately_confirmed
from recommendations.views.submission.submit import submit_form, submitted_data

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.USE)
@lately_confirmed
def own_tokens(request: AuthenticatedRequest) -> HttpResponse:
    """The user's own tokens, and the form to make one. The response to that form shows the new token, once."""
    today = london_day(timezone.now())
    form, made = TokenForm(submitted_data(request), person=request.user, today=today), []

    def act(by: User, at: datetime.datetime) -> ApiToken:
        made.append(make_token(by=by, at=at, origin=origin_of(request), **form.verb_fields()))
        return made[0].token

    done = request.method == "POST" and submit_form(request, form, act, message="Token made.", to=reverse("own_tokens"))
    if made and done:
        return _render_new_token(request, made[0])
    # without visible_to: the user’s own, also as an administrator
    tokens = ApiToken.objects.filter(person=request.user).select_related("use")
    context = _tokens_context(request, tokens, today) | {"form": form, "scopes": scopes_for(request.user)}
    return done or render(request, "people/own_tokens.html", context, status=422 if form.errors else 200)


def _render_new_token(request: AuthenticatedRequest, made: NewToken) -> HttpResponse:
    """The new token, which cannot be shown again."""
    return render(request, "people/new_token.html", {"token": made.token, "secret": made.secret})


def _tokens_context(request: AuthenticatedRequest, tokens: TokenQuerySet, today: datetime.date) -> dict:
    """A page of tokens, valid ones first."""
    standing, ended = tokens.standing(today), tokens.ended(today)
    page = Paginator([*standing, *ended], PAGE).get_page(request.GET.get("page"))
    rows = [(each, each.is_standing(today)) for each in page]
    return {"page": page, "rows": rows, "number": len(standing), "revoke_form": RevokeForm(auto_id=False)}


@require_safe
@allow(May.ADMINISTER)
def all_tokens(request: AuthenticatedRequest) -> HttpResponse:
    """Everyone's tokens, without their secrets."""
    tokens = ApiToken.objects.visible_to(request.user).select_related("use", "person")
    return render(request, "people/tokens.html", _tokens_context(request, tokens, london_day(timezone.now())))


@require_POST
@allow(May.USE)
def revoke_api_token(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Revoke a token: the user's own, or anyone's as an administrator."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    back = reverse("own_tokens" if token.person_id == request.user.pk else "all_tokens")
    form = RevokeForm(request.POST)

    def act(by: User, at: datetime.datetime) -> ApiToken:
        return revoke_token(token=token, by=by, at=at, origin=origin_of(request))

    done = submit_form(request, form, act, message=f"{token.prefix} is revoked.", to=back)
    if done is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return done or redirect(back)
