"""Addresses of the compliance pages."""

from django.urls import path

from recommendations.views.compliance import compliance

urlpatterns = [
    path("responses/compliance/", compliance.compliance, name="compliance"),
    path("responses/compliance.csv", compliance.compliance_csv, name="compliance_csv"),
]
