"""Addresses of ownership: mine or everyone's, and handing work to a colleague."""

from django.urls import path

from recommendations.sections import Section, addresses_of
from recommendations.views.ownership import keepers, switch

urlpatterns = [
    path("whose/", switch.choose_whose, name="choose_whose"),
    path("notices/mail/", switch.choose_mails, name="choose_mails"),
    *addresses_of(Section.ROUNDS, patterns=[path("rounds/<int:pk>/give/", keepers.give_round, name="give_round")]),
    path("responses/<int:pk>/give/", keepers.give_response, name="give_response"),
]
