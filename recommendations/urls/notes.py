"""Addresses of office notes."""

from django.urls import path

from recommendations.views.notes import notes

urlpatterns = [
    path("notes/", notes.notes, name="notes"),
    path("notes/<slug:kind>/<int:pk>/", notes.record_notes, name="record_notes"),
    path("notes/<int:pk>/withdraw/", notes.withdraw_note, name="withdraw_note"),
]
