"""Sessions in the database that are bound to their key: one that was copied to another key signs nobody in."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session


class SessionStore(DatabaseSessionStore):
    """Django's store; the signature of a session's data depends on its key."""

    @property
    def key_salt(self) -> str:
        return f"{super().key_salt}.{self.session_key}"


def data_of(row: Session) -> dict[str, Any]:
    """The data of a stored session; {} if it was not written by this installation under this key."""
    return SessionStore(row.session_key).decode(row.session_data)
