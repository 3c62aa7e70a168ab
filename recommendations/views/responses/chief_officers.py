"""The office's pages for chief officers' comments: invite, record as sent, move the day, record, withdraw."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.responses.chief_officers import comments as chief_officers
from recommendations.domain.responses.chief_officers import invitations
from recommendations.domain.responses.chief_officers.uploads import delete_upload, find_file, keep_file
from recommendations.forms.responses.chief_officers import (
    LATER,
    LET_GO,
    MAIL,
    OWN,
    InviteForm,
    MoveDayForm,
    RecordCommentsForm,
    SentForm,
    WithdrawCommentsForm,
)
from recommendations.forms.site.base import VerbForm
from recommendations.models import ChiefOfficerComments, Invitation, User
from recommendations.permissions import May, allow
from recommendations.views.attachments.brought_files import issued_file_response
from recommendations.views.responses import chief_officers_page
from recommendations.views.responses.chief_officers_page import ChiefOfficerSection, ChiefOfficersPage
from recommendations.views.responses.status import visible
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

INVITED = {
    MAIL: "Invited. The email goes out within the hour on a working day. The force can comment now.",
    OWN: "Invited. The force can comment now.",
    LATER: "The letter is prepared. No one is invited until you record that it was sent.",
}
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(May.DRAFT_RESPONSE)
def response_comments(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Each force whose chief officer is asked to comment, with its state and what is due."""
    page = _page(request, pk)
    return render(request, "responses/chief_officers/page.html", {"response": page.response, "page": page})


def _page(request: AuthenticatedRequest, pk: int) -> ChiefOfficersPage:
    return ChiefOfficersPage.now(request, visible(request, pk))


def _page_and_section(
    request: AuthenticatedRequest, pk: int, force: str
) -> tuple[ChiefOfficersPage, ChiefOfficerSection]:
    """The page, and the section of the force in the address; raises Http404 if its chief officer is not asked."""
    page = _page(request, pk)
    section = page.section(force)
    if section is None:
        raise Http404
    return page, section


def _is_over(request: AuthenticatedRequest, section: ChiefOfficerSection, name: str) -> bool:
    """Whether this form is no longer available, so that the link to it is out of date."""
    return request.method != "POST" and name not in section.open


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def invite_to_comment(request: AuthenticatedRequest, pk: int, force: str) -> HttpResponse:
    """Invite a chief officer to comment by a given day."""
    page, section = _page_and_section(request, pk, force)
    if _is_over(request, section, chief_officers_page.INVITE):
        return redirect(page.url_of(section.force))
    form = InviteForm(submitted_data(request), last_day=page.last_day, force=section.force, on=page.today)

    def act(by: User, at: datetime.datetime) -> Invitation:
        return invitations.invite(response=page.response, force=section.force, by=by, at=at, **form.verb_fields())

    message = INVITED.get(form.data.get("way", ""), "")
    return _do(request, page, section, chief_officers_page.INVITE, form, act, message)


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def record_invitation_sent(request: AuthenticatedRequest, pk: int, force: str) -> HttpResponse:
    """Record that the invitation was sent."""
    page, section = _page_and_section(request, pk, force)
    invitation = section.voice.invitation
    if invitation is None or _is_over(request, section, chief_officers_page.SENT):
        return redirect(page.url_of(section.force))
    form = SentForm(submitted_data(request), invitation=invitation, on=page.today)

    def act(by: User, at: datetime.datetime) -> Invitation:
        return invitations.record_sent(invitation=invitation, by=by, at=at, **form.verb_fields())

    return _do(
        request, page, section, chief_officers_page.SENT, form, act, "Recorded as sent. The force can comment now."
    )


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def move_invitation_day(request: AuthenticatedRequest, pk: int, force: str) -> HttpResponse:
    """Move the day by which comments are requested."""
    page, section = _page_and_section(request, pk, force)
    invitation = section.voice.invitation
    if invitation is None or _is_over(request, section, chief_officers_page.MOVE):
        return redirect(page.url_of(section.force))
    form = MoveDayForm(submitted_data(request), invitation=invitation)

    def act(by: User, at: datetime.datetime) -> Invitation:
        return invitations.move_invitation_day(invitation=invitation, by=by, at=at, **form.verb_fields())

    return _do(request, page, section, chief_officers_page.MOVE, form, act, "Day changed.")


