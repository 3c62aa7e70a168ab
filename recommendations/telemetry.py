"""Events for whoever monitors the installation: the log and the metrics listen (oversight/watch).

Facts are numbers or the program's own words, never a name, an address or a text of a record.
"""

from collections.abc import Callable
from contextvars import ContextVar
from time import perf_counter

from django.db import transaction
from django.dispatch import Signal

type Fact = str | int | float | None

happened = Signal()  # with event= and facts=
# The id of the current request: the log, the response header and error pages show it.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def emit(event: str, **facts: Fact) -> None:
    """Emit an event: "entry", "mail", "build", "request". A listener that fails is logged and stops nothing."""
    happened.send_robust(sender=None, event=event, facts=facts)


def since(begun: float) -> float:
    """Milliseconds since a `perf_counter` reading, to the microsecond."""
    return round((perf_counter() - begun) * 1000, 3)


def timed_lock[Locked](take: Callable[[], Locked]) -> tuple[Locked, Callable[..., None]]:
    """Take a lock that is held until the transaction ends. Returns what was locked, and `tell(event, **facts)`.

    `tell` emits the event on commit, with how long the lock was waited for and held (`wait_ms`, `hold_ms`).
    """
    begun = perf_counter()
    locked = take()
    wait_ms, held = since(begun), perf_counter()

    def tell(event: str, **facts: Fact) -> None:
        transaction.on_commit(lambda: emit(event, **facts, wait_ms=wait_ms, hold_ms=since(held)), robust=True)

    return locked, tell
