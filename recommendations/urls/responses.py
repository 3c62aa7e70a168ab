"""Addresses of responses to reports and chief officers' comments."""

from django.urls import path

from recommendations.permissions import May
from recommendations.views.responses import (
    approvals,
    begin,
    chief_officers,
    copies,
    drafts,
    force_comments,
    letters,
    publishing,
    responses,
)
from recommendations.views.site.navigation import PLACES, NavigationPlace

PLACES.add(40, NavigationPlace("Comments", "force_comments", May.SUBMIT_COMMENTS, ("/comments",)))
PLACES.add(60, NavigationPlace("Responses", "responses", May.SEE_RESPONSES, ("/responses", "/commitments")))

urlpatterns = [
    path("inspections/<int:pk>/response/", begin.begin_response, name="begin_response"),
    path("responses/", responses.responses, name="responses"),
    path("responses/<int:pk>/", responses.response, name="response"),
    path("responses/<int:pk>/draft/", drafts.draft_response, name="draft_response"),
    path("responses/<int:pk>/draft/part/", drafts.save_draft_part, name="save_draft_part"),
    path("responses/<int:pk>/draft/news/", drafts.draft_news, name="draft_news"),
    path("responses/<int:pk>/draft.<slug:form>", publishing.response_draft, name="response_draft"),
    path("responses/<int:pk>/read/", publishing.read_response, name="read_response"),
    path("responses/preview/", drafts.preview_markdown, name="preview_markdown"),
    path("responses/<int:pk>/approve/", approvals.approve_response, name="approve_response"),
    path("responses/<int:pk>/approved-elsewhere/", approvals.record_outside_approval, name="record_outside_approval"),
    path("responses/<int:pk>/take-back/", approvals.take_back_response, name="take_back_response"),
    path("responses/<int:pk>/publish/", publishing.publish_response, name="publish_response"),
    path("responses/<int:pk>/confirm/", publishing.confirm_response, name="confirm_response"),
    path("responses/<int:pk>/correct/", publishing.correct_response, name="correct_response"),
    path("responses/<int:pk>/drop-correction/", publishing.drop_correction, name="drop_correction"),
    path("responses/<int:pk>/withdraw/", publishing.withdraw_response, name="withdraw_response"),
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
    path("comments/", force_comments.force_comments, name="force_comments"),
    path("comments/<int:pk>/", force_comments.write_comments, name="write_comments"),
    path("comments/<int:pk>/submit/", force_comments.submit_comments, name="submit_comments"),
]
