"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def papers(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def add_paper(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def paper(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def paper_page(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def finalise(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def correct(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def paper_file(request, **kwargs):
    return HttpResponse(status=501)
