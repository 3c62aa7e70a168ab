"""The monitoring settings, parsed and checked: thresholds, the metrics token."""

from django.core.exceptions import ImproperlyConfigured
from environs import Env

# The values from which there is a warning, and from which it is bad. docs/operations/watch.md gives reasons.
THRESHOLDS = {
    "WATCH_FREE_MB": (2000, 500),
    "WATCH_REPLICA_SECONDS": (60, 600),
    "WATCH_WORKER_SECONDS": (60, 300),
    "WATCH_BUILD_MINUTES": (5, 20),
    "WATCH_MAIL_ATTEMPTS": (1, 6),
    "WATCH_BACKUP_HOURS": (26, 74),
    "WATCH_VERIFY_HOURS": (26, 170),
    "WATCH_REMINDERS_HOURS": (90, 170),
    "WATCH_REPORTS_HOURS": (170, 340),
    "WATCH_PROOF_HOURS": (800, 1600),
}
SHORTEST_TOKEN = 20


def read_thresholds(env: Env) -> dict[str, tuple[int, int]]:
    """Each threshold by name: the numbers for a warning and for bad."""
    found = {}
    for name, usual in THRESHOLDS.items():
        given = env.str(name, default="") or "{},{}".format(*usual)
        numbers = [each.strip() for each in given.split(",")]
        if len(numbers) != 2 or not all(each.isdecimal() for each in numbers):
            raise ImproperlyConfigured(f"Let {name} be two whole numbers, such as {usual[0]},{usual[1]}.")
        warn, bad = (int(each) for each in numbers)
        if (warn < bad) if usual[0] > usual[1] else (warn > bad):
            order = "greater" if usual[0] > usual[1] else "smaller"
            raise ImproperlyConfigured(
                f"Let the first number of {name}, for the warning, be the {order} one, such as {usual[0]},{usual[1]}."
            )
        found[name] = (warn, bad)
    return found


def read_metrics_token(env: Env) -> str:
    """The token for /metrics, or "" if there are no metrics."""
    token = env.str("METRICS_TOKEN", default="")
    if token and len(token) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"Let METRICS_TOKEN be a random text of {SHORTEST_TOKEN} characters or more.")
    return token
