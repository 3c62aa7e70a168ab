"""A form sent twice has one effect."""

import datetime
from collections.abc import Callable

from django.db import IntegrityError, transaction

from recommendations.domain.writing.refusals import AlreadySent
from recommendations.models import Submission, User


def run_once[Done](token: str, *, by: User, at: datetime.datetime, act: Callable[[], Done], led_to: str = "") -> Done:
    """Run `act` and keep the form's token in the same transaction; return what `act` returns.

    `token` comes with the form (a random text, one for each time the form is shown); an empty token, as of a
    form without one, is not guarded. Raises AlreadySent where the token was spent: a second click waits for the
    first to commit, then finds its token. A refused act spends nothing.
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
        raise sent_before(token, by=by) or AlreadySent("") from None


class _Spent(Exception):
    """The token is there already: the transaction, which has done nothing else yet, is over."""


def _spend(token: str, *, by: User, at: datetime.datetime, led_to: str) -> Submission:
    try:
        # written at once: an idempotency key is no record
        return Submission.objects.create(token=token[:64], by=by, at=at, led_to=led_to)
    except IntegrityError:
        raise _Spent from None


def sent_before(token: str, *, by: User) -> AlreadySent | None:
    """What says that this person sent this form before; None where they did not."""
    first = Submission.objects.filter(token=token[:64], by=by).first() if token else None
    return AlreadySent(first.led_to) if first else None
