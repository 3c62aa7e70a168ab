"""For systemd's OnFailure=: report the units of this office that failed as an error, so that it is mailed."""

import logging
import subprocess

from django.conf import settings
from django.core.management.base import BaseCommand

logger = logging.getLogger(__name__)
LIST = ("systemctl", "list-units", "--state=failed", "--plain", "--no-legend", "--no-pager")


class Command(BaseCommand):
    help = (
        "Log the units of this office that failed as an error, which goes to ERROR_MAIL and SENTRY_DSN. "
        "The unit oversight-failed@ runs it where another one fails."
    )
    requires_system_checks = []

    def handle(self, **options):
        units = failed_units(settings.OFFICE)
        named = ", ".join(units) or "A unit that systemd does not name"
        logger.error("%s failed. To see why: journalctl -u 'oversight-*@%s'", named, settings.OFFICE)


def failed_units(office: str) -> list[str]:
    """The units of an office that systemd says have failed; none where it doesn't answer."""
    try:
        listed = subprocess.run([*LIST, f"oversight-*@{office}.*"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line.split()[0] for line in listed.stdout.splitlines() if line.strip()]
