"""Writing through the API: once for each key, by the verbs of the pages, with their refusals."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.responses import Status

from recommendations.digests import canonical, digest
from recommendations.domain.submission.idempotency import run_once
from recommendations.domain.writing.refusals import AlreadySent

MOST_LINES = 200
LONGEST_KEY = 200
NO_KEY = "Send the header Idempotency-Key: a new text for each thing that you write, the same one to try that again."
ANOTHER = "This Idempotency-Key was sent with something else. Use a new one."


def plain(text: str) -> str:
    r"""A text with \n as line ends. Raises ValueError for characters that no database stores."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("Leave out the characters that are no letters: the number 0, and halves of others.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """A text of one line."""
    return " ".join(plain(text).split())


class _Saved(NamedTuple):
    """What was saved, for the response; and the text stored with the key, where a form stores its redirect address."""

    told: dict[str, Any]
    kept: str

    def get_absolute_url(self) -> str:
        return self.kept


def once(request: HttpRequest, act: Callable[..., dict[str, Any]]) -> Status[dict[str, Any]]:
    """Call `act` once for this key of this token: 201 and what was saved; 200 and the same for a repeated key.
    Raises HttpError without a key, or if the key was used with another body.
    """
    key, by, at = request.headers.get("Idempotency-Key", "").strip(), request.user, timezone.now()
    if not 0 < len(key) <= LONGEST_KEY:
        raise HttpError(400, NO_KEY)
    # The token's digest, which nobody else knows: whoever guessed the place could use it up by a form of their own.
    words, place = digest(request.body), digest([request.api_token.digest, request.path, key])  # type: ignore[attr-defined]

    def save() -> _Saved:
        told = act(by=by, at=at)
        return _Saved(told, f"{words} {canonical(told)}")

    try:
        saved = run_once(f"api {place}", by=by, at=at, act=save)  # type: ignore[arg-type]  # the signed-in user
    except AlreadySent as sent:
        before, _, told = sent.led_to.partition(" ")
        if before != words:
            raise HttpError(422, ANOTHER) from None
        return Status(200, json.loads(told))
    return Status(201, saved.told)
