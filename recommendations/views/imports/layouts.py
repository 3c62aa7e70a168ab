"""The layouts of registers that are remembered: administrators see them and retire one."""

import datetime
from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from recommendations.domain.imports.layouts import retire_layout
from recommendations.domain.register.sheet_columns import BY_KEY
from recommendations.forms.site.base import VerbForm
from recommendations.models import SheetMapping, User
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

PAGE = 50


class RegisterLayoutRow:
    """A layout with its columns, each with the field that it goes into, and a form of its own to retire it."""

    def __init__(self, layout: SheetMapping) -> None:
        self.layout = layout
        self.form = VerbForm(auto_id=False)
        self.columns = list(self._columns())

    def _columns(self) -> Iterator[tuple[str, str]]:
        said = self.layout.answers["columns"]
        for place, heading in enumerate(self.layout.headings.split("\n")):
            key = said.get(str(place), "")
            yield heading, BY_KEY[key].heading if key in BY_KEY else ""


@require_safe
@allow(May.ADMINISTER)
def register_layouts(request: AuthenticatedRequest) -> HttpResponse:
    """The layouts that are used, the latest first."""
    rows = SheetMapping.objects.in_use().select_related("body", "recorded_by")
    rows = rows.order_by(F("recorded_at").desc(nulls_last=True), "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/layouts.html", {"page": page, "rows": [RegisterLayoutRow(each) for each in page]})


@require_POST
@allow(May.ADMINISTER)
def retire_register_layout(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Retire a layout. A refusal is shown as a message."""
    layout, form = get_object_or_404(SheetMapping, pk=pk), VerbForm(request.POST)

    def act(by: User, at: datetime.datetime) -> SheetMapping:
        return retire_layout(layout=layout, by=by, at=at)

    to, message = reverse("register_layouts"), "Retired. The next register like it is read afresh."
    done = submit_form(request, form, act, message=message, to=to)
    if done is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return done or redirect(to)
