"""Saved views of the register: their list, the form beside the register, and their buttons."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.domain.saved_views import saved_views as verbs
from recommendations.forms.home.home import SeenForm
from recommendations.forms.register.query_string import address_of_view
from recommendations.forms.site.base import VerbForm
from recommendations.models import SavedView, User
from recommendations.permissions import May, allow
from recommendations.views.register.register import show
from recommendations.views.register.request_query import RegisterRequest
from recommendations.views.saved_views.form import form_of, panel_of
from recommendations.views.saved_views.listing import views_context
from recommendations.views.saved_views.question import params_of
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

FORM = ["GET", "HEAD", "POST"]


def _visible_view(request: AuthenticatedRequest, pk: int) -> SavedView:
    """A view that this user can see, or Http404."""
    return get_object_or_404(SavedView.objects.visible_to(request.user).select_related("owner"), pk=pk)


def _own(request: AuthenticatedRequest, pk: int) -> SavedView:
    """A view that this user owns, or Http404: only owners change and delete a view, even a shared one."""
    return get_object_or_404(SavedView.objects.visible_to(request.user).filter(owner=request.user), pk=pk)


def _view_url(view: SavedView) -> str:
    return str(address_of_view(view))


@require_safe
@allow(May.SEE_REGISTER)
def saved_views(request: AuthenticatedRequest) -> HttpResponse:
    """All views that this user can see, their own first."""
    return render(request, "saved_views/list.html", views_context(RegisterRequest(request)))


@require_safe
@allow(May.SEE_REGISTER)
def saved_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The permanent address of a view: redirects to the register with the view's current filters."""
    return redirect(_view_url(_visible_view(request, pk)))


@require_http_methods(FORM)
@allow(May.SEE_REGISTER)
def save_view(request: AuthenticatedRequest) -> HttpResponse:
    """Save what the register shows as a new view, from a form beside it."""
    asked = RegisterRequest(request)
    form = form_of(asked, submitted_data(request))

    def act(by: User, at: datetime.datetime) -> SavedView:
        return verbs.save_view(content=form.content(), by=by, at=at)

    saved = None if form.is_move else submit_form(request, form, act, message="View saved.", to=_view_url)
    return saved or show(request, asked, view_panel=panel_of(asked, form, None))


@require_http_methods(FORM)
@allow(May.SEE_REGISTER)
def change_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Change your own view to the filters and order of the list behind the form, and to other columns.
    Without filters in the address the list is the view's.
    """
    view = _own(request, pk)
    asked = RegisterRequest(request, request.GET or params_of(view))
    form = form_of(asked, submitted_data(request), view)

    def act(by: User, at: datetime.datetime) -> SavedView:
        version = form.cleaned_data["version"] or 0
        return verbs.change_view(view=view, content=form.content(), version=version, by=by, at=at)

    saved = None if form.is_move else submit_form(request, form, act, message="View saved.", to=_view_url)
    return saved or show(request, asked, view_panel=panel_of(asked, form, view))


@require_http_methods(FORM)
@allow(May.SEE_REGISTER)
def delete_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, then delete a view for everyone who sees it."""
    view, form = _own(request, pk), VerbForm(submitted_data(request))
    done = submit_form(
        request,
        form,
        lambda by, at: verbs.delete_view(view=view, by=by),
        message=f"View deleted: {view.name}.",
        to=reverse("saved_views"),
    )
    others = view.uses.exclude(person=request.user).filter(opens_register=True).count()
    return done or render(request, "saved_views/delete.html", {"view": view, "form": form, "others": others})


@require_POST
@allow(May.SEE_REGISTER)
def open_with_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Make the register open with this view, or with none; each user chooses for themselves."""
    view, off = _visible_view(request, pk), "off" in request.POST
    verbs.open_register_with(view=None if off else view, by=request.user)
    said = "all open recommendations" if off else view.name
    messages.success(request, f"The register now opens with {said}.")
    return redirect(reverse("saved_views"))


@require_POST
@allow(May.SEE_REGISTER)
def mark_view_seen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Count changes in the view from the moment at which the page was rendered. Scripts send this as it opens."""
    view, form = _visible_view(request, pk), SeenForm(request.POST)
    if form.is_valid():
        verbs.mark_seen(view=view, until=form.cleaned_data["until"], by=request.user, at=timezone.now())
    return redirect(_view_url(view))
