"""Compare a paper's stored figures with newly compiled ones, and describe each difference in words.

Fields missing from the stored figures are not compared: a paper stores the figures that existed in its time.
"""

from collections import Counter
from collections.abc import Iterator

# The field that identifies a line in each list.
KEYS = (
    "reference",
    "title",
    "label",
    "kind",
    "term",
    "quote",
    "inspection",
    "number",
    "area",
    "word",
    "panel",
    "source",
)
TELLING = 120  # characters of a value that are shown


def differences(stored: dict, again: dict) -> Iterator[str]:
    """Yield each difference, with the stored and the new value. Both arguments are figures as JSON."""
    yield from _object_differences((), stored, again)


def _object_differences(path: tuple[str, ...], stored: dict, again: dict) -> Iterator[str]:
    """In the order of the new figures, because PostgreSQL does not preserve the order of JSON keys."""
    names = [*(name for name in again if name in stored), *(name for name in stored if name not in again)]
    for name in names:
        yield from _value_differences((*path, _words(name)), stored[name], again.get(name))


def _value_differences(path: tuple[str, ...], stored: object, again: object) -> Iterator[str]:
    if stored == again:
        return
    if isinstance(stored, dict) and isinstance(again, dict):
        yield from _object_differences(path, stored, again)
    elif isinstance(stored, list) and isinstance(again, list):
        yield from _list_differences(path, stored, again)
    else:
        yield f"{_place(path)}: {_short(stored)} is kept, {_short(again)} is found."


def _list_differences(path: tuple[str, ...], stored: list, again: list) -> Iterator[str]:
    """Compare lines that have a name with the line of the same name, and others by position."""
    ours, theirs = _lines_by_name(stored), _lines_by_name(again)
    for name, line in ours.items():
        if name in theirs:
            yield from _value_differences((*path, name), line, theirs[name])
        else:
            yield f"{_place((*path, name))} is kept, and is not found now."
    for name in theirs:
        if name not in ours:
            yield f"{_place((*path, name))} is found now, and is not kept."
    shared = [name for name in ours if name in theirs]
    if shared != [name for name in theirs if name in ours]:
        yield f"{_place(path)} are in another order."


def _lines_by_name(lines: list) -> dict[str, object]:
    seen: Counter[str] = Counter()
    named: dict[str, object] = {}
    for place, line in enumerate(lines, start=1):
        name = next((str(line[key]) for key in KEYS if line.get(key)), "") if isinstance(line, dict) else ""
        name = name or f"line {place}"
        seen[name] += 1
        named[name if seen[name] == 1 else f"{name} ({seen[name]})"] = line
    return named


def _place(path: tuple[str, ...]) -> str:
    words = ", ".join(_short(each, quoted=False) for each in path)
    return words[:1].upper() + words[1:]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _short(value: object, *, quoted: bool = True) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    words = str(value) if len(str(value)) <= TELLING else f"{str(value)[:TELLING]}…"
    return f"“{words}”" if quoted and isinstance(value, str) else words
