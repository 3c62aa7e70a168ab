"""System checks (`manage.py check`) of settings that are valid but unsuitable."""

import datetime
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils.timezone import localdate

SOON = datetime.timedelta(days=30)


@register(Tags.security)
def check_security_contact(*, app_configs: Sequence[AppConfig] | None, **told: object) -> list[CheckMessage]:
    """Warn if the security contact has expired or will within 30 days: then nobody should trust it."""
    last: datetime.date | None = settings.SECURITY_CONTACT_EXPIRES
    if last is None or last > localdate() + SOON:
        return []
    when = "ran out on" if last < localdate() else "runs out on"
    hint = "Look whether SECURITY_CONTACT is still right, and set a day within a year."
    return [Warning(f"SECURITY_CONTACT_EXPIRES {when} {last:%-d %B %Y}.", hint=hint, id="oversight.W001")]
