"""The address of the search over everything."""

from django.urls import path

from recommendations.views.search import search

urlpatterns = [path("search/", search.search, name="search")]
