"""Addresses of update rounds."""

from django.urls import path

from recommendations.permissions import May
from recommendations.sections import Section, addresses_of
from recommendations.views.rounds import answers, rounds, sheets
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(30, NavigationPlace("Update rounds", "rounds", May.SEE_ROUNDS, ("/rounds",)), Section.ROUNDS)

urlpatterns = addresses_of(
    Section.ROUNDS,
    patterns=[
        path("rounds/", rounds.rounds, name="rounds"),
        path("rounds/add/", rounds.add_round, name="add_round"),
        path("rounds/<int:pk>/", rounds.round_page, name="round"),
        path("rounds/<int:pk>/close/", rounds.close_round, name="close_round"),
        path("rounds/<int:pk>/answers/<int:answer>/accept/", rounds.accept_answer, name="accept_answer"),
        path("rounds/<int:pk>/answers/<int:answer>/return/", rounds.return_answer, name="return_answer"),
        path("rounds/<int:pk>/drafts/", answers.save_drafts, name="save_drafts"),
        path("rounds/<int:pk>/release/", answers.release_answers, name="release_answers"),
        path("rounds/<int:pk>/sheet/", sheets.round_sheet, name="round_sheet"),
        path("rounds/<int:pk>/bring-in/", sheets.bring_in_round_sheet, name="bring_in_round_sheet"),
        path("rounds/<int:pk>/bring-in/<slug:token>/", sheets.check_round_sheet, name="check_round_sheet"),
    ],
)
