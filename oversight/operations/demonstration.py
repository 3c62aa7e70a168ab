"""The demonstration's settings open only the demonstration's database: everybody knows their key and passwords."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from recommendations.demo import LOADED
from recommendations.models import TrailEntry

NOT_THE_DEMONSTRATION = (
    "OVERSIGHT_DEMO=1 opens the demonstration only, and this database holds other records (or a demonstration whose "
    "loading was interrupted): take OVERSIGHT_DEMO out of the settings, or name another database in DATABASE_URL."
)


def refuse_other_databases(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """A receiver of connection_created. Raises ImproperlyConfigured if the database holds another office's records.

    The demonstration's trail has an entry of load_demo; a database without entries is about to become one.
    """
    is_other = False
    with suppress(DatabaseError):  # without tables it is empty
        entries = TrailEntry.objects.using(connection.alias).order_by()
        is_other = entries.exists() and not entries.filter(verb=LOADED).exists()
    if is_other:
        connection.close()
        raise ImproperlyConfigured(NOT_THE_DEMONSTRATION)
