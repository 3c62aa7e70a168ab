"""The first page."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from recommendations.permissions import May, allow

# Where each role begins: the first page in this list that the person may see.
BEGINNINGS = (
    (May.SEE_REGISTER, "register"),
    (May.SEE_PAPERS, "papers"),
    (May.ADMINISTER, "admin:index"),
)


@require_safe
@allow(May.USE)
def home(request):
    """The first page is the one that a person's role works on."""
    return redirect(next(name for may, name in BEGINNINGS if request.user.has_perm(may)))


@allow(May.USE)
def mark_seen(request):
    raise Http404
