"""Update rounds, as the office sees them."""

from django.http import Http404

from recommendations.permissions import May, allow


@allow(May.SEE_ROUNDS)
def rounds(request, **kwargs):
    raise Http404


@allow(May.ASK_FOR_UPDATES)
def add_round(request, **kwargs):
    raise Http404


@allow(May.SEE_ROUNDS)
def round_page(request, **kwargs):
    raise Http404


@allow(May.ASK_FOR_UPDATES)
def close_round(request, **kwargs):
    raise Http404


@allow(May.ASK_FOR_UPDATES)
def accept_answer(request, **kwargs):
    raise Http404


@allow(May.ASK_FOR_UPDATES)
def return_answer(request, **kwargs):
    raise Http404
