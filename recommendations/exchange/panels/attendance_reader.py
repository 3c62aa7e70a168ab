"""Read a list of attendees pasted from minutes, or a sheet's rows. Matching them to members happens elsewhere."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from recommendations.domain.panels.attendance_matching import ListedPerson
from recommendations.enums import Presence
from recommendations.exchange.panels.attendance_vocabulary import (
    HEADING,
    INSTEAD,
    is_body,
    is_name,
    times_in,
    way_in,
    way_under,
)
from recommendations.exchange.readers.workbook import TableRow, Workbook

MOST_LETTERS, MOST_PEOPLE, LONGEST = 20_000, 60, 300
EMPTY = "Paste the names, or choose a file."
TOO_LONG = f"This is more than {MOST_LETTERS:,} letters. Paste only the names of who came and who did not."
TOO_MANY = f"These are more than {MOST_PEOPLE} people. Paste only who was at this meeting."
NO_NAMES = "No table in this file has a column “Name”. It may have “Body”, “Role” and “How” too."
BULLET = re.compile(r"^(?:[-–—•*·▪o]|\d{1,3}[.)])(?:\s+|$)")
DASH = re.compile(r"\s+[-–—]\s+")
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
TAIL = re.compile(
    r"\s+(?=(?:left|leaving|from|until|till|joined|arrived|substituting|substitute|sub|deputising|deputizing"
    r"|standing in|on behalf of|in place of|for)\s)",
    re.IGNORECASE,
)
COLUMNS = {
    "name": ("name", "full name", "attendee", "person", "member", "who"),
    "body": ("body", "body represented", "organisation", "organization", "agency", "representing", "represents"),
    "role": ("role", "job title", "title", "position", "post", "rank"),
    "how": ("how", "how they attended", "attendance", "attended", "status", "present", "presence"),
}


class ListRefused(ValueError):
    """The list cannot be read. The message says why and what to do."""


def read_list(
    text: str, known: Collection[str] = frozenset(), key: Callable[[str], str] = str.casefold
) -> list[ListedPerson]:
    """Return the people in a list taken from minutes. `known` has the keys of known names; `key` makes a name's key.

    Raises ListRefused for a list that is empty, too long, or has too many people.
    """
    if len(text) > MOST_LETTERS:
        raise ListRefused(TOO_LONG)
    reader, found, way = _Reader(known, key), [], Presence.PRESENT
    for line in _clean(text).split("\n"):
        words = BULLET.sub("", line.strip()).strip()
        heading = HEADING.match(words)
        if heading:
            way, words = way_under(heading["words"]), words[heading.end() :].strip()
        found += [reader.person(each, way) for each in reader.people(words)] if words else []
        if len(found) > MOST_PEOPLE:
            raise ListRefused(TOO_MANY)
    return _check_list(found)


def read_sheet(workbook: Workbook) -> list[ListedPerson]:
    """Return the people in the first table with names. Raises ListRefused as `read_list`, or for unknown attendance."""
    for sheet in workbook.sheets:
        headings = [" ".join(re.findall(r"[^\W_]+", each.casefold())) for each in sheet.headings]
        places = {
            key: next((headings.index(word) for word in words if word in headings), -1)
            for key, words in COLUMNS.items()
        }
        if places["name"] >= 0:
            rows = [row for row in sheet.rows if row.cells[places["name"]].text.strip()]
            if len(rows) > MOST_PEOPLE:
                raise ListRefused(TOO_MANY)
            return _check_list([_read_row(row, places) for row in rows])
    raise ListRefused(NO_NAMES)


def _check_list(people: list[ListedPerson]) -> list[ListedPerson]:
    if not people:
        raise ListRefused(EMPTY)
    long = next((each for each in people if len(each.said) > LONGEST), None)
    if long:
        raise ListRefused(f"“{long.said[:40]}…” is too long for one person. Put each person on their own line.")
    return people


def _clean(text: str) -> str:
    """Return the text without invisible characters: NUL, direction marks, zero-width characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", ", "))
    return "".join(each for each in text if each == "\n" or unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co"))


def _read_row(row: TableRow, places: dict[str, int]) -> ListedPerson:
    def cell(key: str) -> str:
        return " ".join(_clean(row.cells[places[key]].text).split()) if places[key] >= 0 else ""

    how, said = cell("how"), ", ".join(filter(None, map(cell, COLUMNS)))
    listed = ListedPerson(said=said, name=cell("name"), body=cell("body"), role=cell("role"))
    if places["how"] < 0:
        return listed
    for words in filter(None, re.split(r"[,;()]\s*", how)):
        way = way_in(words, of_column=True)
        taken = _with_way(listed, way, words) if way else _with_attendance(listed, words.strip(), lambda name: True)
        if taken is None:
            raise ListRefused(f"Row {row.number}: “{words[:40]}” is not one of: {', '.join(Presence.labels)}.")
        listed = taken
    if not how:
        raise ListRefused(f"Row {row.number} does not say how {listed.name[:60]} attended.")
    return listed


def _with_attendance(listed: ListedPerson, words: str, is_person: Callable[[str], bool]) -> ListedPerson | None:
    """Return the person with what a note says about their attendance, or None if it is about something else."""
    if way := way_in(words):
        return _with_way(listed, way, words)
    if (times := times_in(words)) and listed.how != Presence.SUBSTITUTE:
        return replace(listed, how=Presence.PART, part_from=times[0], part_to=times[1])
    found = INSTEAD.fullmatch(words)
    if not found:
        return None
    whom = (found["whom"] or found["perhaps"]).strip(" .")
    if not found["sure"] and not is_person(whom):
        return None
    unread = "; ".join(filter(None, [listed.unread, "the times" if listed.how == Presence.PART else ""]))
    return replace(listed, how=Presence.SUBSTITUTE, whom=whom, part_from=None, part_to=None, unread=unread)


def _with_way(listed: ListedPerson, way: Presence, words: str) -> ListedPerson:
    """Return the person with this way of attending. A substitute stays one: the words are listed as not read."""
    if listed.whom:
        return replace(listed, unread="; ".join(filter(None, [listed.unread, f"“{words.strip()}”"])))
    return replace(listed, how=way)


class _Reader:
    """Reads the words of a line. `known` are the keys of known names."""

    def __init__(self, known: Collection[str], key: Callable[[str], str]) -> None:
        self.known, self.key = known, key

    def is_person(self, words: str) -> bool:
        return self.key(words) in self.known or self.key(_bare(words)) in self.known or is_name(_bare(words))

    def people(self, line: str) -> Iterator[str]:
        """Yield each person's words in a line: "Ada Gray, Superintendent" is one, "Ada Gray, Bo Hill" are two."""
        chunks = [each for each in _split_outside_brackets(line, ";") if _split_outside_brackets(each, ",")]
        if len(chunks) != 1:
            yield from chunks
            return
        held: list[str] = []
        for chunk in (part for each in _split_outside_brackets(chunks[0], ",") for part in self._both(each)):
            if held and self.is_person(chunk):
                yield ", ".join(held)
                held = []
            held.append(chunk)
        if held:
            yield ", ".join(held)

    def _both(self, chunk: str) -> list[str]:
        """Split "Ada Gray and Bo Hill" into two people, but not "Education and Skills"."""
        parts = re.split(r"\s+(?:and|&)\s+|^(?:and|&)\s+", chunk)
        parts = [each for each in parts if each]
        return parts if parts and all(self.is_person(each) for each in parts) else [chunk]

    def person(self, words: str, way: Presence) -> ListedPerson:
        """Return one person, attending as the heading above says unless the words say otherwise."""
        first, *notes = _split_outside_brackets(words, ",")
        name, found = _outside(first)
        name, *dashed = DASH.split(name)
        name, *tail = TAIL.split(name, maxsplit=1)
        listed = ListedPerson(said=words, name=name.strip(" ."), how=way)
        for each in tail:
            taken = _with_attendance(listed, each.strip(" ."), self.is_person)
            listed = taken or replace(listed, name=f"{listed.name} {each}".strip(" ."))
        for note in (*found, *dashed, *notes):
            listed = self._apply_note(listed, note)
        return listed

    def _apply_note(self, listed: ListedPerson, note: str) -> ListedPerson:
        words, inside = _outside(note)
        for each in filter(None, (words.strip(" ."), *(part.strip(" .") for part in inside))):
            taken = _with_attendance(listed, each, self.is_person)
            listed = taken or _assign_words(listed, each)
        return listed


def _assign_words(listed: ListedPerson, words: str) -> ListedPerson:
    """Assign words to the role or the body: the first that name no body are the role, the next ones the body."""
    if not listed.body and (is_body(words) or listed.role):
        return replace(listed, body=words)
    if not listed.role:
        return replace(listed, role=words)
    return replace(listed, unread="; ".join(filter(None, [listed.unread, words])))


def _outside(words: str) -> tuple[str, list[str]]:
    """Return the words outside brackets, and each note inside them."""
    inside = [part for found in BRACKETS.finditer(words) for part in re.split(r"[,;]", found[1] or found[2] or "")]
    return " ".join(BRACKETS.sub(" ", words).split()), [part.strip() for part in inside if part.strip()]


def _bare(words: str) -> str:
    """Return a name without anything after it."""
    return TAIL.split(DASH.split(_outside(words)[0])[0], maxsplit=1)[0].strip(" .")


def _split_outside_brackets(words: str, mark: str) -> list[str]:
    """Split at a separator outside brackets."""
    parts, depth = [""], 0
    for each in words:
        depth = max(depth + (each in "([") - (each in ")]"), 0)
        if each == mark and not depth:
            parts.append("")
        else:
            parts[-1] += each
    return [part.strip() for part in parts if part.strip()]
