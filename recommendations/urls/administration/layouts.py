"""Addresses of the layouts of documents, which administrators look after."""

from django.urls import path

from recommendations.views.layouts import layouts

urlpatterns = [
    path("layouts/", layouts.layout_list, name="layouts"),
    path("layouts/export/", layouts.export_layouts, name="export_layouts"),
    path("layouts/import/", layouts.import_layouts, name="import_layouts"),
    path("layouts/<int:pk>/", layouts.layout, name="layout"),
]
