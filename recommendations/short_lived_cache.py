"""A Django cache backend in a table of our own, for the counters and locks of sign-in.

Django's database cache keeps 300 entries, so strangers could push out a lock, and it unpickles values, so anybody
who can write to the database could run code in the web server. Here values are JSON and are removed only on expiry.
"""

import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.db.models import IntegerField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from recommendations.models import ShortLivedValue

type Timeout = Any  # seconds, None for never, or Django's DEFAULT_TIMEOUT


class ShortLivedCache(BaseCache):
    """A cache with add, get, set, incr, touch, delete and clear, and Django's defaults on top. It never evicts."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a value unless the key is there; of concurrent calls one succeeds. True if it was set."""
        row = self._row(key, value, timeout, version)
        # written at once: expired rows, and nothing else
        rows(Q(expires__lte=time.time())).delete()
        try:
            with transaction.atomic():
                # no record: it expires within minutes
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` if there is none, it has expired, or it is not JSON (planted by somebody)."""
        found = self._living(key, version).values_list("value", flat=True).first()
        try:
            return default if found is None else json.loads(found)
        except ValueError:
            return default

    def set(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Set a value, whether the key is there or not. Raises TypeError for a value that is not JSON."""
        row, fields = self._row(key, value, timeout, version), ["value", "expires"]
        # written at once: one statement, whatever others write
        rows().bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=fields)

    def touch(self, key: str, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give a value a new timeout. False if there is none."""
        return bool(self._living(key, version).update(expires=self.get_backend_timeout(timeout)))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number in one statement: concurrent calls lose nothing. Raises ValueError if there is no value."""
        more = Cast(Cast("value", IntegerField()) + delta, TextField())
        if not self._living(key, version).update(value=more):
            raise ValueError(f"There is no {key}.")
        return int(self.get(key, 0, version=version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a value. False if there was none."""
        return bool(self._living(key, version).delete()[0])

    def clear(self) -> None:
        """Delete all values."""
        # written at once: values that expire within minutes
        rows().delete()

    def _row(self, key: str, value: Any, timeout: Timeout, version: int | None) -> ShortLivedValue:
        name = self.make_and_validate_key(key, version=version)
        return ShortLivedValue(key=name, value=json.dumps(value), expires=self.get_backend_timeout(timeout))

    def _living(self, key: str, version: int | None) -> QuerySet[ShortLivedValue]:
        name = self.make_and_validate_key(key, version=version)
        return rows(Q(expires__isnull=True) | Q(expires__gt=time.time()), key=name)


def rows(*conditions: Q, **fields: Any) -> QuerySet[ShortLivedValue]:
    """The rows that meet these conditions."""
    return ShortLivedValue.objects.filter(*conditions, **fields)
