"""Security events, for administrators. Reading and exporting them are events too."""

import datetime
from dataclasses import dataclass

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.documents.audit.events import as_csv, as_json_lines
from recommendations.domain.audit.event_queries import GROUPS, counts_of, lines_of, security_entries
from recommendations.domain.audit.repeated_refusals import tell_folded
from recommendations.enums.security import SecurityEventKind as Kind
from recommendations.forms.audit.events import EventFilterForm
from recommendations.models import TrailEntry, User
from recommendations.permissions import May, allow
from recommendations.sign_in.events import note
from recommendations.trail import digest
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest

LINES_A_PAGE = 50
READ_AGAIN = 10 * 60  # seconds within which reading the same page again is not a new event
FORMS = {"csv": ("text/csv; charset=utf-8", as_csv), "jsonl": ("application/jsonl; charset=utf-8", as_json_lines)}


@dataclass(frozen=True)
class AskedEvents:
    """The filters in the query string; values that the form does not offer are ignored."""

    form: EventFilterForm
    since: datetime.datetime | None
    person: User | None
    group: str
    network: str

    @classmethod
    def of(cls, request: AuthenticatedRequest) -> "AskedEvents":
        form = EventFilterForm(request.GET or None)
        given = form.cleaned_data if form.is_valid() else {}
        days = int(given.get("days") or 0)
        start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        since = start - datetime.timedelta(days=days - 1) if days else None
        return cls(form, since, given.get("person"), given.get("kind") or "", given.get("network") or "")

    def entries(self, group: str | None = None) -> QuerySet[TrailEntry]:
        groups = [self.group] if group is None and self.group else []
        return security_entries(groups=groups, since=self.since, person=self.person, network=self.network)

    @property
    def words(self) -> str:
        said = (GROUPS[self.group][0] if self.group else "", str(self.person or ""))
        days = f"since {self.since:%-d %B %Y}" if self.since else ""
        return ", ".join(filter(None, (*said, days, self.network))) or "all"


@require_safe
@allow(May.ADMINISTER)
def security_events(request: AuthenticatedRequest) -> HttpResponse:
    """Sign-ins, refused sign-ins and changes to credentials, newest first."""
    tell_folded(timezone.now())
    asked, query = AskedEvents.of(request), request.GET.copy()
    if request.method != "HEAD" and cache.add(f"read:{request.user.pk}:{digest(asked.words)}", 1, READ_AGAIN):
        note(request, Kind.EVENTS_READ, by=request.user, detail=asked.words)
    page = Paginator(asked.entries(), LINES_A_PAGE).get_page(query.pop("page", ["1"])[-1])
    counts = counts_of(asked.entries(group=""))
    groups = [(label, counts[name], name, name == asked.group) for name, (label, _) in GROUPS.items()]
    context = {"form": asked.form, "page": page, "lines": lines_of(list(page.object_list)), "groups": groups}
    return render(request, "audit/events.html", context | {"query": query.urlencode()})


@require_safe
@allow(May.ADMINISTER)
def export_events(request: AuthenticatedRequest, form: str) -> HttpResponse:
    """Download all events that the page lists at the same address."""
    if form not in FORMS:
        return HttpResponseRedirect(reverse("security_events"))
    tell_folded(timezone.now())
    asked, (kind, made) = AskedEvents.of(request), FORMS[form]
    name = f"security-events-{timezone.localdate()}.{form}"
    if request.method == "HEAD":
        return file_answer(name, kind)
    content = made(lines_of(asked.entries()))
    note(request, Kind.EVENTS_EXPORTED, by=request.user, detail=f"{form}: {asked.words}")
    return file_answer(name, kind, content)
