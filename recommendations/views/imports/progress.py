"""The progress of a spreadsheet import: written by the importing request, read by others."""

from collections.abc import Callable

from django.core.cache import caches

EVERY = 20  # rows
KEPT = 600  # seconds


def teller(token: str) -> Callable[[int, int], None]:
    """Return the callback for the import, which takes the rows done and the total."""
    told = caches["progress"]
    told.set(token, (0, 0), KEPT)

    def tell(done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            told.set(token, (done, total), KEPT)

    return tell


def progress_of(token: str) -> dict[str, int]:
    """Rows done, and total; 0 before the first report."""
    done, total = caches["progress"].get(token, (0, 0))
    return {"done": done, "total": total}
