"""Search results for display: where they are, an excerpt with the words marked, and whose words they are."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recommendations.enums.search import SearchKind, Speaker
from recommendations.models import SearchEntry, Standing
from recommendations.models.search.search_index import marks
from recommendations.search_words import SearchWords

BEFORE, LETTERS = 60, 230  # characters shown of a text, around the first match


@dataclass(frozen=True)
class FoundLine:
    """One result. `pieces` is the excerpt, in pieces each with whether it is marked."""

    title: str
    about: str
    address: str
    kind: str
    speaker: str
    day: datetime.date
    who: str
    withdrawn_on: datetime.date | None
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class FoundGroup:
    kind: SearchKind
    lines: list[FoundLine]


def lines_of(entries: Sequence[SearchEntry], words: SearchWords) -> list[FoundLine]:
    """The results for display. One query for the marks, and two for their forces if any was ever transferred."""
    marked = marks(words, [entry.pk for entry in entries])
    forces = _forces_of_the_day(entries)
    return [_line(entry, marked.get(entry.pk, []), forces) for entry in entries]


def group_lines(lines: Sequence[FoundLine]) -> list[FoundGroup]:
    """The lines by kind, in the order of each kind's first."""
    kinds = dict.fromkeys(line.kind for line in lines)
    return [FoundGroup(SearchKind(kind), [line for line in lines if line.kind == kind]) for kind in kinds]


def _forces_of_the_day(entries: Sequence[SearchEntry]) -> dict[int, str]:
    """The short name of the force that spoke, by entry id, of what was ever transferred. Two queries if any was."""
    spoken = [entry for entry in entries if entry.came_on and entry.speaker == Speaker.FORCE]
    if not spoken:
        return {}
    moved = Standing.objects.filter(tracked__in={entry.tracked_id for entry in spoken}).order_by("since")
    rows = list(moved.select_related("force").prefetch_related("force__former_details"))
    names: dict[int, str] = {}
    for entry in spoken:
        for row in rows:
            if row.tracked_id == entry.tracked_id and (row.since <= entry.day or entry.pk not in names):
                names[entry.pk] = row.force.details_on(entry.day).short_name
    return names


def _line(entry: SearchEntry, places: list[tuple[int, int]], forces: Mapping[int, str]) -> FoundLine:
    return FoundLine(
        title=entry.title,
        about=entry.about,
        address=entry.address,
        kind=entry.kind,
        speaker=entry.speaker,
        day=entry.day,
        who=_who(entry, forces),
        withdrawn_on=entry.withdrawn_on,
        pieces=tuple(_pieces(entry.text, places)),
    )


def _who(entry: SearchEntry, forces: Mapping[int, str]) -> str:
    name = entry.said_by or (entry.by.name if entry.by else "")
    force = ""
    if entry.force and entry.speaker == Speaker.FORCE:
        force = forces.get(entry.pk, entry.force_then or entry.force.short_name)
    return ", ".join(filter(None, (name, force)))


def _pieces(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The excerpt: a short text whole, of a long one the part around the first mark."""
    places = [(start, end) for start, end in places if end <= len(text)]
    first, last = _window(text, places[0][0] if places else 0)
    at = first
    yield ("…" if first else "", False)
    for start, end in places:
        if first <= start and end <= last:
            yield (text[at:start], False)
            yield (text[start:end], True)
            at = end
    yield (text[at:last] + ("…" if last < len(text) else ""), False)


def _window(text: str, mark: int) -> tuple[int, int]:
    """The start and end of the excerpt, at word boundaries."""
    if len(text) <= LETTERS:
        return 0, len(text)
    first = max(0, min(mark - BEFORE, len(text) - LETTERS))
    first = first and text.find(" ", first) + 1
    last = text.rfind(" ", 0, first + LETTERS) if first + LETTERS < len(text) else len(text)
    return first, max(last, mark)
