"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def responses(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def response(request, **kwargs):
    return HttpResponse(status=501)
