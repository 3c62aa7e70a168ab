"""Addresses of the history of a record."""

from django.urls import path

from recommendations.views.audit import history

urlpatterns = [
    path("history/<slug:kind>/<int:pk>/", history.history, name="history"),
]
