"""The address table: ours, the sign-in's, and the admin's, which has no door of its own."""

from django.http import Http404
from django.urls import include, path, re_path

from recommendations.admin import site
from recommendations.permissions import public


@public
def closed(request):
    """What allauth offers and an office has no use for: people and their addresses are the administrators' to keep."""
    raise Http404


urlpatterns = [
    path("admin/", site.urls),
    re_path(r"^account/(?:signup|email|confirm-email|password/set|login/code)/", closed, name="closed"),
    # Not all of allauth's addresses: those of social accounts are not ours, sign-in with Entra has its own.
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("recommendations.urls")),
]

handler404 = "recommendations.views.public.responses.not_found"
handler500 = "recommendations.views.site.server_errors.server_error"
