"""Addresses of forces."""

from django.urls import path

from recommendations.views.forces import forces

urlpatterns = [
    path("forces/<slug:slug>/", forces.force, name="force"),
    path("forces/<slug:slug>/grades/add/", forces.record_grades, name="record_grades"),
    path("forces/<slug:slug>/grades/<int:pk>/withdraw/", forces.withdraw_grade, name="withdraw_grade"),
    path("forces/<slug:slug>/monitoring/add/", forces.record_monitoring_stage, name="record_monitoring_stage"),
    path(
        "forces/<slug:slug>/monitoring/<int:pk>/withdraw/",
        forces.withdraw_monitoring_stage,
        name="withdraw_monitoring_stage",
    ),
]
