"""Addresses of commitments."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.commitments import commitments

urlpatterns = addresses_of(
    Section.COMMITMENTS,
    patterns=[
        path("responses/<int:pk>/commitments/add/", commitments.mark_commitment, name="mark_commitment"),
        path("commitments/", commitments.commitments, name="commitments"),
        path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
        path("commitments/<int:pk>/check/", commitments.check_commitment, name="check_commitment"),
        path("commitments/<int:pk>/edit/", commitments.edit_commitment, name="edit_commitment"),
        path("commitments/<int:pk>/checks/<int:check>/withdraw/", commitments.withdraw_check, name="withdraw_check"),
    ],
)
