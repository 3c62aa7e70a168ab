"""Addresses of similar recommendations."""

from django.urls import path

from recommendations.views.similar import similar

urlpatterns = [
    path("recommendations/<int:pk>/similar/", similar.similar, name="similar"),
    path("recommendations/<int:pk>/similar/<int:other>/link/", similar.link_similar, name="link_similar"),
    path("recommendations/<int:pk>/similar/<int:other>/decline/", similar.decline_similar, name="decline_similar"),
    path("recommendations/<int:pk>/similar/end/", similar.end_links, name="end_links"),
    path("inspections/<int:pk>/similar/", similar.similar_of_inspection, name="similar_of_inspection"),
]
