"""What is written through the API: once for each key, by the verbs of the pages, with their refusals."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.responses import Status

from recommendations.digests import canonical, digest
from recommendations.domain.writing.idempotency import run_once
from recommendations.domain.writing.refusals import AlreadySent

MOST_LINES = 200
LONGEST_KEY = 200
NO_KEY = "Send the header Idempotency-Key: a new text for each thing that you write, the same one to try that again."
ANOTHER = "This Idempotency-Key was sent with something else. Use a new one."


def plain(text: str) -> str:
    """A text with one kind of line end. Raises ValueError for what no database keeps."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("Leave out the characters that are no letters: the number 0, and halves of others.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """A text of one line."""
    return " ".join(plain(text).split())


class _Saved(NamedTuple):
    """What was saved, as it is told; and what is kept with the key, where a form keeps the address that it led to."""

    told: dict[str, Any]
    kept: str

    def get_absolute_url(self) -> str:
        return self.kept


def once(request: HttpRequest, act: Callable[..., dict[str, Any]]) -> Status[dict[str, Any]]:
    """Do it once for this key of this token: 201 and what was saved; 200 and the same for a key that was sent before.

    Raises HttpError without a key, and for a key that was sent with other words.
    """
    key, by, at = request.headers.get("Idempotency-Key", "").strip(), request.user, timezone.now()
    if not 0 < len(key) <= LONGEST_KEY:
        raise HttpError(400, NO_KEY)
    words, place = digest(request.body), digest([request.api_token.pk, request.path, key])  # type: ignore[attr-defined]

    def save() -> _Saved:
        told = act(by=by, at=at)
        return _Saved(told, f"{words} {canonical(told)}")

    try:
        saved = run_once(f"api {place}", by=by, at=at, act=save)  # type: ignore[arg-type]  # who is signed in
    except AlreadySent as sent:
        before, _, told = sent.led_to.partition(" ")
        if before != words:
            raise HttpError(422, ANOTHER) from None
        return Status(200, json.loads(told))
    return Status(201, saved.told)
