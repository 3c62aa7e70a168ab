"""The register and its records taken out as files."""

from django.http import Http404

from recommendations.permissions import May, allow


@allow(May.SEE_REGISTER)
def export_register(request, **kwargs):
    raise Http404


@allow(May.SEE_REGISTER)
def tracked_word(request, **kwargs):
    raise Http404


@allow(May.SEE_INSPECTIONS)
def inspection_word(request, **kwargs):
    raise Http404
