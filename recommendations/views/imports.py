"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def choose_document(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def check_document(request, **kwargs):
    return HttpResponse(status=501)
