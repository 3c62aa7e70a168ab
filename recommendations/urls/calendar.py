"""Addresses of the calendar."""

from django.urls import path

from recommendations.views.calendar import calendar, feed

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/address/make/", feed.make_calendar_address, name="make_calendar_address"),
    path("calendar/address/<int:pk>/end/", feed.end_calendar_address, name="end_calendar_address"),
    path("calendar/<slug:token>.ics", feed.calendar_feed, name="calendar_feed"),
]
