"""Addresses of inspections."""

from django.urls import path

from recommendations.permissions import May
from recommendations.views.inspections import directions, inspections, plans, word
from recommendations.views.site.navigation import PLACES, NavigationPlace
from recommendations.views.sources import add

PLACES.add(50, NavigationPlace("Inspections", "inspections", May.SEE_INSPECTIONS, ("/inspections", "/forces")))

urlpatterns = [
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/add/", inspections.add_inspection, name="add_inspection"),
    path("inspections/add/<slug:source>/", add.add_source, name="add_source"),
    path("inspections/ahead/add/", plans.plan_inspection, name="plan_inspection"),
    path("inspections/ahead/<int:pk>/", plans.plan, name="plan"),
    path("inspections/ahead/<int:pk>/change/", plans.change_plan, name="change_plan"),
    path("inspections/ahead/<int:pk>/report/", plans.link_plan, name="link_plan"),
    path("inspections/ahead/<int:pk>/withdraw/", plans.withdraw_plan, name="withdraw_plan"),
    path(
        "inspections/ahead/<int:pk>/said/<int:row>/withdraw/",
        plans.withdraw_announcement,
        name="withdraw_announcement",
    ),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/edit/", inspections.edit_inspection, name="edit_inspection"),
    path("inspections/<int:pk>/recommendations/add/", inspections.add_recommendation, name="add_recommendation"),
    path(
        "inspections/<int:pk>/recommendations/<int:recommendation>/edit/",
        inspections.edit_recommendation,
        name="edit_recommendation",
    ),
    path("inspections/<int:pk>/enforces/add/", directions.enforce, name="enforce"),
    path("inspections/enforces/<int:pk>/end/", directions.end_enforcement, name="end_enforcement"),
    path("inspections/<int:pk>/word/", word.inspection_word, name="inspection_word"),
]
