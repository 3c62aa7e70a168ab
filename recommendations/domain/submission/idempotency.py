"""Idempotency: a form sent twice takes effect once."""

import datetime
from collections.abc import Callable

from django.db import IntegrityError, transaction

from recommendations.domain.writing.refusals import AlreadySent
from recommendations.models import Submission, User


def run_once[Done](token: str, *, by: User, at: datetime.datetime, act: Callable[[], Done], led_to: str = "") -> Done:
    """Run `act` and store the form's token in the same transaction; return what `act` returns.

    `token` is the form's (random, new each time the form is shown); an empty one, as of a form without one, is not
    checked. Raises AlreadySent if the token was used: a second click waits for the first to commit, then finds its
    token. A refused act uses no token.
    """
    if not token:
        return act()
    try:
        with transaction.atomic():
            submission = _spend(token, by=by, at=at, led_to=led_to)
            done = act()
            if not led_to and hasattr(done, "get_absolute_url"):
                submission.led_to = done.get_absolute_url()
                # no record: where a form led to
                submission.save(update_fields=["led_to"])
            return done
    except _Spent:
        raise earlier_submission(token, by=by) or AlreadySent("") from None


class _Spent(Exception):
    """Raised if the token exists already: the transaction, which has done nothing else yet, is over."""


def _spend(token: str, *, by: User, at: datetime.datetime, led_to: str) -> Submission:
    try:
        # written at once: an idempotency key is no record
        return Submission.objects.create(token=token[:64], by=by, at=at, led_to=led_to)
    except IntegrityError:
        raise _Spent from None


def earlier_submission(token: str, *, by: User) -> AlreadySent | None:
    """The AlreadySent for a form that this user sent before, or None."""
    first = Submission.objects.filter(token=token[:64], by=by).first() if token else None
    return AlreadySent(first.led_to) if first else None
