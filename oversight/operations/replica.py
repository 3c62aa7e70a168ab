"""How far a replica is behind, and whether the public server could write: queried from the database itself."""

import datetime
from dataclasses import dataclass

from django.db import connection

# SQL by hand: PostgreSQL's own functions

HOW_FAR = """
    SELECT pg_is_in_recovery(), EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL),
           pg_last_wal_receive_lsn() IS NOT DISTINCT FROM pg_last_wal_replay_lsn(), pg_last_xact_replay_timestamp()
"""
MAY_WRITE = """
    SELECT bool_or(has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""


@dataclass(frozen=True)
class Lag:
    """The state of a replica: whether it receives from its primary, and how old the data is that it shows.

    `seconds` is 0 if it shows all that it has received. It is None if no transaction was applied since the replica
    started: then PostgreSQL does not know how old its data is.
    """

    is_receiving: bool
    seconds: float | None

    def __str__(self) -> str:
        if self.seconds is None:
            state = "has applied no change since it started, so how old its data is cannot be said"
        elif self.seconds:
            state = f"is {self.seconds:.1f} seconds behind"
        else:
            state = "is up to date"
        connected = "It receives from its primary" if self.is_receiving else "It receives nothing: its primary is away"
        return f"This replica {state}. {connected}."


def lag(*, at: datetime.datetime) -> Lag | None:
    """How far the configured database is behind at a UTC moment, or None if it is no replica."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(HOW_FAR)
        is_replica, is_receiving, shows_all, shown_until = cursor.fetchone()
    if not is_replica:
        return None
    if is_receiving and shows_all:
        return Lag(is_receiving, 0.0)
    return Lag(is_receiving, max((at - shown_until).total_seconds(), 0.0) if shown_until else None)


def may_write() -> bool:
    """Whether the configured role may write to any table. Always true for SQLite."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(MAY_WRITE)
        return bool(cursor.fetchone()[0])
