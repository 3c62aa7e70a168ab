"""The WSGI application, which gunicorn.conf.py names."""

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

from oversight.wrong_settings import exit_with_one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
with exit_with_one_sentence():
    django = get_wsgi_application()


def application(environ, start_response):
    """Handle a request.

    Django reads the header Content-Type before anything of it can answer, and raises what is wrong with it.
    """
    try:
        return django(environ, start_response)
    except (BadRequest, ValueError):
        start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []


def warm() -> None:
    """Load all views and templates before the first request. No queries."""
    reverse("home")
    folders: list[Path] = settings.TEMPLATES[0]["DIRS"]
    for folder in folders:
        for path in folder.rglob("*.html"):
            get_template(str(path.relative_to(folder)))


warm()
