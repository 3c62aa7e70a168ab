"""Addresses of importing documents: reports and responses."""

from django.urls import path

from recommendations.views.documents_in import reports, responses

urlpatterns = [
    path("inspections/bring-in/", reports.choose_report, name="import_report"),
    path("inspections/bring-in/check/", reports.check_report, name="check_report"),
    path("responses/add/", responses.choose_document, name="import_response"),
    path("responses/add/check/", responses.check_document, name="check_document"),
]
