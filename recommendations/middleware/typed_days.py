"""Days that are typed in words."""

from django.utils import timezone

from recommendations.forms.site.fields import use_today


def typed_today(get_response):
    """Read days typed in a form relative to the London day of the request: "tomorrow", "in 3 months"."""

    def middleware(request):
        with use_today(timezone.localdate()):
            return get_response(request)

    return middleware
