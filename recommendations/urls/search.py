"""The address of the search."""

from django.urls import path

from recommendations.views.search import search

urlpatterns = [path("search/", search.search, name="search")]
