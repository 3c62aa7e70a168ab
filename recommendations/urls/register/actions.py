"""Addresses of actions."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.actions import actions

urlpatterns = addresses_of(
    Section.ACTIONS,
    patterns=[
        path("actions/", actions.actions, name="actions"),
        path("actions/<int:pk>/", actions.action, name="action"),
    ],
)
