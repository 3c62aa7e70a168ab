"""Every update of the exported recommendations: the second sheet of the register's workbook."""

import datetime
from collections import namedtuple
from collections.abc import Iterator, Sequence
from itertools import batched

from recommendations.domain.register.entries import ASSURANCE, STATUS, UPDATE, VoiceEntry, entries_among
from recommendations.domain.register.export.lines import one_kind_of_line
from recommendations.domain.register.export.sheets import UPDATE_FIELDS
from recommendations.domain.register.queries import RegisterQuery, visible_standings
from recommendations.domain.register.row_data import force_name
from recommendations.enums import AssuranceView, Position, Vocabulary
from recommendations.models import TrackedRecommendation, User
from recommendations.periods import london_day, say

LABELS = {UPDATE: dict(Position.choices), ASSURANCE: dict(AssuranceView.choices)}
VOICES = {UPDATE: "Force update", ASSURANCE: "OPCC assurance", STATUS: "{source} status"}
SOURCE = "tracked__recommendation__inspection__source_word"
AT_ONCE = 250  # recommendations whose updates are in memory together


class UpdateLine(namedtuple("UpdateLine", [field.key for field in UPDATE_FIELDS])):  # type: ignore[misc]  # rows of a table
    """One dated row, a value for each of UPDATE_FIELDS: a text ("" for nothing), or a day or None."""

    __slots__ = ()


def updates_out(query: RegisterQuery, ids: Sequence[int], user: User, words: dict) -> Iterator[UpdateLine]:
    """The lines of `entries_out`, without their entries."""
    return (line for _, line in entries_out(query, ids, user, words))


def entries_out(
    query: RegisterQuery, ids: Sequence[int], user: User, words: dict
) -> Iterator[tuple[VoiceEntry, UpdateLine]]:
    """Every row of the three voices for these ids, as far as `user` may see them: in the order of ids, newest first.

    They are the rows of the record's page, withdrawn ones included (with by whom and why). For a past day, those of
    that day, as recorded by `known_at`. Lazy; two queries for each AT_ONCE ids.
    """
    for some in batched(ids, AT_ONCE):
        chosen = TrackedRecommendation.objects.visible_to(user).filter(pk__in=some).order_by()
        rows = visible_standings(query, user, some).order_by()
        of = {pk: about for pk, *about in rows.values_list("tracked_id", "reference", force_name(query), SOURCE)}
        places = {pk: place for place, pk in enumerate(some) if pk in of}
        found = [said for said in entries_among(chosen, VOICES) if said.tracked in places and holds(said, query)]
        found.sort(key=lambda said: places[said.tracked])
        yield from ((said, _line(said, of[said.tracked], query.known_at, words)) for said in found)


def holds(entry: VoiceEntry, query: RegisterQuery) -> bool:
    """Whether a dated row counted on the query's day, as recorded by its `known_at`."""
    known = query.known_at is None or entry.recorded_at <= query.known_at
    return known and (not query.past or entry.on <= query.day)


def _line(entry: VoiceEntry, about: list[str], known_at: datetime.datetime | None, words: dict) -> UpdateLine:
    reference, force, source = about
    return UpdateLine._make(
        (
            reference,
            force,
            VOICES[entry.voice].format(source=source),
            entry.on,
            _value(entry, words),
            words[Vocabulary.STAGE].get(entry.stage, entry.stage),
            one_kind_of_line(entry.text),
            entry.date,
            *map(one_kind_of_line, entry.texts),
            entry.attributed_to,
            entry.recorded_by,
            london_day(entry.recorded_at),
            _withdrawal_words(entry, known_at),
        )
    )


def _value(entry: VoiceEntry, words: dict) -> str:
    if entry.voice == STATUS:
        return str(words[Vocabulary.INSPECTORATE_STATUS].get(entry.value, entry.value))
    return str(LABELS[entry.voice][entry.value]) if entry.value else ""


def _withdrawal_words(entry: VoiceEntry, known_at: datetime.datetime | None) -> str:
    """When, by whom and why it was withdrawn, or "" if it was not by then."""
    if entry.withdrawn_at is None or (known_at is not None and entry.withdrawn_at > known_at):
        return ""
    by = f" by {entry.withdrawn_by}" if entry.withdrawn_by else ""
    return f"Withdrawn on {say(london_day(entry.withdrawn_at))}{by}: {one_kind_of_line(entry.withdrawn_why)}"
