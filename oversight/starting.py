"""What has to be right before the server starts: its database goes with this version and these settings."""

import datetime
import logging
import os
import sys
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection

from oversight.database_version import problem
from oversight.known_settings import advice_on
from oversight.operations.readiness import Level, clock_finding, newest_entry_at
from recommendations.domain.audit.secret_key import ANOTHER_KEY, is_of_another_key, seal_with_key

logger = logging.getLogger(__name__)


def check_before_start(*, at: datetime.datetime) -> None:
    """Exit with the reason if the database is of another version or of another SECRET_KEY; if it is down, pages say so.

    Seals it with the key if it has no seal yet. A clock that is behind and misspelt settings are logged.
    """
    for advice in advice_on(os.environ):
        logger.warning(advice)
    with suppress(OperationalError):
        wrong = problem_at_start(at=at)
        connection.close()
        if wrong:
            sys.exit(wrong)


def problem_at_start(*, at: datetime.datetime) -> str:
    """Why the server can't run on its database, or "". Raises OperationalError if the database can't be queried."""
    if (wrong := problem(connection)) or settings.PUBLIC_PAGES_ONLY:
        return wrong
    if is_of_another_key():
        return ANOTHER_KEY
    with suppress(DatabaseError):  # a full disk
        seal_with_key()
    clock = clock_finding(newest_entry_at(), at)
    if clock.level > Level.WELL:
        logger.error(clock.words)
    return ""
