"""Addresses of sources, their rules, and the answers that the office follows."""

from django.urls import path

from recommendations.views.sources import answers, sources

urlpatterns = [
    path("inspections/<int:pk>/answer/", answers.answer, name="answer"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("rules/<slug:key>/", sources.basis, name="basis"),
]
