"""Agenda, minutes and action log of a meeting, as Word and PDF."""

import datetime

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.accountability.meeting_pdf import MeetingDocumentKind, meeting_pdf
from recommendations.documents.accountability.meeting_word import meeting_docx
from recommendations.domain.accountability.data import MeetingFacts
from recommendations.domain.accountability.queries import meeting_facts
from recommendations.domain.accountability.restricted import restricted_for
from recommendations.domain.writing.refusals import RenderFailed
from recommendations.models import AccountabilityMeeting, User
from recommendations.periods import london_day
from recommendations.permissions import May, allow
from recommendations.views.accountability.meetings import visible_meeting
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import redirect_with_error

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@require_safe
@allow(May.SEE_REGISTER)
def meeting_document(request: AuthenticatedRequest, pk: int, kind: str, form: str) -> HttpResponse:
    """A meeting's document, without what is restricted unless the address asks for it."""
    meeting, at = visible_meeting(request, pk), timezone.now()
    if kind not in list(MeetingDocumentKind) or form not in ("docx", "pdf") or not _has(meeting, kind):
        raise Http404
    what, with_restricted = MeetingDocumentKind(kind), "restricted" in request.GET
    facts = meeting_facts(
        meeting,
        user=request.user,
        day=london_day(at),
        with_restricted=with_restricted,
        restricted_of=restricted_for(request.user),
    )
    marking = " restricted" if with_restricted else ""
    name = f"{slugify(f'{meeting.force.short_name} {kind} {meeting.on.isoformat()}{marking}')}.{form}"
    try:
        content = meeting_pdf(facts, what, at=at) if form == "pdf" else _word(facts, what, request.user, at)
    except RenderFailed as failed:
        return redirect_with_error(request, meeting, failed.reason)
    trail.record(by=request.user, at=at, verb="export_meeting", subject=meeting, about=name)
    return file_answer(name, PDF if form == "pdf" else WORD, content)


def _word(facts: MeetingFacts, kind: MeetingDocumentKind, user: User, at: datetime.datetime) -> bytes:
    return meeting_docx(facts, kind, by=user.name, at=at)


def _has(meeting: AccountabilityMeeting, kind: str) -> bool:
    """Whether a meeting has a document of this kind: minutes once they are confirmed."""
    return kind != MeetingDocumentKind.MINUTES or meeting.is_minuted
