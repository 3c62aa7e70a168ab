"""One comment answers several recommendations: those that are answered with it, and those that cannot be."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from recommendations.domain.responses.draft.parts import labels_of_parts, parts_of, save_part
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import DraftPart, Response, User

GONE = "A recommendation that you named is no longer asked for."


def answered_with(parts: Iterable[DraftPart]) -> dict[str, list[str]]:
    """The key of each part whose comment answers others too → their keys."""
    found: dict[str, list[str]] = {}
    for part in parts:
        if part.with_part:
            found.setdefault(part.with_part.key, []).append(part.key)
    return found


def answer_too(
    *,
    response: Response,
    host: str,
    add: Iterable[str],
    take_off: Iterable[str],
    by: User | None,
    at: datetime.datetime,
) -> list[str]:
    """Let the comment of the part `host` answer the parts `add` too, and those of `take_off` no longer: all keys.

    A part that has words of its own is not touched. Returns for each that could not be done why not, in words.
    """
    refused = []
    with transaction.atomic():
        parts = {part.key: part for part in parts_of(response)}
        labels = labels_of_parts(list(parts.values()))
        answered = answered_with(parts.values()).get(host, [])
        for key in [*add, *(key for key in take_off if key in answered)]:
            if key not in parts:
                refused.append(GONE)
                continue
            given = {"with_part": None if key in take_off else host}
            try:
                save_part(response=response, part=parts[key], values=given, version=parts[key].version, by=by, at=at)
            except Refusal as refusal:
                refused.append(f"{labels[key]}: {refusal.message}")
    return refused
