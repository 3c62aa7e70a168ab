"""Addresses of evidence."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.evidence import evidence

urlpatterns = addresses_of(
    Section.PANELS,
    Section.CUSTODY,
    Section.INDICATORS,
    patterns=[
        path("commitments/<int:pk>/evidence/add/", evidence.point_from_commitment, name="point_from_commitment"),
        path(
            "recommendations/<int:pk>/evidence/add/",
            evidence.point_from_recommendation,
            name="point_from_recommendation",
        ),
        path("assurances/<int:pk>/evidence/add/", evidence.point_from_assurance, name="point_from_assurance"),
        path("evidence/<int:pk>/withdraw/", evidence.withdraw_evidence, name="withdraw_evidence"),
    ],
)
