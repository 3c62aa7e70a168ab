"""Addresses of the first page."""

from django.urls import path

from recommendations.views.home import home

urlpatterns = [
    path("", home.home, name="home"),
    path("seen/", home.mark_seen, name="mark_seen"),
]
