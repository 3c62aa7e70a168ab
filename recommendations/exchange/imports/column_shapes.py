"""Guess a column by its cells beside those of the other columns, where its heading says nothing.

The longest text beside a recommendation is the update; days after the publication are targets; what is the same for
all rows of one day of publication is the inspection. Each of these is in doubt, and shown as such.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from recommendations.exchange.imports.column_cells import SAMPLES, ColumnCells
from recommendations.exchange.imports.column_values import MONTH_NAME, are_titles, is_a_number_of_a_report

LONGEST_TITLE = 200
CLEARLY_LONGER = 1.4
FEW = 2
REPORT = ("inspection", "published_on")
BY_CELLS = {
    "update": "Guessed from its cells: the longest text beside the recommendation.",
    "target_on": "Guessed from its cells: its days are after the publication.",
}
GUESSED = "Guessed from its cells: the heading does not say."
PERIOD = re.compile(rf"\b(?:q[1-4]|{MONTH_NAME}|quarter|month|\d{{1,4}}|of|to|and|update|progress)\b", re.IGNORECASE)
HAS_PERIOD = re.compile(rf"\b(?:q[1-4]|quarter|{MONTH_NAME})\b", re.IGNORECASE)
# Long texts that are no update: what was found, why, what is still to come, what others say.
NO_UPDATE = re.compile(
    r"\b(?:find\w*|risks?|issues?|background|context|rationale|reasons?|why|implications?|observ\w*|impact|benefits?"
    r"|measures?|criteria|evidence|sources?|success|outcomes?|still|next|plan\w*|future|remaining|further|previous"
    r"|o?pf?cc|commissioner\w*|mayor\w*|hmicfrs|hmic|inspect\w*|audit\w*|scrutiny|panel|committee|link|url)\b",
    re.IGNORECASE,
)
NO_TARGET = re.compile(
    r"\b(?:clos\w*|publi\w*|report\w*|review\w*|updat\w*|modif\w*|edit\w*|enter\w*|meet\w*|panel|board|committee"
    r"|receiv\w*|respon\w*|repl\w*|start\w*|began|issued|accept\w*|assur\w*|visit\w*|seen|signed|created|last)\b",
    re.IGNORECASE,
)
MOVED = re.compile(r"\b(?:revised|extended|new|moved|current|latest)\b", re.IGNORECASE)
A_TITLE = re.compile(r"\b(?:title|subject|topic|headline)\b", re.IGNORECASE)


def guess_by_shape(columns: Sequence[ColumnCells], guessed: Mapping[int, str]) -> dict[int, str]:
    """Return field keys by position for columns that nothing else could guess. `guessed` are the others' keys."""
    if "text" not in guessed.values():
        return {}
    found: dict[int, str] = {}
    for guess in (_report, _number, _title, _target, _updates):
        taken = {**guessed, **found}
        free = [each for each in columns if each.place not in taken and each.is_full]
        found |= dict(guess(free, columns, taken))
    return found


def first_of_targets(columns: Sequence[ColumnCells], guessed: Mapping[int, str]) -> dict[int, str]:
    """Return the column of first targets: the one of the targets that is not said to be moved, beside one that is."""
    targets = [each for each in columns if guessed.get(each.place) == "target_on"]
    first = [each.place for each in targets if not MOVED.search(each.heading)]
    has_first = "first_target_on" in guessed.values() or len(first) != 1 or len(first) == len(targets)
    return {} if has_first else {first[0]: "first_target_on"}


