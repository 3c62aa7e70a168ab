"""The chief officer's comments, written by the force's inspection leads: invitations, the draft, submitting it."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.responses.chief_officers import force_invitations
from recommendations.domain.responses.chief_officers.drafts import content, draft_of, mark, save_draft
from recommendations.domain.responses.chief_officers.submission import preview_submission, submit_draft
from recommendations.forms.responses.force_comments import CommentsForm, SubmitForm
from recommendations.models import ChiefOfficerComments, CommentsDraft, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.responses.force_comments_page import ForceCommentsPage, as_published, rows_of
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

PAGE = 50
shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _page(request: AuthenticatedRequest, pk: int) -> ForceCommentsPage:
    found = get_object_or_404(force_invitations.invitations_of(request.user), pk=pk)
    return ForceCommentsPage(force_invitations.invitation_status(found), request.user, london_day(timezone.now()))


@require_safe
@allow(May.SUBMIT_COMMENTS)
def force_comments(request: AuthenticatedRequest) -> HttpResponse:
    """The invitations of this force: open ones first, by their day."""
    page = Paginator(force_invitations.invitations_of(request.user), PAGE).get_page(request.GET.get("page"))
    rows = rows_of([force_invitations.invitation_status(each) for each in page.object_list], london_day(timezone.now()))
    return render(request, "responses/force_comments/list.html", {"page": page, "rows": rows})


@shown_or_sent
@allow(May.SUBMIT_COMMENTS)
def write_comments(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The invitation, and the draft shared by the force's users; once submitted, the comments."""
    page = _page(request, pk)
    form = CommentsForm(request.POST) if request.method == "POST" else None
    if form is None:
        form = CommentsForm(values=page.values) if page.is_open else None
        return render(request, "responses/force_comments/write.html", {"page": page, "form": form})

    def act(by: User, at: datetime.datetime) -> CommentsDraft | None:
        return save_draft(invitation=page.asked.invitation, by=by, at=at, **form.verb_fields())

    message = f"Draft saved. It stays inside {page.force} until you submit it."
    to = reverse("submit_comments", args=[pk]) if request.POST.get("then") == "look" else page.url
    done = submit_form(request, form, act, message=message, to=to)
    context = {"page": _page(request, pk), "form": form}
    return done or render(request, "responses/force_comments/write.html", context, status=422)


@shown_or_sent
@allow(May.SUBMIT_COMMENTS)
def submit_comments(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show the draft as it will be published, then submit it to the office."""
    page = _page(request, pk)
    form = SubmitForm(request.POST) if request.method == "POST" else None
    if form:

        def act(by: User, at: datetime.datetime) -> ChiefOfficerComments:
            return submit_draft(invitation=page.asked.invitation, shown=form.cleaned_data["shown"], by=by, at=at)

        done = submit_form(request, form, act, message=f"Submitted to {page.office}.", to=page.url)
        if done:
            return done
        page = _page(request, pk)
    elif not page.is_open:
        return redirect(page.url)
    return _look(request, page, form)


def _look(request: AuthenticatedRequest, page: ForceCommentsPage, form: SubmitForm | None) -> HttpResponse:
    """Render the current draft; if it has problems, they replace the button."""
    values = content(draft_of(page.asked.invitation))
    said = preview_submission(page.asked.invitation, values, timezone.now())
    fresh = SubmitForm(initial={"shown": mark(values)})
    context = {
        "page": page,
        "form": form or fresh,
        "button": fresh,
        "said": as_published(page.force, said),
        "problems": said.problems,
    }
    return render(request, "responses/force_comments/submit.html", context, status=422 if form else 200)
