"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def history(request, **kwargs):
    return HttpResponse(status=501)
