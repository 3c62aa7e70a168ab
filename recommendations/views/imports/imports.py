"""Spreadsheet imports: the list, one with the outcome of each row, and undoing it as a whole."""

import datetime
from functools import partial

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recommendations.domain.imports.undo import undo
from recommendations.forms.imports.upload import UndoSheetForm
from recommendations.models import SheetImport, User
from recommendations.permissions import May, allow
from recommendations.views.imports.mapping_page import ImportPage
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form

PAGE = 50


def _imports() -> QuerySet[SheetImport]:
    return SheetImport.objects.select_related("recorded_by", "undone_by")


@require_safe
@allow(May.BRING_IN_REGISTER)
def sheet_imports(request: AuthenticatedRequest) -> HttpResponse:
    page = Paginator(_imports(), PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/brought_in.html", {"page": page})


@require_safe
@allow(May.BRING_IN_REGISTER)
def sheet_import(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(_imports(), pk=pk), UndoSheetForm())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.BRING_IN_REGISTER)
def undo_sheet_import(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_imports(), pk=pk)
    if request.method != "POST":
        return redirect(found)
    form = UndoSheetForm(request.POST)
    act = partial(_undo, form, found)
    message = f"{found.source_name} is undone. The register is as it was before."
    return submit_form(request, form, act, message=message, to=found) or _show(request, found, form)


def _undo(form: UndoSheetForm, sheet_import: SheetImport, *, by: User, at: datetime.datetime) -> SheetImport:
    return undo(sheet_import=sheet_import, reason=form.cleaned_data["reason"], by=by, at=at)


def _show(request: AuthenticatedRequest, sheet_import: SheetImport, form: UndoSheetForm) -> HttpResponse:
    return render(request, "imports/import.html", {"form": form, "page": ImportPage(sheet_import, request.GET)})
