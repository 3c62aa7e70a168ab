"""Attaches the files submitted with a form, one by one: if one is refused, the others are still attached."""

import datetime
import logging
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from recommendations.disk_space import is_full
from recommendations.domain.attachments.attachments import MB, attach, check_fits, store_file
from recommendations.domain.attachments.rules import Subject
from recommendations.domain.submission.idempotency import run_once
from recommendations.domain.writing.refusals import AlreadySent, Refusal
from recommendations.exchange.readers import sandbox
from recommendations.forms.attachments.attach import BroughtFile, FilesBesideForm
from recommendations.models import Attachment, StoredFile, User
from recommendations.sections import Section
from recommendations.views.attachments.addresses import files_address
from recommendations.views.site.requests import AuthenticatedRequest

logger = logging.getLogger(__name__)
MOST_SENT = 200 * MB  # in one form, all files together
NOT_STORED = "This file could not be stored. Try again in some minutes. If it goes on, tell your administrator."


@dataclass
class AttachOutcome:
    """The names of the files that were attached, and of those that were not, with the reason."""

    attached: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """ "2 files attached.", "notes.pdf attached."; "" if there is none."""
        if len(self.attached) == 1:
            return f"{self.attached[0]} attached."
        return f"{len(self.attached)} files attached." if self.attached else ""


def attach_all(
    brought: list[BroughtFile], subject: Subject, *, marking: str, once: str, by: User, at: datetime.datetime
) -> AttachOutcome:
    """Attach each of these files. `once` is the form's token: a file submitted twice with it is attached once."""
    outcome = AttachOutcome()
    for each in brought:
        try:
            _attach(each, subject, marking=marking, once=once, by=by, at=at)
        except Refusal as refused:
            outcome.refused.append((each.name, refused.message))
        else:
            outcome.attached.append(each.name)
    return outcome


def attach_beside(request: AuthenticatedRequest, subject: Subject, saved: HttpResponse) -> HttpResponse:
    """Attach the files submitted with the form that recorded `subject`, with messages; return a redirect to the
    page of its files if some were refused, otherwise `saved`."""
    form = FilesBesideForm(request.POST, request.FILES)
    if not Section.FILES.is_on or not form.is_valid() or not form.cleaned_data["chosen"]:
        return saved
    given, once = form.cleaned_data, request.POST.get("once", "")
    outcome = attach_all(
        given["chosen"], subject, marking=given["marking"], once=once, by=request.user, at=timezone.now()
    )
    if outcome.words:
        messages.success(request, outcome.words)
    for name, why in outcome.refused:
        messages.error(request, f"{name} is not attached: {why}")
    return redirect(files_address(subject)) if outcome.refused else saved


def _attach(
    brought: BroughtFile, subject: Subject, *, marking: str, once: str, by: User, at: datetime.datetime
) -> None:
    check_fits(subject=subject, size=brought.file.size or 0)
    if brought.problem:
        raise Refusal(brought.problem)
    stored = _store(brought, at)

    def act() -> Attachment:
        return attach(subject=subject, name=brought.name, stored=stored, marking=marking, by=by, at=at)

    try:
        run_once(f"{once[:30]}:{stored.sha256[:32]}" if once else "", by=by, at=at, act=act)
    except AlreadySent:
        return


def _store(brought: BroughtFile, at: datetime.datetime) -> StoredFile:
    try:
        text, is_read_whole = sandbox.read_text(brought.file)
        return store_file(content=brought.file, text=text, at=at, is_read_whole=is_read_whole)
    except Exception as trouble:  # each storage backend has its own errors
        if is_full(trouble):
            raise
        logger.exception("A file could not be stored")
        raise Refusal(NOT_STORED) from trouble
