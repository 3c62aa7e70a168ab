"""To come."""

from django.http import HttpResponse

from recommendations.permissions import May, allow


@allow(May.USE)
def tracked(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def log_force_update(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def record_assurance(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def record_inspectorate_status(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def set_target(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def request_closure(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def approve_closure(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def decline_closure(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def reopen(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def edit_tracked(request, **kwargs):
    return HttpResponse(status=501)


@allow(May.USE)
def withdraw(request, **kwargs):
    return HttpResponse(status=501)
