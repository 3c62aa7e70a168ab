"""Addresses of ownership: notices by email, and handing work to a colleague."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.ownership import keepers, switch

urlpatterns = [
    path("notices/mail/", switch.choose_mails, name="choose_mails"),
    *addresses_of(Section.ROUNDS, patterns=[path("rounds/<int:pk>/give/", keepers.give_round, name="give_round")]),
    path("responses/<int:pk>/give/", keepers.give_response, name="give_response"),
]
