"""Addresses of the home page."""

from django.urls import path

from recommendations.permissions import May
from recommendations.views.home import home
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(10, NavigationPlace("Home", "home", May.USE, ("/",)))

urlpatterns = [
    path("", home.home, name="home"),
    path("seen/", home.mark_seen, name="mark_seen"),
]
