"""Update rounds, as the force sees them."""

from django.http import Http404

from recommendations.permissions import May, allow


@allow(May.ANSWER_ROUND)
def save_drafts(request, **kwargs):
    raise Http404


@allow(May.ANSWER_ROUND)
def release_answers(request, **kwargs):
    raise Http404
