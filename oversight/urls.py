"""The URL configuration: our own, allauth's sign-in, and the admin (without its own sign-in)."""

from django.http import Http404
from django.urls import include, path, re_path

from recommendations.admin import site
from recommendations.permissions import public


@public
def not_found(request):
    """404 for pages of allauth that an office does not use: administrators keep people and their addresses."""
    raise Http404


urlpatterns = [
    path("admin/", site.urls),
    re_path(r"^account/(?:signup|email|confirm-email|password/set|login/code)/", not_found, name="closed"),
    # Without allauth's addresses for social accounts: sign-in with Entra has its own.
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("recommendations.urls")),
]

# Of our own, since Django's read the form of the request, which may be what is wrong with it.
handler400 = "recommendations.views.site.refused_requests.bad_request"
handler403 = "recommendations.views.site.refused_requests.permission_denied"
handler404 = "recommendations.views.public.responses.not_found"
handler500 = "recommendations.views.site.server_errors.server_error"