def _do(
    request: AuthenticatedRequest,
    page: ChiefOfficersPage,
    section: ChiefOfficerSection,
    name: str,
    form: VerbForm,
    act: Callable,
    message: str,
) -> HttpResponse:
    """Show the form, or call the verb and redirect to the force's section of the page."""
    done = request.method == "POST" and submit_form(request, form, act, message=message, to=page.url_of(section.force))
    if done:
        return done
    now = _page(request, page.response.pk)  # someone else may have changed it meanwhile
    context = {
        "response": now.response,
        "page": now,
        "section": now.section(section.force.slug),
        "form": form,
        "name": name,
        "button": chief_officers_page.WORDS[name],
    }
    return render(request, "responses/chief_officers/do.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def record_comments(request: AuthenticatedRequest, pk: int, force: str) -> HttpResponse:
    """Record what a chief officer submitted. Text from a file is shown for checking before anything is recorded."""
    page, section = _page_and_section(request, pk, force)
    if request.method != "POST":
        over = chief_officers_page.RECORD not in section.open
        return redirect(page.url) if over else _show(request, page, section, RecordCommentsForm(force=section.force))
    form = _submitted_form(request, page, section)
    if form.is_to_check or form.data.get("do") == LET_GO:
        return _show(request, page, section, form)

    def act(by: User, at: datetime.datetime) -> ChiefOfficerComments:
        about = {"response": page.response, "force": section.force, **form.verb_fields()}
        said = chief_officers.record_comments(by=by, at=at, **about)
        if form.kept:
            delete_upload(form.kept)
        return said

    done = submit_form(request, form, act, message="The comments are recorded.", to=page.url_of(section.force))
    return done or _show(request, page, section, form)


def _submitted_form(
    request: AuthenticatedRequest, page: ChiefOfficersPage, section: ChiefOfficerSection
) -> RecordCommentsForm:
    """The submitted form with its file: a new file is stored for the next step, an unwanted one is discarded."""
    about: dict[str, Any] = {"response": page.response, "force": section.force, "by": request.user, "at": page.moment}
    kept = find_file(token=request.POST.get("upload", ""), **about)
    form = RecordCommentsForm(request.POST, request.FILES, force=section.force, file_draft=kept)
    form.is_valid()
    if kept and (form.read or form.data.get("do") == LET_GO):
        delete_upload(kept)
        form.keep(None)
    if form.read:
        name, content, words = form.read
        form.keep(keep_file(name=name, content=content, text=words, **about))
    return form


def _show(
    request: AuthenticatedRequest, page: ChiefOfficersPage, section: ChiefOfficerSection, form: RecordCommentsForm
) -> HttpResponse:
    context = {"response": page.response, "page": page, "section": section, "form": form}
    return render(request, "responses/chief_officers/record.html", context, status=422 if form.errors else 200)


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def withdraw_comments(request: AuthenticatedRequest, pk: int, comments: int) -> HttpResponse:
    """Withdraw comments that were recorded by mistake, with a reason."""
    page = _page(request, pk)
    said = get_object_or_404(page.response.chief_officers.select_related("force"), pk=comments)
    section = page.section(said.force.slug)
    if section is None or _is_over(request, section, chief_officers_page.WITHDRAW) or section.voice.comments != said:
        return redirect(page.url)
    form = WithdrawCommentsForm(submitted_data(request))

    def act(by: User, at: datetime.datetime) -> ChiefOfficerComments:
        return chief_officers.withdraw_comments(comments=said, by=by, at=at, **form.verb_fields())

    return _do(request, page, section, chief_officers_page.WITHDRAW, form, act, "Withdrawn. They stay on record.")


@require_safe
@allow(May.DRAFT_RESPONSE)
def comments_file(request: AuthenticatedRequest, pk: int, comments: int) -> HttpResponse:
    """Download the original file in which comments were submitted; browsers save it rather than open it."""
    response = visible(request, pk)
    said = get_object_or_404(response.chief_officers.select_related("file"), pk=comments, file__isnull=False)
    assert said.file  # as the query asks
    return issued_file_response(request, said.file)
