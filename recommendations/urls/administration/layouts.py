"""Addresses of the layouts of documents and registers, which administrators look after."""

from django.urls import path

from recommendations.views.layouts import layouts

urlpatterns = [
    path("administration/layouts/", layouts.layout_list, name="layouts"),
    path("administration/layouts/export/", layouts.export_layouts, name="export_layouts"),
    path("administration/layouts/import/", layouts.import_layouts, name="import_layouts"),
    path(
        "administration/layouts/registers/<int:pk>/retire/",
        layouts.retire_register_layout,
        name="retire_register_layout",
    ),
    path("administration/layouts/<int:pk>/", layouts.layout, name="layout"),
]
