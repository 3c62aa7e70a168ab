"""Addresses of pages beside the subjects: account, definitions, accessibility."""

from django.urls import path

from recommendations.views.site import interrupted_form as kept
from recommendations.views.site import pages

urlpatterns = [
    path("you/", pages.account, name="account"),
    path("kept/", kept.kept, name="kept"),
    path("definitions/", pages.definitions, name="definitions"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("gallery/", pages.gallery, name="gallery"),
]
