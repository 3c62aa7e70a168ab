"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def home(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def account(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def definitions(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def accessibility(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def gallery(request, **kwargs):
    return HttpResponse(status=501)
