"""Many recommendations changed at once."""

from django.http import Http404

from recommendations.permissions import May, allow


@allow(May.SEE_REGISTER)
def change_many(request, **kwargs):
    raise Http404
