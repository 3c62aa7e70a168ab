"""The views shared with the office, for administrators: owner, name, and whether it stays shared."""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.saved_views.saved_views import change_view
from recommendations.forms.saved_views.saved_views import OFFICE, SharedViewForm, content_of
from recommendations.models import SavedView, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data


@require_safe
@allow(May.ADMINISTER)
def shared_views(request: AuthenticatedRequest) -> HttpResponse:
    """Every shared view by name. Its filters are not shown: administrators read no records."""
    # without visible_to: administrators see no register, but the names and owners of all shared views
    views = SavedView.objects.shared_by_office().in_order()
    return render(request, "saved_views/shared.html", {"views": views})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def shared_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Rename a shared view, or stop sharing it."""
    # without visible_to: administrators see no register, but the names and owners of all shared views
    view = get_object_or_404(SavedView.objects.shared_by_office(), pk=pk)
    form = SharedViewForm(submitted_data(request), initial={"name": view.name, "who": OFFICE, "version": view.version})

    def act(by: User, at: datetime.datetime) -> SavedView:
        given = form.cleaned_data
        content = content_of(view)._replace(name=given["name"], shared=given["who"] == OFFICE)
        return change_view(view=view, content=content, version=given["version"] or 0, by=by, at=at)

    done = submit_form(request, form, act, message="View saved.", to=lambda saved: reverse("shared_views"))
    return done or render(request, "saved_views/shared_view.html", {"view": view, "form": form})
