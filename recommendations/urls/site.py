"""Addresses of general pages: account, help, definitions, accessibility."""

from django.urls import path

from recommendations.permissions import May
from recommendations.views.help import pages as help_pages
from recommendations.views.people import entra
from recommendations.views.site import days, pages
from recommendations.views.site.navigation import PLACES, NavigationPlace
from recommendations.views.submission import interrupted_form, typed_drafts

PLACES.add(100, NavigationPlace("Administration", "admin:index", May.ADMINISTER, ("/admin",)))

urlpatterns = [
    path("you/", pages.account, name="account"),
    path("account/entra/", entra.to_entra, name="entra"),
    path("account/entra/back/", entra.from_entra, name="entra_callback"),
    path("account/entra/sign-out/", entra.out_of_entra, name="entra_sign_out"),
    path("account/signed-out/", entra.signed_out, name="signed_out"),
    path("kept/", interrupted_form.kept, name="kept"),
    path("typed/<slug:key>/<int:pk>/", typed_drafts.save_typed_words, name="save_typed"),
    path("help/", help_pages.help_page, name="help"),
    path("help/<slug:slug>/", help_pages.help_for, name="help_for"),
    path("definitions/", pages.definitions, name="definitions"),
    path("day/", days.read_typed_day, name="read_typed_day"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("data-protection/", pages.data_protection, name="data_protection"),
    path("report-a-security-problem/", pages.disclosure, name="disclosure"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("gallery/", pages.gallery, name="gallery"),
]
