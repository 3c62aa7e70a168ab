"""The letters of a response as files: the invitation to a chief officer, and the letter that accompanies a copy."""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.pdf import render as pdf
from recommendations.documents.responses.letter_pdf import letter_document
from recommendations.documents.responses.letter_text import plain_letter
from recommendations.documents.responses.letter_word import letter_docx
from recommendations.domain.responses.chief_officers.invitation_letter import invitation_letter as write_invitation
from recommendations.domain.responses.covering_letter import covering_letter as write_covering_letter
from recommendations.domain.text.letters import Letter
from recommendations.domain.writing.refusals import Refusal, RenderFailed
from recommendations.models import Recipient, Response, User
from recommendations.permissions import May, allow
from recommendations.views.register.exports import WORD, file_answer
from recommendations.views.responses.status import Life, visible
from recommendations.views.site.requests import AuthenticatedRequest

NOT_INVITED = "The chief officer is not invited yet. Invite them first: the letter names the day that you set."
NOT_PUBLISHED = "The response is not published yet. The letter goes with a copy of what was published."
LONGEST_NAME = 60  # letters of the recipient's name in the file name


@require_safe
@allow(May.DRAFT_RESPONSE)
def invitation_letter(request: AuthenticatedRequest, pk: int, force: str, form: str) -> HttpResponse:
    """The invitation to a force's chief officer, as of the day on which it was sent, or today."""
    life = Life.now(request, visible(request, pk))
    voice = next((each for each in life.voices if each.force.slug == force), None)
    if voice is None:
        raise Http404
    invitation = voice.invitation

    def write() -> Letter:
        if invitation is None:
            raise Refusal(NOT_INVITED)
        address = f"{settings.ORIGIN}{reverse('write_comments', args=[invitation.pk])}"
        return write_invitation(invitation=invitation, on=invitation.sent_on or life.today, form_address=address)

    back = reverse("response_comments", args=[pk])
    return _file(request, life.response, write, form, name=f"invitation-{force}", back=back)


@require_safe
@allow(May.DRAFT_RESPONSE)
def covering_letter(request: AuthenticatedRequest, pk: int, recipient: int, form: str) -> HttpResponse:
    """The letter that accompanies a copy of the current version, as of the day on which it was sent, or today."""
    life = Life.now(request, visible(request, pk))
    to = get_object_or_404(Recipient, pk=recipient)
    response, version = life.response, life.version

    def write() -> Letter:
        if version is None:
            raise Refusal(NOT_PUBLISHED)
        sent = version.copies.filter(recipient=to).first()
        address = f"{settings.ORIGIN}{response.get_public_url()}" if response.slug else ""
        on = sent.sent_on if sent else life.today
        return write_covering_letter(version=version, recipient=to, on=on, address=address)

    name = f"copy-{slugify(to.name)[:LONGEST_NAME].strip('-') or to.pk}"
    return _file(request, response, write, form, name=name, back=reverse("response_copies", args=[pk]))


def _file(
    request: AuthenticatedRequest, response: Response, write: Callable[[], Letter], form: str, *, name: str, back: str
) -> HttpResponse:
    """Download the letter and record it in the trail; if it cannot be written, a page says why."""
    if form not in FORMS:
        raise Http404
    kind, make = FORMS[form]
    try:
        letter = write()
    except Refusal as refusal:
        context = {"response": response, "why": refusal.message, "back": back}
        return render(request, "responses/no_letter.html", context, status=409)
    name = f"{name}-{letter.day}.{form}"
    if request.method == "HEAD":
        return file_answer(name, kind)
    by, at = request.user, timezone.now()
    try:
        content = make(letter, by=by.name, at=at)
    except RenderFailed as failed:
        messages.error(request, failed.reason)
        return redirect(back)
    trail.record(by=by, at=at, verb="export_letter", subject=response, about=name)
    return file_answer(name, kind, content)


def _pdf(letter: Letter, *, by: User, at: datetime.datetime) -> bytes:
    return pdf.render(letter_document(letter, created_at=at)).pdf


def _text(letter: Letter, *, by: User, at: datetime.datetime) -> bytes:
    return plain_letter(letter).encode()


FORMS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "docx": (WORD, letter_docx),
    "txt": ("text/plain; charset=utf-8", _text),
}
