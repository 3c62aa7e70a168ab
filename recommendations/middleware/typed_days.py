"""Days that are typed in words."""

from django.utils import timezone

from recommendations.forms.site.fields import typed_on


def typed_today(get_response):
    """Read days typed in a form relative to the London day of the request: "tomorrow", "in 3 months"."""

    def middleware(request):
        with typed_on(timezone.localdate()):
            return get_response(request)

    return middleware
