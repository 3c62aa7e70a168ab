"""Bringing in the office’s spreadsheet."""

from django.http import Http404

from recommendations.permissions import May, allow


@allow(May.BRING_IN_REGISTER)
def bring_in(request, **kwargs):
    raise Http404


@allow(May.BRING_IN_REGISTER)
def example_sheet(request, **kwargs):
    raise Http404


@allow(May.BRING_IN_REGISTER)
def sheet_columns(request, **kwargs):
    raise Http404


@allow(May.BRING_IN_REGISTER)
def check_sheet(request, **kwargs):
    raise Http404


@allow(May.BRING_IN_REGISTER)
def sheet_progress(request, **kwargs):
    raise Http404


@allow(May.BRING_IN_REGISTER)
def sheet_imports(request, **kwargs):
    raise Http404


@allow(May.BRING_IN_REGISTER)
def sheet_import(request, **kwargs):
    raise Http404


@allow(May.BRING_IN_REGISTER)
def undo_sheet_import(request, **kwargs):
    raise Http404
