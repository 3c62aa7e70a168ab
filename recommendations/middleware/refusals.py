"""Refused requests, in the trail."""

from django.utils import timezone

from recommendations import trail
from recommendations.domain.audit.repeated_refusals import REFUSED, RepeatedRefusal, throttle_refusal


def record_refusals(get_response):
    """Record refused requests in the trail, after the refused transaction has ended."""

    def middleware(request):
        response = get_response(request)
        refusal = getattr(request, "refusal", None)
        if request.user.is_authenticated and (response.status_code == 403 or refusal):
            _record_refusal(request, refusal or "no permission")
        return response

    return middleware


def _record_refusal(request, reason: str) -> None:
    """Record the first of several identical refusals of one user within minutes, and count the rest."""
    at, about = timezone.now(), f"{request.method} {request.path_info}"[:400]
    place = f"{request.method} {request.resolver_match.view_name if request.resolver_match else ''}"
    refusal = RepeatedRefusal(REFUSED, person=request.user, reason=reason, place=place, about=about)
    throttle_refusal(
        refusal, at, lambda: trail.record(by=request.user, at=at, verb=REFUSED, reason=reason, about=about)
    )
