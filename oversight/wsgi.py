"""The door for a WSGI server: `gunicorn` (gunicorn.conf.py names it)."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

# Python's stack grows by 16 KB and gives them back: where a page's rendering goes in and out there, once for each of
# its two thousand values, that takes longer than the page. So each request has room for all of it at once.
STACK = 2**16

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
django = get_wsgi_application()


def application(environ, start_response):
    """Answer a request, with room on Python's stack."""
    return django(environ, start_response)


application.__code__ = application.__code__.replace(co_stacksize=STACK)


def warm() -> None:
    """Load what the first requests would: all views and templates. No database is asked."""
    reverse("home")
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            get_template(str(path.relative_to(folder)))


warm()
