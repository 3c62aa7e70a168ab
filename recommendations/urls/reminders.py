"""Addresses of reminders: a user's own choice, and the office's rules."""

from django.urls import path

from recommendations.views.reminders import reminders, rules

urlpatterns = [
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/rules/", rules.reminder_rules, name="reminder_rules"),
    path("reminders/rules/preview/", rules.reminders_preview, name="reminders_preview"),
    path("reminders/rules/<slug:topic>/", rules.reminder_rule, name="reminder_rule"),
    path("reminders/rules/<slug:topic>/preview/", rules.reminder_preview, name="reminder_preview"),
]
