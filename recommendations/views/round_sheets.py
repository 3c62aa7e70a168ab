"""An update round as a sheet, out and in."""

from django.http import Http404

from recommendations.permissions import May, allow


@allow(May.SEE_ROUNDS)
def round_sheet(request, **kwargs):
    raise Http404


@allow(May.SEE_ROUNDS)
def bring_in_round_sheet(request, **kwargs):
    raise Http404


@allow(May.SEE_ROUNDS)
def check_round_sheet(request, **kwargs):
    raise Http404
