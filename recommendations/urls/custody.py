"""Addresses of visits to custody suites."""

from django.urls import path

from recommendations.views.custody import visits as custody

urlpatterns = [
    path("custody/", custody.custody, name="custody"),
    path("custody/visits/add/", custody.record_visit, name="record_visit"),
    path("custody/visits/<int:pk>/", custody.custody_visit, name="custody_visit"),
    path("custody/visits/<int:pk>/answer/", custody.answer_visit, name="answer_visit"),
    path("custody/visits/<int:pk>/withdraw/", custody.withdraw_visit, name="withdraw_visit"),
]
