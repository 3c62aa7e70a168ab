"""The layouts of documents and registers, for administrators: what is remembered, files of it, and retiring it."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations import trail
from recommendations.domain.imports.layouts import retire_layout
from recommendations.domain.layouts import layouts as verbs
from recommendations.domain.layouts.layouts import REGISTER, NewLayout
from recommendations.domain.layouts.queries import documents_read_by, layout_rows
from recommendations.domain.register.sheet_columns import BY_KEY
from recommendations.exchange.documents_in.marking.assembling import WORDS
from recommendations.exchange.documents_in.marking.remembering import layout_on_record
from recommendations.exchange.documents_in.marking.roles import BlockRole
from recommendations.exchange.imports.layout_files import layout_file
from recommendations.forms.layouts.layouts import ImportLayoutsForm, LayoutActForm
from recommendations.forms.site.base import VerbForm
from recommendations.models import DocumentLayout, SheetMapping, User
from recommendations.permissions import May, allow
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submit_or_render, submitted_data

LINES_A_PAGE = 50
MOST_DOCUMENTS = 20
JSON = "application/json"
ROLES = WORDS | {
    BlockRole.RECOMMENDATION: "Recommendation",
    BlockRole.MORE: "Recommendation, a further paragraph",
    BlockRole.PART: "Part of a recommendation",
}
RETIRED = "The layout is retired. No document is read by it from now on."
RESTORED = "The layout is in use again."
REGISTER_RETIRED = "The layout is retired. The next register like it is read afresh."


@dataclass(frozen=True)
class PreviewRow:
    """A layout of a file, and whether the same is in use here already."""

    new: NewLayout
    is_here: bool

    @property
    def words(self) -> str:
        if self.new.kind == REGISTER:
            return f"the register of {self.new.body or 'any policing body'}"
        unsaved = DocumentLayout(
            kind=self.new.kind,
            body=self.new.body,
            body_name=self.new.body_name,
            document_on=self.new.document_on,
            file_name="file",
        )
        return unsaved.document_words

    @property
    def looks(self) -> int:
        return len(self.new.layout.get("blocks", ()))

    @property
    def columns(self) -> int:
        return len(self.new.layout["headings"].split("\n")) if self.new.kind == REGISTER else 0


class RegisterLayoutRow:
    """A layout with its columns, each with the field that it goes into, and a form of its own to retire it."""

    def __init__(self, layout: SheetMapping) -> None:
        self.layout = layout
        self.form = VerbForm(auto_id=False)
        fields = layout.answers["columns"]
        keys = [(heading, fields.get(str(place), "")) for place, heading in enumerate(layout.headings.split("\n"))]
        self.columns = [(heading, BY_KEY[key].heading if key in BY_KEY else "") for heading, key in keys]


def _layouts(request: AuthenticatedRequest) -> QuerySet[DocumentLayout]:
    found: QuerySet[DocumentLayout] = DocumentLayout.objects.visible_to(request.user).filter(replaced_by__isnull=True)
    return found.select_related("body", "kept_by", "retired_by")


@require_safe
@allow(May.ADMINISTER)
def layout_list(request: AuthenticatedRequest) -> HttpResponse:
    """The layouts of documents, in use and retired, and those of registers, newest first."""
    found = _layouts(request)
    page = Paginator(found.filter(retired_at__isnull=True), LINES_A_PAGE).get_page(request.GET.get("page"))
    retired = found.filter(retired_at__isnull=False).order_by("-retired_at", "-pk")[:LINES_A_PAGE]
    rows = layout_rows([*page.object_list, *retired])
    number = len(page.object_list)
    context = {"page": page, "rows": rows[:number], "retired": rows[number:]}
    context["registers"] = [RegisterLayoutRow(each) for each in _register_layouts()]
    return render(request, "layouts/list.html", context)


def _register_layouts() -> QuerySet[SheetMapping]:
    rows = SheetMapping.objects.in_use().select_related("body", "recorded_by")
    return rows.order_by(F("recorded_at").desc(nulls_last=True), "-pk")


@require_POST
@allow(May.ADMINISTER)
def retire_register_layout(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Retire the layout of a register. A refusal is shown as a message."""
    found, form, to = get_object_or_404(SheetMapping, pk=pk), VerbForm(request.POST), reverse("layouts")

    def act(by: User, at: datetime.datetime) -> SheetMapping:
        return retire_layout(layout=found, by=by, at=at)

    done = submit_form(request, form, act, message=REGISTER_RETIRED, to=to)
    if done is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return done or redirect(to)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def layout(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One layout: where it comes from, what it knows, and which documents were read by it. Its button retires it, or
    uses it again.
    """
    found = get_object_or_404(_layouts(request), pk=pk)
    form = LayoutActForm(submitted_data(request), record=found)
    verb, message = (verbs.restore_layout, RESTORED) if found.retired_at else (verbs.retire_layout, RETIRED)

    def act(by: User, at: datetime.datetime) -> DocumentLayout:
        return verb(layout=found, by=by, at=at, **form.verb_fields())

    (row,) = layout_rows([found])
    context = {"row": row, "layout": found, "documents": documents_read_by(found, MOST_DOCUMENTS)}
    context["looks"] = _looks_by_role(found)
    to = reverse("layouts")
    return submit_or_render(request, form, act, "layouts/layout.html", context, message=message, to=to)


def _looks_by_role(layout: DocumentLayout) -> list[tuple[str, int]] | None:
    """How many looks of blocks it knows for each role, in words. None if it is of another version of the program."""
    known = layout_on_record(layout)
    counts = Counter(block.role for block in known.blocks) if known else Counter()
    return [(ROLES[role], counts[role]) for role in BlockRole if counts[role]] if known else None


@require_safe
@allow(May.ADMINISTER)
def export_layouts(request: AuthenticatedRequest) -> HttpResponse:
    """A file of all layouts in use, or of the document's one in the query string."""
    found, one = _layouts(request), request.GET.get("layout", "")
    rows: list[DocumentLayout | SheetMapping] = []
    if one.isdecimal() and len(one) < 19:
        rows += found.filter(pk=int(one))
    else:
        rows += [*found.filter(retired_at__isnull=True), *_register_layouts()]
    if not rows:
        messages.error(request, "There is no layout to export.")
        return redirect("layouts")
    at = timezone.now()
    name = f"layouts-{timezone.localdate(at)}.json"
    if request.method == "HEAD":
        return file_answer(name, JSON)
    content = layout_file(rows)
    about = str(rows[0]) if len(rows) == 1 else f"{len(rows)} layouts"
    trail.record(by=request.user, at=at, verb="export_layouts", about=about)
    return file_answer(name, JSON, content)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def import_layouts(request: AuthenticatedRequest) -> HttpResponse:
    """Choose a file of layouts, see what is in it, and add what is not here yet."""
    form = ImportLayoutsForm(submitted_data(request), request.FILES or None, today=timezone.localdate())
    is_sure = request.method == "POST" and request.POST.get("act") == "import" and not request.FILES

    def act(by: User, at: datetime.datetime) -> list[DocumentLayout | SheetMapping]:
        return verbs.import_layouts(layouts=form.layouts, file_name=form.file_name, by=by, at=at)

    done = is_sure and submit_form(request, form, act, message="The layouts are added.", to=reverse("layouts"))
    return done or _preview(request, form)


def _preview(request: AuthenticatedRequest, form: ImportLayoutsForm) -> HttpResponse:
    """The form, with what the file holds once it was read."""
    if form.is_bound:
        form.is_valid()
    new = {each.key for each in verbs.layouts_not_in_use(form.layouts)}
    rows = [PreviewRow(each, each.key not in new) for each in form.layouts]
    context = {"form": form, "rows": rows, "new": len(new)}
    return render(request, "layouts/import.html", context, status=422 if form.errors else 200)
