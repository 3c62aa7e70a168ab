"""One comment can answer several recommendations: which ones share it, and which cannot."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from recommendations.domain.responses.draft.parts import labels_of_parts, parts_of, save_part
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import DraftPart, Response, User

GONE = "A recommendation that you named is no longer asked for."


def sharing_parts(parts: Iterable[DraftPart]) -> dict[str, list[str]]:
    """Return, for each part whose comment answers others too, the keys of those parts. Part key → keys."""
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
    """Share the comment of the part `host` with the parts `add`, and stop sharing it with `take_off`; all are part
    keys.

    A part with text of its own is left alone. Returns a message for each part that could not be changed.
    """
    refused = []
    with transaction.atomic():
        parts = {part.key: part for part in parts_of(response)}
        labels = labels_of_parts(list(parts.values()))
        answered = sharing_parts(parts.values()).get(host, [])
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
