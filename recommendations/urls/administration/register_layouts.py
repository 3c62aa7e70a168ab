"""Addresses of the layouts of registers that are remembered."""

from django.urls import path

from recommendations.views.imports import layouts

urlpatterns = [
    path("register-layouts/", layouts.register_layouts, name="register_layouts"),
    path("register-layouts/<int:pk>/retire/", layouts.retire_register_layout, name="retire_register_layout"),
]
