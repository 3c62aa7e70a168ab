"""Addresses that need no sign-in. Public addresses never change."""

import datetime

from django.urls import path, register_converter

from recommendations.sections import Section, addresses_of
from recommendations.views.public import (
    action_plans,
    force_emails,
    forces,
    meetings,
    panels,
    paper_editions,
    papers,
    responses,
)


class YearInAddress:
    """The year in a public address: four digits."""

    regex = "[0-9]{4}"
    to_python, to_url = int, str


class VersionNumber(YearInAddress):
    """The version in a public address: no leading zero, so that each version has one address."""

    regex = "[1-9][0-9]{0,3}"


class Day:
    """A day in a public address: 2026-07-01. A day that does not exist does not match."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    to_python, to_url = datetime.date.fromisoformat, str


register_converter(Day, "day")
register_converter(YearInAddress, "year")
register_converter(VersionNumber, "number")

PANELS = [path("published/panels/", panels.panels, name="public_panels")]

ISSUE = "published/papers/<slug:slug>/<day:start>-to-<day:end>/issue-<number:issue>/"
PAPERS = [
    path("published/papers/", papers.papers, name="public_papers"),
    path("published/papers/feed/", papers.papers_feed, name="public_papers_feed"),
    path(ISSUE, papers.paper, name="public_paper"),
    path(f"{ISSUE}paper.pdf", papers.paper_file, name="public_paper_file"),
    path(f"{ISSUE}<slug:part>/", paper_editions.read, name="public_paper_read"),
    path(f"{ISSUE}<slug:part>/register.<slug:form>", paper_editions.register, name="public_paper_register"),
]

RELEASE = "published/forces/<slug:slug>/release-<number:number>/"
FORCES = [
    path("published/forces/", forces.forces, name="public_forces"),
    path("published/forces/<slug:slug>/", forces.force, name="public_force"),
    path("published/forces/<slug:slug>/feed/", forces.feed, name="public_force_feed"),
    path(RELEASE, forces.release, name="public_force_release"),
    path(f"{RELEASE}open/", forces.open_lines, name="public_force_open"),
    path(f"{RELEASE}<slug:name>.<slug:form>", forces.file, name="public_force_file"),
    # Not below /published/: a server for the public pages alone has no write access.
    path("page-emails/<slug:slug>/", force_emails.sign_up, name="force_emails"),
    path("page-emails/<slug:slug>/<str:token>/confirm/", force_emails.confirm, name="confirm_emails"),
    path("page-emails/<slug:slug>/<str:token>/end/", force_emails.end, name="end_emails"),
]

VERSION = "published/action-plans/<slug:slug>/version-<number:number>/"
ACTION_PLANS = [
    path("published/action-plans/", action_plans.plans, name="public_action_plans"),
    path("published/action-plans/<slug:slug>/", action_plans.plan, name="public_action_plan"),
    path("published/action-plans/<slug:slug>/feed/", action_plans.feed, name="public_action_plan_feed"),
    path(VERSION, action_plans.version, name="public_action_plan_version"),
    path(f"{VERSION}action-plan.<slug:form>", action_plans.file, name="public_action_plan_file"),
]

MEETING = "published/meetings/<slug:slug>/release-<number:number>/"
MEETINGS = [
    path("published/meetings/", meetings.meetings, name="public_meetings"),
    path("published/meetings/<slug:slug>/", meetings.force_meetings, name="public_meeting"),
    path("published/meetings/<slug:slug>/feed/", meetings.feed, name="public_meeting_feed"),
    path(MEETING, meetings.meeting, name="public_meeting_release"),
    path(f"{MEETING}meeting.<slug:form>", meetings.file, name="public_meeting_file"),
]

urlpatterns = [
    path("published/", responses.responses, name="public_responses"),
    path("published/feed/", responses.feed, name="public_feed"),
    path("published/responses.json", responses.data_json, name="public_json"),
    path("published/responses.csv", responses.data_csv, name="public_csv"),
    path("published/<year:year>/<slug:slug>/", responses.response, name="public_response"),
    path("published/<year:year>/<slug:slug>/v<number:number>/", responses.version, name="public_version"),
    path("published/<year:year>/<slug:slug>/v<number:number>/response.<slug:form>", responses.file, name="public_file"),
    *ACTION_PLANS,
    *addresses_of(Section.ACCOUNTABILITY, patterns=MEETINGS),
    *addresses_of(Section.PANELS, patterns=PANELS),
    *addresses_of(Section.PUBLIC_PAPERS, patterns=PAPERS),
    *addresses_of(Section.FORCE_PAGE, patterns=FORCES),
]
