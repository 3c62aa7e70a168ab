"""The interpretation of a typed day, for the script that shows it beside the field (static/js/days.js)."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from recommendations.forms.site.fields import read_day, say_with_weekday
from recommendations.permissions import May, allow
from recommendations.views.site.requests import AuthenticatedRequest

LONGEST = 60


@require_safe
@allow(May.USE)
def read_typed_day(request: AuthenticatedRequest) -> HttpResponse:
    """The day, and the day in words; both "" for invalid input."""
    try:
        day = read_day(request.GET.get("typed", "")[:LONGEST], past="past" in request.GET)
    except ValidationError:
        return JsonResponse({"day": "", "words": ""})
    return JsonResponse({"day": day.isoformat(), "words": say_with_weekday(day)})
