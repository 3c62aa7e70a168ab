"""The door for a WSGI server: `gunicorn` (gunicorn.conf.py names it)."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

from recommendations.sections import import_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
application = get_wsgi_application()


def warm() -> None:
    """Load what the first requests would: views, first page, calendar, templates. No database is asked."""
    reverse("home")
    import_all("recommendations.domain.home")
    import_all("recommendations.domain.calendar")
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in Path(folder).rglob("*.html"):
            get_template(str(path.relative_to(folder)))


warm()
