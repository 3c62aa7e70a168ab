"""Addresses of importing documents: reports and responses."""

from django.urls import path

from recommendations.views.documents_in import checking, reports, responses

urlpatterns = [
    path("inspections/bring-in/", reports.choose_report, name="import_report"),
    path("responses/add/", responses.choose_document, name="import_response"),
    path("responses/bring-in/<int:pk>/", checking.check_document, name="check_document"),
]
