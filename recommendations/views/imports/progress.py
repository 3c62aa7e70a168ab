"""How far a spreadsheet has come while it is brought in: told by one request, asked for by others."""

from collections.abc import Callable

from django.core.cache import caches

EVERY = 20  # rows
KEPT = 600  # seconds


def teller(token: str) -> Callable[[int, int], None]:
    """What the import calls with the rows done and the rows in all."""
    told = caches["progress"]
    told.set(token, (0, 0), KEPT)

    def tell(done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            told.set(token, (done, total), KEPT)

    return tell


def progress_of(token: str) -> dict[str, int]:
    """Rows done, and rows in all: 0 where nothing has been told yet."""
    done, total = caches["progress"].get(token, (0, 0))
    return {"done": done, "total": total}
