"""Addresses of committees' requests."""

from django.urls import path

from recommendations.views.committees import requests

urlpatterns = [
    path("papers/<int:pk>/requests/<int:asked>/", requests.answer_request, name="answer_request"),
    path("requests/", requests.committee_requests, name="committee_requests"),
    path("requests/add/", requests.record_request, name="record_request"),
    path("requests/<int:pk>/", requests.committee_request, name="committee_request"),
    path("requests/<int:pk>/change/", requests.change_request, name="change_request"),
    path("requests/<int:pk>/withdraw/", requests.withdraw_request, name="withdraw_request"),
    path("requests/<int:pk>/answered/", requests.close_request, name="close_request"),
    path("requests/<int:pk>/open-again/", requests.reopen_request, name="reopen_request"),
]
