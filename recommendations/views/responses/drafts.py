"""Drafting a response: the page, saving it, and the requests of its script."""

import datetime

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.documents.formats.markdown_html import to_html
from recommendations.domain.responses.states import SAYS_NO, WRITTEN
from recommendations.domain.text.markdown import problems
from recommendations.enums import ResponseState
from recommendations.forms.responses.draft_parts import too_long
from recommendations.permissions import May, allow
from recommendations.views.responses import draft_actions
from recommendations.views.responses.draft_autosave import news, save_outcomes
from recommendations.views.responses.draft_page import DraftPage
from recommendations.views.responses.draft_save import Saving
from recommendations.views.responses.status import visible
from recommendations.views.site.requests import AuthenticatedRequest

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
MEANWHILE = "Press “Save” to save it anyway: the text is then a draft again."


@shown_or_sent
@allow(May.DRAFT_RESPONSE)
def draft_response(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Write a response. Whichever button was pressed, changes are saved first; then the button's action is done."""
    found = visible(request, pk)
    if request.method != "POST":
        return draft_actions.show_requested(request, found) if found.state in WRITTEN else redirect(found)
    saving = Saving(DraftPage.now(request, found), request.POST, request.user).take_in()
    if not saving.is_whole:
        return draft_actions.show_unsaved(request, visible(request, pk), saving)
    return draft_actions.do_action(request, visible(request, pk), saving)


@require_POST
@allow(May.DRAFT_RESPONSE)
def save_draft_part(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """For the script: save the part that changed. Refused for a submitted text, so that no stray key takes it back."""
    found = visible(request, pk)
    if found.state != ResponseState.DRAFTING:
        return JsonResponse({"refused": f"{SAYS_NO[found.state]} {MEANWHILE}"}, status=409)
    saving = Saving(DraftPage.now(request, found), request.POST, request.user).take_in()
    return JsonResponse(save_outcomes(request, DraftPage.now(request, found), saving))


@require_safe
@allow(May.DRAFT_RESPONSE)
def draft_news(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """For the script: what others saved since its last request."""
    page = DraftPage.now(request, visible(request, pk))
    return JsonResponse(news(request, page, _moment(request.GET.get("since", ""))))


def _moment(typed: str) -> datetime.datetime | None:
    """The moment in the query string, or None if it is missing or invalid."""
    try:
        found = parse_datetime(typed)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


@require_POST
@allow(May.DRAFT_RESPONSE)
def preview_markdown(request: AuthenticatedRequest) -> HttpResponse:
    """Render a text as it will be published. Nothing is saved."""
    text = request.POST.get("text", "")
    if wrong := too_long(text):
        return render(request, "responses/draft/preview.html", {"too_long": wrong})
    context = {"html": to_html(text, prefix="preview-", top=3), "problems": problems(text)}
    return render(request, "responses/draft/preview.html", context)
