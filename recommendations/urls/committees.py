"""Addresses of committees' requests."""

from django.urls import path

from recommendations.views.committees import requests as committee_requests

urlpatterns = [
    path("papers/<int:pk>/requests/<int:asked>/", committee_requests.answer_request, name="answer_request"),
    path("requests/", committee_requests.committee_requests, name="committee_requests"),
    path("requests/add/", committee_requests.record_request, name="record_request"),
    path("requests/<int:pk>/", committee_requests.committee_request, name="committee_request"),
    path("requests/<int:pk>/change/", committee_requests.change_request, name="change_request"),
    path("requests/<int:pk>/withdraw/", committee_requests.withdraw_request, name="withdraw_request"),
]