def _report(
    free: Sequence[ColumnCells], columns: Sequence[ColumnCells], keys: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the inspection and its day: a title and a day that recur together, the day before all others."""
    title, on = _column(columns, keys, "inspection"), _column(columns, keys, "published_on")
    titles = [title] if title else [each for each in free if are_titles(each.texts)]
    days = [on] if on else [each for each in free if each.share_of_days >= 0.8 and _is_first_day(each, columns)][:1]
    pair = next(((each, day) for each in titles for day in days if _follows(each, day)), None)
    if pair:
        yield from ((each.place, key) for each, key in zip(pair, REPORT, strict=True) if each.place not in keys)


def _number(
    free: Sequence[ColumnCells], columns: Sequence[ColumnCells], keys: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the number within the report: short numbers that differ within it."""
    reports = _column(columns, keys, "inspection")
    if "number" in keys.values() or reports is None:
        return
    for each in free:
        pairs = [(reports.text_of(row), each.text_of(row)) for row in range(min(len(each.rows), SAMPLES))]
        texts = [text for _, text in pairs]
        if all(map(is_a_number_of_a_report, texts)) and len(set(pairs)) == len(pairs) and _are_of_reports(texts):
            yield each.place, "number"
            return


def _title(
    free: Sequence[ColumnCells], columns: Sequence[ColumnCells], keys: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the recommendation's own heading: a column "Title" that differs from row to row, beside its report."""
    if "heading" in keys.values() or "inspection" not in keys.values():
        return
    for each in free:
        if A_TITLE.search(each.heading) and each.are_short(LONGEST_TITLE) and len(set(each.texts)) == len(each.texts):
            yield each.place, "heading"
            return


def _target(
    free: Sequence[ColumnCells], columns: Sequence[ColumnCells], keys: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the only column of days that are after the publication."""
    published = _column(columns, keys, "published_on")
    if published is None or {"target_on", "first_target_on"} & set(keys.values()):
        return
    since = published.days()
    found = [each for each in free if not NO_TARGET.search(each.heading) and each.share_of_target_days >= 0.5]
    after = [each for each in found if _are_after(each, since)]
    if len(after) == 1:
        yield after[0].place, "target_on"


def _updates(
    free: Sequence[ColumnCells], columns: Sequence[ColumnCells], keys: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the columns headed by a quarter or month, or else the one with clearly the longest texts."""
    prose = [each for each in free if each.are_sentences and not each.is_a_list and each.share_of_days < 0.2]
    of_periods = [
        each
        for each in prose
        if HAS_PERIOD.search(each.heading) and not PERIOD.sub("", each.heading).strip(" /–—-:,()’'&")
    ]
    if of_periods:
        yield from ((each.place, "update") for each in of_periods)
    elif "update" not in keys.values() and (longest := _clearly_longest(prose)):
        yield longest.place, "update"


def _clearly_longest(prose: Sequence[ColumnCells]) -> ColumnCells | None:
    """Return the column with clearly the longest texts, unless its heading says that it is no update."""
    found = sorted((each for each in prose if len(each.texts) >= FEW), key=lambda each: -each.mean_length)
    if not found or NO_UPDATE.search(found[0].heading):
        return None
    is_clear = len(found) == 1 or found[0].mean_length >= CLEARLY_LONGER * found[1].mean_length
    return found[0] if is_clear else None


def _column(columns: Sequence[ColumnCells], keys: Mapping[int, str], key: str) -> ColumnCells | None:
    return next((each for each in columns if keys.get(each.place) == key), None)


def _is_first_day(column: ColumnCells, columns: Sequence[ColumnCells]) -> bool:
    """Whether no other column has a day before this one's in the same row."""
    mine = column.days()
    others = [each.days() for each in columns if each.place != column.place and each.share_of_days >= 0.5]
    return bool(mine) and all(mine[row] <= days[row] for days in others for row in mine if row in days)


def _follows(titles: ColumnCells, on: ColumnCells) -> bool:
    """Whether each title has one day only, and at least one title recurs."""
    days, rows = on.days(), range(len(titles.rows))
    pairs = [(titles.text_of(row), days[row]) for row in rows if row in days and titles.text_of(row)]
    return len(set(pairs)) == len({title for title, _ in pairs}) < len(pairs)


def _are_of_reports(texts: Sequence[str]) -> bool:
    """Whether the numbers are not just those of the rows: they have parts, or begin again with another report."""
    return any("." in text.removesuffix(".0") for text in texts) or len(set(texts)) < len(texts)


def _are_after(column: ColumnCells, since: Mapping[int, object]) -> bool:
    """Whether nearly all days are after those of the same rows in `since`."""
    days = column.days()
    both = [row for row in days if row in since]
    return len(both) >= FEW and sum(days[row] > since[row] for row in both) >= 0.9 * len(both)  # type: ignore[operator]
