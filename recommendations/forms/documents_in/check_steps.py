"""The buttons of the check form, applied to a draft: place lines, re-read deadlines, add, remove, undo."""

import datetime
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.forms import ValidationError

from recommendations.deadlines import Deadline, find_deadline, read_deadline
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.responses.reading import without_a_guess
from recommendations.forms.documents_in.answered_numbers import read_labels
from recommendations.forms.documents_in.check_draft import Draft, NoteRow, RecommendationRow
from recommendations.forms.documents_in.placement import Places
from recommendations.forms.documents_in.turning import turn
from recommendations.forms.site.fields import read_day
from recommendations.periods import say

CHANGED_SINCE = "The words of that line were changed after it was placed. Delete them yourself."
FILL = ("narrative", "out")


def take_step(do: str, draft: Draft, places: Places, data: Mapping[str, Any], as_read: Draft) -> str:
    """Do what a button says. Returns a message for the user, or ""."""
    read_others(draft)
    place_lines(places, data)
    word, _, target = do.partition(":")
    if word == "add":
        draft.recommendations.append(RecommendationRow(_new_key(draft.recommendations), directed="on"))
    elif word == "note":
        draft.notes.append(NoteRow(_new_key(draft.notes)))
    elif word == "remove":
        places.remove(target)
    elif word == "turn":
        return "" if turn(places, target) else CHANGED_SINCE
    elif word == "rec" and target.isdecimal():
        _put_line(places, int(target), "rec")
    elif word == "undo" and target in as_read.facts:
        draft.facts[target] = as_read.facts[target]
    elif word == "back" and target.isdecimal() and not places.take_back(int(target)):
        return CHANGED_SINCE
    return ""


def read_others(draft: Draft) -> None:
    """Parse the typed list of recommendations that each comment also answers. Unreadable input stays as typed."""
    labels = draft.labels()
    for row in draft.comments:
        if row.also != row.also_read:
            with suppress(ValidationError):
                row.also_keys = " ".join(key for key in read_labels(row.also, labels) if key != row.host)
                row.also_read = row.also


def place_lines(places: Places, data: Mapping[str, Any]) -> None:
    """Put each line where its choice says; the others where `fill` says, if it is given."""
    fill = data.get("fill", "")
    for index in places.unplaced:
        _put_line(places, index, data.get(f"place-{index}", "") or (fill if fill in FILL else ""))


def _put_line(places: Places, index: int, code: str) -> None:
    """Put a line at a place; if that makes it a recommendation, read its text."""
    made = len(places.draft.recommendations)
    places.place(index, code)
    if len(places.draft.recommendations) > made:
        _read_new(places.draft, f"l{index}")


def _new_key(rows: list) -> str:
    used = {row.key for row in rows}
    return next(key for key in (f"n{number}" for number in range(1, len(used) + 2)) if key not in used)


def _read_new(draft: Draft, key: str) -> None:
    """Fill a recommendation made from a line with the addressees and deadline read from its text."""
    row = draft.recommendation(key)
    assert row  # made just now
    row.addressees = "\n".join(find_addressees(row.text))
    deadline = without_a_guess(find_deadline(row.text, day_of(draft.facts["published_on"])))
    row.deadline_words = row.words_read = deadline.words
    row.deadline_kind, row.deadline_on = _deadline_values(deadline)


def read_deadlines_again(draft: Draft) -> int:
    """Re-read deadline words that were edited, and all of them if the report's date was; returns how many changed.
    A kind or day set by hand stays as it is.
    """
    now, was = day_of(draft.facts["published_on"]), day_of(draft.facts["published_read"])
    if now is None or was is None:
        return 0
    changed = 0
    for row in draft.recommendations:
        as_it_was = _deadline_values(without_a_guess(read_deadline(row.words_read, was)))
        as_it_is = _deadline_values(without_a_guess(read_deadline(row.deadline_words, now)))
        if as_it_was != as_it_is and _same(row, as_it_was):
            row.deadline_kind, row.deadline_on = as_it_is
            changed += 1
        row.words_read = row.deadline_words
    draft.facts["published_read"] = say(now)
    return changed


def _deadline_values(deadline: Deadline) -> tuple[str, str]:
    """A deadline as the form's fields represent it."""
    return (deadline.kind, say(deadline.due_on)) if deadline.due_on else ("none", "")


def _same(row: RecommendationRow, typed: tuple[str, str]) -> bool:
    return row.deadline_kind == typed[0] and day_of(row.deadline_on) == day_of(typed[1])


def day_of(typed: str) -> datetime.date | None:
    """The typed day, or None if it is not valid."""
    try:
        return read_day(typed) if typed.strip() else None
    except ValidationError:
        return None
