"""The address table. Each view names its one access rule (permissions.py)."""

import datetime

from django.urls import path, register_converter

from recommendations.views.audit import history
from recommendations.views.calendar import calendar as calendars
from recommendations.views.calendar import feed as calendar_addresses
from recommendations.views.commitments import commitments
from recommendations.views.committees import requests as committee_requests
from recommendations.views.compliance import compliance
from recommendations.views.custody import visits as custody
from recommendations.views.documents_in import reports
from recommendations.views.documents_in import responses as imports
from recommendations.views.evidence import evidence
from recommendations.views.forces import forces
from recommendations.views.home import home
from recommendations.views.imports import imports as sheet_imports
from recommendations.views.imports import upload as sheets
from recommendations.views.inspections import inspections, plans
from recommendations.views.panels import attendance_lists, meetings, panels
from recommendations.views.panels import by_force as force_panels
from recommendations.views.papers import author_text as paper_words
from recommendations.views.papers import builds as paper_builds
from recommendations.views.papers import comparison as paper_comparison
from recommendations.views.papers import factual_checks, papers
from recommendations.views.papers import files as paper_files
from recommendations.views.papers import issuing as paper_issues
from recommendations.views.papers import publication as paper_publications
from recommendations.views.public import panels as public_panels
from recommendations.views.public import papers as public_papers
from recommendations.views.public import responses as public
from recommendations.views.register import bulk as many
from recommendations.views.register import exports, register, tracked
from recommendations.views.responses import (
    approvals,
    chief_officers,
    copies,
    drafts,
    force_comments,
    letters,
    responses,
)
from recommendations.views.responses import begin as response_begin
from recommendations.views.responses import publishing as publications
from recommendations.views.rounds import answers as round_answers
from recommendations.views.rounds import rounds
from recommendations.views.rounds import sheets as round_sheets
from recommendations.views.site import interrupted_form as kept
from recommendations.views.site import pages


class Year:
    """Of a public address: four digits."""

    regex = "[0-9]{4}"
    to_python, to_url = int, str


class VersionNumber(Year):
    """Of a public address: no zero before it, so that each version has one address."""

    regex = "[1-9][0-9]{0,3}"


