"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def inspections(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def add_inspection(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def inspection(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def edit_inspection(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def add_recommendation(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def edit_recommendation(request, **kwargs):
    return HttpResponse(status=501)
