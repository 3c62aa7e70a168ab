"""Addresses of visits to custody suites."""

from django.urls import path

from recommendations.permissions import May
from recommendations.sections import Section, addresses_of
from recommendations.views.custody import visits
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(
    80,
    NavigationPlace("Custody visits", "custody", May.RECORD_MEETINGS, ("/custody", "/evidence"), under=Section.PANELS),
    Section.CUSTODY,
)

urlpatterns = addresses_of(
    Section.CUSTODY,
    patterns=[
        path("custody/", visits.custody, name="custody"),
        path("custody/visits/add/", visits.record_visit, name="record_visit"),
        path("custody/visits/<int:pk>/", visits.custody_visit, name="custody_visit"),
        path("custody/visits/<int:pk>/answer/", visits.answer_visit, name="answer_visit"),
        path("custody/visits/<int:pk>/withdraw/", visits.withdraw_visit, name="withdraw_visit"),
    ],
)
