"""Addresses of calendar."""

from django.urls import path

from recommendations.views.calendar import calendar as calendars
from recommendations.views.calendar import feed as calendar_addresses

urlpatterns = [
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/address/make/", calendar_addresses.make_calendar_address, name="make_calendar_address"),
    path("calendar/address/<int:pk>/end/", calendar_addresses.end_calendar_address, name="end_calendar_address"),
    path("calendar/<slug:token>.ics", calendar_addresses.calendar_feed, name="calendar_feed"),
]
