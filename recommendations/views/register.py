"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def register(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def add_update(request, **kwargs):
    return HttpResponse(status=501)
