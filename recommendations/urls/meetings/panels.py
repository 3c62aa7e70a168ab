"""Addresses of panels and their meetings."""

from django.urls import path

from recommendations.permissions import May
from recommendations.sections import Section, addresses_of
from recommendations.views.panels import attendance_lists, by_force, meetings, panels
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(
    70,
    NavigationPlace(
        "Panels", "panels", May.SEE_PANELS, ("/panels", "/meetings", "/custody", "/evidence", "/accountability")
    ),
    Section.PANELS,
)

urlpatterns = addresses_of(
    Section.PANELS,
    patterns=[
        path("forces/<slug:slug>/panels/", by_force.channel_panels, name="channel_panels"),
        path("panels/", panels.panels, name="panels"),
        path("panels/<int:pk>/", panels.panel, name="panel"),
        path("panels/<int:pk>/public/", panels.show_panel, name="show_panel"),
        path("panels/members/<int:pk>/withdraw/", panels.withdraw_member, name="withdraw_member"),
        path("panels/<int:pk>/meetings/add/", panels.plan_meetings, name="plan_meetings"),
        path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
        path("meetings/<int:pk>/attendance/", meetings.record_attendance, name="record_attendance"),
        path("meetings/<int:pk>/attendance/paste/", attendance_lists.paste_attendance, name="paste_attendance"),
        path("meetings/<int:pk>/attendance/list/", attendance_lists.confirm_attendance, name="confirm_attendance"),
        path("meetings/<int:pk>/attendance/withdraw/", meetings.withdraw_attendance, name="withdraw_attendance"),
        path("meetings/<int:pk>/change/", meetings.change_meeting, name="change_meeting"),
        path("meetings/<int:pk>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
        path("meetings/<int:pk>/withdraw/", meetings.withdraw_meeting, name="withdraw_meeting"),
        path("meetings/<int:pk>/files/add/", meetings.attach_meeting_file, name="attach_meeting_file"),
        path("meetings/<int:pk>/files/<int:file>/", meetings.meeting_file, name="meeting_file"),
        path("meetings/<int:pk>/files/<int:file>/withdraw/", meetings.withdraw_file, name="withdraw_meeting_file"),
    ],
)
