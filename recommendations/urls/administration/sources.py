"""Addresses of sources, their rules, and the answers that the office follows."""

from django.urls import path

from recommendations.views.sources import answers, sources

urlpatterns = [
    path("inspections/<int:pk>/answer/", answers.answer, name="answer"),
    path("inspections/<int:pk>/answer/<slug:act>/", answers.record_answer, name="record_answer"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("sources/<slug:key>/rules/", sources.add_basis, name="add_basis"),
    path("rules/<slug:key>/", sources.basis, name="basis"),
    path("rules/<slug:key>/confirm/", sources.confirm_basis, name="confirm_basis"),
]
