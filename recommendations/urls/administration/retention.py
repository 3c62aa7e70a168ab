"""Addresses of redactions, people who left, and the counts of old access records."""

from django.urls import path

from recommendations.views.retention import access_counts, former_people, redactions

urlpatterns = [
    path("redactions/", redactions.redactions, name="redactions"),
    path("redactions/add/", redactions.propose, name="propose_redaction"),
    path("redactions/<int:pk>/", redactions.redaction, name="redaction"),
    path("redactions/<int:pk>/confirm/", redactions.confirm, name="confirm_redaction"),
    path("redactions/<int:pk>/decline/", redactions.decline, name="decline_redaction"),
    path("security/former/", former_people.former_people, name="former_people"),
    path("security/former/<int:pk>/number/", former_people.make_former, name="make_former"),
    path("security/former/<int:pk>/name/", former_people.former_key, name="former_key"),
    path("security/counts/", access_counts.access_counts, name="access_counts"),
]
