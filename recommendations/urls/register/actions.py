"""Addresses of actions."""

from django.urls import path

from recommendations.permissions import May
from recommendations.sections import Section, addresses_of
from recommendations.views.actions import actions, plan, sheet
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(25, NavigationPlace("Actions", "actions", May.ANSWER_ROUND, ("/actions",)), Section.ACTIONS)

urlpatterns = addresses_of(
    Section.ACTIONS,
    patterns=[
        path("recommendations/<int:pk>/actions/", actions.add_actions, name="add_actions"),
        path("actions/", actions.actions, name="actions"),
        path("actions/done/", actions.tick_actions, name="tick_actions"),
        path("actions/plan/", plan.plan_of_actions, name="plan_of_actions"),
        path("actions/sheet/", sheet.action_sheet, name="action_sheet"),
        path("actions/sheet/<int:pk>/undo/", sheet.undo_action_sheet, name="undo_action_sheet"),
        path("actions/<int:pk>/", actions.action, name="action"),
        path("actions/<int:pk>/update/", actions.update_action, name="update_action"),
        path("actions/<int:pk>/withdraw/", actions.withdraw_action, name="withdraw_action"),
        path("actions/<int:pk>/rows/<int:row>/withdraw/", actions.withdraw_action_row, name="withdraw_action_row"),
    ],
)
