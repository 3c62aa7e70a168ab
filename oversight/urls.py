"""The address table: ours, the sign-in's, and the admin's, which has no door of its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("allauth.urls")),
    path("", include("recommendations.urls")),
]
