"""The door for a WSGI server: `gunicorn` (gunicorn.conf.py names it)."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
application = get_wsgi_application()


def warm() -> None:
    """Load what the first requests would: all views and templates. No database is asked."""
    reverse("home")
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            get_template(str(path.relative_to(folder)))


warm()
