"""Addresses of accountability meetings."""

from django.urls import path

from recommendations.permissions import May
from recommendations.sections import Section, addresses_of
from recommendations.views.accountability import agenda, files, log, meetings, minutes
from recommendations.views.accountability.releases import MEETING_PAGE, prepare_meeting_page, release_meeting_page
from recommendations.views.site import releases
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(
    68,
    NavigationPlace("Meetings", "accountability", May.SEE_REGISTER, ("/accountability",)),
    Section.ACCOUNTABILITY,
)

MEETING = "accountability/<int:pk>/"
RELEASE, PAGE = "accountability/releases/<int:pk>/", {"kind": MEETING_PAGE}
PUBLIC = [
    path("accountability/public/<slug:slug>/", releases.release_list, PAGE, name="meeting_page"),
    path("accountability/public/<slug:slug>/prepare/", prepare_meeting_page, name="prepare_meeting_page"),
    path(RELEASE, releases.release, PAGE, name="meeting_page_release"),
    path(f"{RELEASE}release/", release_meeting_page, name="release_meeting_page"),
    path(f"{RELEASE}return/", releases.return_release, PAGE, name="return_meeting_page"),
    path(f"{RELEASE}withdraw/", releases.withdraw_release, PAGE, name="withdraw_meeting_page"),
]
ITEM = "accountability/items/<int:pk>/"
urlpatterns = addresses_of(
    Section.ACCOUNTABILITY,
    patterns=[
        path("accountability/", meetings.accountability, name="accountability"),
        path("accountability/add/", meetings.plan_accountability, name="plan_accountability"),
        path(MEETING, meetings.accountability_meeting, name="accountability_meeting"),
        path(f"{MEETING}change/", meetings.change_accountability, name="change_accountability"),
        path(f"{MEETING}ready/", meetings.make_agenda_ready, name="make_agenda_ready"),
        path(f"{MEETING}minutes/", minutes.write_minutes, name="write_minutes"),
        path(f"{MEETING}confirm/", meetings.confirm_minutes, name="confirm_minutes"),
        path(f"{MEETING}withdraw/", meetings.withdraw_accountability, name="withdraw_accountability"),
        path(f"{MEETING}<slug:kind>.<slug:form>", files.meeting_document, name="meeting_document"),
        path(f"{MEETING}items/add/", agenda.add_agenda_item, name="add_agenda_item"),
        path(f"{ITEM}change/", agenda.change_agenda_item, name="change_agenda_item"),
        path(f"{ITEM}move/", agenda.move_agenda_item, name="move_agenda_item"),
        path(f"{ITEM}remove/", agenda.remove_agenda_item, name="remove_agenda_item"),
        path("accountability/actions/<int:pk>/close/", log.close_meeting_action, name="close_meeting_action"),
        path("accountability/log/<slug:slug>/", log.action_log, name="action_log"),
        *PUBLIC,
    ],
)
