"""Copies of a published response: who gets one, when each was sent, and who still waits."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.responses import copies
from recommendations.domain.responses.copies import Sending
from recommendations.enums import ResponseState
from recommendations.forms.responses.chief_officers import CopySentForm
from recommendations.models import Copy, Recipient, ResponseVersion, User
from recommendations.permissions import May, allow
from recommendations.views.responses.status import Life, visible
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form


@dataclass
class CopiesPage(Life):
    """The page: all recipients of the current version, and the copies sent of earlier ones."""

    @property
    def url(self) -> str:
        return reverse("response_copies", args=[self.response.pk])

    @property
    def was_published_elsewhere(self) -> bool:
        return self.version is not None and self.version.submission_id is None

    @property
    def is_withdrawn(self) -> bool:
        return self.response.state == ResponseState.WITHDRAWN

    @cached_property
    def sendings(self) -> list[Sending]:
        return copies.sendings(self.version, self.today) if self.version else []

    @property
    def remaining_words(self) -> str:
        """How many copies are still to be sent; "" if no one gets one, or they were sent from elsewhere."""
        left = sum(each.copy is None for each in self.sendings)
        if not self.sendings or self.was_published_elsewhere:
            return ""
        return f"{left} still to send" if left else "all sent"

    @cached_property
    def before(self) -> list[tuple[ResponseVersion, list[Copy]]]:
        """The earlier versions, each with the copies that were sent."""
        sent = Copy.objects.filter(of__in=self.versions[1:]).order_by("sent_on", "pk")
        return [(each, [copy for copy in sent if copy.of_id == each.pk]) for each in self.versions[1:]]


@require_safe
@allow(May.DRAFT_RESPONSE)
def response_copies(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The recipients, and the copies sent."""
    page = CopiesPage.now(request, visible(request, pk))
    return render(request, "responses/copies/page.html", {"response": page.response, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.DRAFT_RESPONSE)
def record_copy(request: AuthenticatedRequest, pk: int, recipient: int) -> HttpResponse:
    """Record that a copy of the current version was sent to a recipient."""
    page = CopiesPage.now(request, visible(request, pk))
    to = get_object_or_404(Recipient, pk=recipient)
    waits = any(each.recipient == to and each.copy is None for each in page.sendings)
    if page.version is None or (request.method != "POST" and (page.is_withdrawn or not waits)):
        return redirect(page.url)
    form = CopySentForm(request.POST if request.method == "POST" else None, on=page.today)

    version = page.version

    def act(by: User, at: datetime.datetime) -> Copy:
        return copies.record_copy(version=version, recipient=to, by=by, at=at, **form.verb_fields())

    done = request.method == "POST" and submit_form(request, form, act, message=f"Sent: {to}.", to=page.url)
    context = {"response": page.response, "page": page, "recipient": to, "form": form}
    return done or render(request, "responses/copies/sent.html", context, status=422 if form.errors else 200)
