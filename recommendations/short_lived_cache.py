"""Django's cache in a table of our own, for what sign-in counts and locks.

Django's own database cache holds 300 entries, so that strangers can push out a lock, and it unpickles what it finds,
so that whoever writes to the database runs code in the web server. Here a value is JSON, and goes when its time is over
and not before.
"""

import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.db.models import IntegerField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from recommendations.models import ShortLivedValue

type Timeout = Any  # seconds, None for never, or the object by which Django says "as usual"


class ShortLivedCache(BaseCache):
    """Add, get, set, touch, delete and clear; what Django builds on them; and nothing that is pushed out."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a value that is not there; of many who try at once one succeeds."""
        row = self._row(key, value, timeout, version)
        # written at once: what is over, and nothing else
        rows(Q(expires__lte=time.time())).delete()
        try:
            with transaction.atomic():
                # no record: what is over in some minutes
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` where there is none or it is over; also for what was planted and is no JSON."""
        found = self._living(key, version).values_list("value", flat=True).first()
        try:
            return default if found is None else json.loads(found)
        except ValueError:
            return default

    def set(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Set a value, whether it is there or not. Raises TypeError for what JSON cannot say."""
        row, fields = self._row(key, value, timeout, version), ["value", "expires"]
        # written at once: one statement, whatever others write
        rows().bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=fields)

    def touch(self, key: str, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let a value live longer. False where there is none."""
        return bool(self._living(key, version).update(expires=self.get_backend_timeout(timeout)))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number, in one statement: of many at once none is lost. Raises ValueError where there is none."""
        more = Cast(Cast("value", IntegerField()) + delta, TextField())
        if not self._living(key, version).update(value=more):
            raise ValueError(f"There is no {key}.")
        return int(self.get(key, 0, version=version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value. False where there was none."""
        return bool(self._living(key, version).delete()[0])

    def clear(self) -> None:
        """Forget all of them."""
        # written at once: what is over in some minutes
        rows().delete()

    def _row(self, key: str, value: Any, timeout: Timeout, version: int | None) -> ShortLivedValue:
        name = self.make_and_validate_key(key, version=version)
        return ShortLivedValue(key=name, value=json.dumps(value), expires=self.get_backend_timeout(timeout))

    def _living(self, key: str, version: int | None) -> QuerySet[ShortLivedValue]:
        name = self.make_and_validate_key(key, version=version)
        return rows(Q(expires__isnull=True) | Q(expires__gt=time.time()), key=name)


def rows(*conditions: Q, **fields: Any) -> QuerySet[ShortLivedValue]:
    """The rows of these conditions."""
    return ShortLivedValue.objects.filter(*conditions, **fields)
