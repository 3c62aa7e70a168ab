"""The WSGI application, which gunicorn.conf.py names."""

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

# Python's stack grows in chunks of 16 KB: if rendering enters and leaves a chunk for each of a page's two thousand
# values, that takes longer than the page. So each request gets enough stack for all of it at once.
STACK = 2**16

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
django = get_wsgi_application()


def application(environ, start_response):
    """Handle a request, with enough of Python's stack.

    Django reads the header Content-Type before anything of it can answer, and raises what is wrong with it.
    """
    try:
        return django(environ, start_response)
    except (BadRequest, ValueError):
        start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []


application.__code__ = application.__code__.replace(co_stacksize=STACK)


def warm() -> None:
    """Load all views and templates before the first request. No queries."""
    reverse("home")
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            get_template(str(path.relative_to(folder)))


warm()