class Day:
    """Of a public address: 2026-07-01. A day that does not exist is not there."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    to_python, to_url = datetime.date.fromisoformat, str


register_converter(Day, "day")
register_converter(Year, "year")
register_converter(VersionNumber, "number")

urlpatterns = [
    path("", home.home, name="home"),
    path("seen/", home.mark_seen, name="mark_seen"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/address/make/", calendar_addresses.make_calendar_address, name="make_calendar_address"),
    path("calendar/address/<int:pk>/end/", calendar_addresses.end_calendar_address, name="end_calendar_address"),
    path("calendar/<slug:token>.ics", calendar_addresses.calendar_feed, name="calendar_feed"),
    path("you/", pages.account, name="account"),
    path("kept/", kept.kept, name="kept"),
    path("definitions/", pages.definitions, name="definitions"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("gallery/", pages.gallery, name="gallery"),
    path("register/", register.register, name="register"),
    path("register/<int:pk>/update/", register.add_update, name="register_add_update"),
    path("register/many/", many.change_many, name="change_many"),
    path("register/export/<slug:form>/", exports.export_register, name="export_register"),
    path("register/bring-in/", sheets.bring_in, name="bring_in"),
    path("register/bring-in/example/", sheets.example_sheet, name="example_sheet"),
    path("register/bring-in/<slug:token>/", sheets.sheet_columns, name="sheet_columns"),
    path("register/bring-in/<slug:token>/check/", sheets.check_sheet, name="check_sheet"),
    path("register/bring-in/<slug:token>/progress/", sheets.sheet_progress, name="sheet_progress"),
    path("register/brought-in/", sheet_imports.sheet_imports, name="sheet_imports"),
    path("register/brought-in/<int:pk>/", sheet_imports.sheet_import, name="sheet_import"),
    path("register/brought-in/<int:pk>/undo/", sheet_imports.undo_sheet_import, name="undo_sheet_import"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/add/", rounds.add_round, name="add_round"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/close/", rounds.close_round, name="close_round"),
    path("rounds/<int:pk>/answers/<int:answer>/accept/", rounds.accept_answer, name="accept_answer"),
    path("rounds/<int:pk>/answers/<int:answer>/return/", rounds.return_answer, name="return_answer"),
    path("rounds/<int:pk>/drafts/", round_answers.save_drafts, name="save_drafts"),
    path("rounds/<int:pk>/release/", round_answers.release_answers, name="release_answers"),
    path("rounds/<int:pk>/sheet/", round_sheets.round_sheet, name="round_sheet"),
    path("rounds/<int:pk>/bring-in/", round_sheets.bring_in_round_sheet, name="bring_in_round_sheet"),
    path("rounds/<int:pk>/bring-in/<slug:token>/", round_sheets.check_round_sheet, name="check_round_sheet"),
    path("recommendations/<int:pk>/", tracked.tracked, name="tracked"),
    path("recommendations/<int:pk>/word/", exports.tracked_word, name="tracked_word"),
    path("recommendations/<int:pk>/force-update/", tracked.log_force_update, name="log_force_update"),
    path("recommendations/<int:pk>/assurance/", tracked.record_assurance, name="record_assurance"),
    path("recommendations/<int:pk>/status/", tracked.record_inspectorate_status, name="record_inspectorate_status"),
    path("recommendations/<int:pk>/target/", tracked.set_target, name="set_target"),
    path("recommendations/<int:pk>/closure/", tracked.request_closure, name="request_closure"),
    path("recommendations/<int:pk>/closure/approve/", tracked.approve_closure, name="approve_closure"),
    path("recommendations/<int:pk>/closure/decline/", tracked.decline_closure, name="decline_closure"),
    path("recommendations/<int:pk>/reopen/", tracked.reopen, name="reopen"),
    path("recommendations/<int:pk>/restrict/", tracked.restrict, name="restrict"),
    path("recommendations/<int:pk>/lift-restriction/", tracked.lift_restriction, name="lift_restriction"),
    path("recommendations/<int:pk>/edit/", tracked.edit_tracked, name="edit_tracked"),
    path("recommendations/<int:pk>/<slug:voice>/<int:row>/withdraw/", tracked.withdraw, name="withdraw"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/add/", inspections.add_inspection, name="add_inspection"),
    path("inspections/bring-in/", reports.choose_report, name="import_report"),
    path("inspections/ahead/add/", plans.plan_inspection, name="plan_inspection"),
    path("inspections/ahead/<int:pk>/", plans.plan, name="plan"),
    path("inspections/ahead/<int:pk>/change/", plans.change_plan, name="change_plan"),
    path("inspections/ahead/<int:pk>/report/", plans.link_plan, name="link_plan"),
    path("inspections/ahead/<int:pk>/withdraw/", plans.withdraw_plan, name="withdraw_plan"),
    path(
        "inspections/ahead/<int:pk>/said/<int:row>/withdraw/",
        plans.withdraw_announcement,
        name="withdraw_announcement",
    ),
    path("forces/<slug:slug>/", forces.force, name="force"),
    path("forces/<slug:slug>/panels/", force_panels.channel_panels, name="channel_panels"),
    path("forces/<slug:slug>/grades/add/", forces.record_grades, name="record_grades"),
    path("forces/<slug:slug>/grades/<int:pk>/withdraw/", forces.withdraw_grade, name="withdraw_grade"),
    path("forces/<slug:slug>/monitoring/add/", forces.record_monitoring_stage, name="record_monitoring_stage"),
    path(
        "forces/<slug:slug>/monitoring/<int:pk>/withdraw/",
        forces.withdraw_monitoring_stage,
        name="withdraw_monitoring_stage",
    ),
    path("inspections/bring-in/check/", reports.check_report, name="check_report"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/<int:pk>/word/", exports.inspection_word, name="inspection_word"),
    path("inspections/<int:pk>/response/", response_begin.begin_response, name="begin_response"),
    path("inspections/<int:pk>/edit/", inspections.edit_inspection, name="edit_inspection"),
    path("inspections/<int:pk>/recommendations/add/", inspections.add_recommendation, name="add_recommendation"),
    path(
        "inspections/<int:pk>/recommendations/<int:recommendation>/edit/",
        inspections.edit_recommendation,
        name="edit_recommendation",
    ),
    path("responses/", responses.responses, name="responses"),
    path("responses/compliance/", compliance.compliance, name="compliance"),
    path("responses/compliance.csv", compliance.compliance_csv, name="compliance_csv"),
    path("responses/<int:pk>/", responses.response, name="response"),
    path("responses/<int:pk>/draft/", drafts.draft_response, name="draft_response"),
    path("responses/<int:pk>/draft/part/", drafts.save_draft_part, name="save_draft_part"),
    path("responses/<int:pk>/draft/news/", drafts.draft_news, name="draft_news"),
    path("responses/<int:pk>/draft.<slug:form>", publications.response_draft, name="response_draft"),
    path("responses/<int:pk>/read/", publications.read_response, name="read_response"),
    path("responses/preview/", drafts.preview_markdown, name="preview_markdown"),
    path("responses/<int:pk>/approve/", approvals.approve_response, name="approve_response"),
    path("responses/<int:pk>/approved-elsewhere/", approvals.record_outside_approval, name="record_outside_approval"),
    path("responses/<int:pk>/take-back/", approvals.take_back_response, name="take_back_response"),
    path("responses/<int:pk>/publish/", publications.publish_response, name="publish_response"),
    path("responses/<int:pk>/correct/", publications.correct_response, name="correct_response"),
    path("responses/<int:pk>/drop-correction/", publications.drop_correction, name="drop_correction"),
    path("responses/<int:pk>/withdraw/", publications.withdraw_response, name="withdraw_response"),
    path("responses/<int:pk>/comments/", chief_officers.response_comments, name="response_comments"),
    path(
        "responses/<int:pk>/comments/<slug:force>/invite/", chief_officers.invite_to_comment, name="invite_to_comment"
    ),
    path(
        "responses/<int:pk>/comments/<slug:force>/sent/",
        chief_officers.record_invitation_sent,
        name="record_invitation_sent",
    ),
    path(
        "responses/<int:pk>/comments/<slug:force>/day/",
        chief_officers.move_invitation_day,
        name="move_invitation_day",
    ),
    path("responses/<int:pk>/comments/<slug:force>/record/", chief_officers.record_comments, name="record_comments"),
    path(
        "responses/<int:pk>/comments/<int:comments>/withdraw/",
        chief_officers.withdraw_comments,
        name="withdraw_comments",
    ),
    path("responses/<int:pk>/comments/<int:comments>/file/", chief_officers.comments_file, name="comments_file"),
    path(
        "responses/<int:pk>/comments/<slug:force>/letter.<slug:form>",
        letters.invitation_letter,
        name="invitation_letter",
    ),
    path("responses/<int:pk>/copies/", copies.response_copies, name="response_copies"),
    path("responses/<int:pk>/copies/<int:recipient>/", copies.record_copy, name="record_copy"),
    path(
        "responses/<int:pk>/copies/<int:recipient>/letter.<slug:form>",
        letters.covering_letter,
        name="covering_letter",
    ),
    path("responses/add/", imports.choose_document, name="import_response"),
    path("responses/add/check/", imports.check_document, name="check_document"),
    path("responses/<int:pk>/commitments/add/", commitments.mark_commitment, name="mark_commitment"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/check/", commitments.check_commitment, name="check_commitment"),
    path("commitments/<int:pk>/edit/", commitments.edit_commitment, name="edit_commitment"),
    path("commitments/<int:pk>/checks/<int:check>/withdraw/", commitments.withdraw_check, name="withdraw_check"),
    path("commitments/<int:pk>/evidence/add/", evidence.point_from_commitment, name="point_from_commitment"),
    path(
        "recommendations/<int:pk>/evidence/add/", evidence.point_from_recommendation, name="point_from_recommendation"
    ),
    path("assurances/<int:pk>/evidence/add/", evidence.point_from_assurance, name="point_from_assurance"),
    path("evidence/<int:pk>/withdraw/", evidence.withdraw_evidence, name="withdraw_evidence"),
    path("comments/", force_comments.force_comments, name="force_comments"),
    path("comments/<int:pk>/", force_comments.write_comments, name="write_comments"),
    path("comments/<int:pk>/submit/", force_comments.submit_comments, name="submit_comments"),
    path("custody/", custody.custody, name="custody"),
    path("custody/visits/add/", custody.record_visit, name="record_visit"),
    path("custody/visits/<int:pk>/", custody.custody_visit, name="custody_visit"),
    path("custody/visits/<int:pk>/answer/", custody.answer_visit, name="answer_visit"),
    path("custody/visits/<int:pk>/withdraw/", custody.withdraw_visit, name="withdraw_visit"),
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
    path("papers/", papers.papers, name="papers"),
    path("papers/add/", papers.add_paper, name="add_paper"),
    path("papers/compare/", paper_comparison.compare_papers, name="compare_papers"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/words/", paper_words.paper_words, name="paper_words"),
    path("papers/<int:pk>/finalise/", papers.finalise, name="finalise_paper"),
    path("papers/<int:pk>/correct/", papers.correct, name="correct_paper"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    path("papers/<int:pk>/read/", paper_files.read_paper, name="read_paper"),
    path("papers/<int:pk>/register.<slug:form>", paper_files.paper_register, name="paper_register"),
    path("papers/<int:pk>/draft-file/", paper_builds.build_draft, name="build_draft"),
    path("papers/<int:pk>/builds/<int:build>/", paper_builds.paper_build, name="paper_build"),
    path("papers/<int:pk>/builds/<int:build>/progress/", paper_builds.build_progress, name="build_progress"),
    path("papers/<int:pk>/builds/<int:build>/file/", paper_builds.paper_build_file, name="paper_build_file"),
    path("papers/<int:pk>/check/", factual_checks.send_to_check, name="send_to_check"),
    path("papers/<int:pk>/issue/", paper_issues.issue_paper, name="issue_paper"),
    path("papers/<int:pk>/meetings/<int:meeting>/withdraw/", paper_issues.withdraw_issue, name="withdraw_issue"),
    path("papers/<int:pk>/public/", paper_publications.publish_paper, name="publish_paper"),
    path(
        "papers/<int:pk>/public/<int:publication>/withdraw/",
        paper_publications.withdraw_public_paper,
        name="withdraw_public_paper",
    ),
    path("checks/<int:pk>/", factual_checks.factual_check, name="factual_check"),
    path("checks/<int:pk>/file/", factual_checks.factual_check_file, name="factual_check_file"),
    path("checks/<int:pk>/reply/", factual_checks.reply_to_check, name="reply_to_check"),
    path("checks/<int:pk>/end/", factual_checks.end_check, name="end_check"),
    path("checks/<int:pk>/corrections/<int:number>/", factual_checks.answer_correction, name="answer_correction"),
    path("papers/<int:pk>/requests/<int:asked>/", committee_requests.answer_request, name="answer_request"),
    path("requests/", committee_requests.committee_requests, name="committee_requests"),
    path("requests/add/", committee_requests.record_request, name="record_request"),
    path("requests/<int:pk>/", committee_requests.committee_request, name="committee_request"),
    path("requests/<int:pk>/change/", committee_requests.change_request, name="change_request"),
    path("requests/<int:pk>/withdraw/", committee_requests.withdraw_request, name="withdraw_request"),
    path("published/", public.responses, name="public_responses"),
    path("published/feed/", public.feed, name="public_feed"),
    path("published/responses.json", public.data_json, name="public_json"),
    path("published/responses.csv", public.data_csv, name="public_csv"),
    path("published/<year:year>/<slug:slug>/", public.response, name="public_response"),
    path("published/<year:year>/<slug:slug>/v<number:number>/", public.version, name="public_version"),
    path("published/<year:year>/<slug:slug>/v<number:number>/response.<slug:form>", public.file, name="public_file"),
    path("published/panels/", public_panels.panels, name="public_panels"),
    path("published/papers/", public_papers.papers, name="public_papers"),
    path(
        "published/papers/<slug:slug>/<day:start>-to-<day:end>/issue-<number:issue>/",
        public_papers.paper,
        name="public_paper",
    ),
    path(
        "published/papers/<slug:slug>/<day:start>-to-<day:end>/issue-<number:issue>/paper.pdf",
        public_papers.paper_file,
        name="public_paper_file",
    ),
    path("history/<slug:kind>/<int:pk>/", history.history, name="history"),
]
