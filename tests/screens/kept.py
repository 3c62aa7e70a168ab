"""The counts that were kept (kept.tsv), what of a run is worse, and both as a table beside what is aimed at."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.screens.counting import Counts
from tests.screens.places import DESK, DRAWN_ROWS, FIELDS_ALONE, HMICFRS_ALONE, SCREENS

KEPT = Path(__file__).with_name("kept.tsv")
HEADS = ("role", "screen", "width")
MORE_IS_BETTER = {"rows"}
# Where a line breaks is a matter of the browser, and a plainer sentence may be longer: so much more is not worse.
FIRST = ("words_first", "links_first", "fields_first", "buttons_first")
SLACK = {"height": 0.02, "words": 0.02, **dict.fromkeys(FIRST, 0.05)}


class Place(NamedTuple):
    """One screen of one role at one width."""

    role: str
    screen: str
    width: int

    def __str__(self) -> str:
        return f"{self.role}, {self.screen}, {self.width}"


def read_kept() -> dict[Place, Counts]:
    with KEPT.open(newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))[1:]
    return {Place(role, screen, int(width)): Counts(*map(int, counts)) for role, screen, width, *counts in rows}


def write_kept(found: dict[Place, Counts]) -> None:
    with KEPT.open("w", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerow([*HEADS, *Counts._fields])
        writer.writerows([*place, *counts] for place, counts in found.items())


def worse(found: dict[Place, Counts], kept: dict[Place, Counts]) -> list[str]:
    """What is more than was kept, and which screens were kept and are not there, or are there and were not kept."""
    said = [f"{place}: not counted" for place in kept if place not in found]
    for place, counts in found.items():
        if place not in kept:
            said.append(f"{place}: not kept")
            continue
        for measure, now, before in zip(Counts._fields, counts, kept[place], strict=True):
            if _is_worse(measure, now, before):
                said.append(f"{place}: {measure} {now}, kept {before}")
    return said


def _is_worse(measure: str, now: int, before: int) -> bool:
    if measure in MORE_IS_BETTER:
        return now < before
    return now > before + round(before * SLACK.get(measure, 0))


def table(found: dict[Place, Counts]) -> Iterator[str]:
    """A line for each screen and width: a pair is the whole screen and the first one. Then what is aimed at."""
    yield (
        f"{'':58}{'links':>10}{'of page':>9}{'buttons':>10}{'fields':>10}{'apart':>7}{'words':>13}{'height':>8}"
        f"{'rows':>6}{'first':>7}  aims"
    )
    aims = {(screen.role, screen.name): screen.aims for screen in SCREENS}
    for place, counts in found.items():
        yield _line(place, counts) + "  " + _against(aims[place.role, place.screen].get(place.width, {}), counts)
    fields = [counts for place, counts in found.items() if (place.role, place.width) == (HMICFRS_ALONE, DESK)]
    apart = sum(each.fields_apart for each in fields)
    boxes = sum(each.fields for each in fields) - apart  # one in each row of the register
    drawn = apart + min(boxes, DRAWN_ROWS)
    yield (
        f"Fields with HMICFRS alone: {apart + boxes}; with {DRAWN_ROWS} rows, as drawn: {drawn}; "
        f"{apart} apart from rows; aim {FIELDS_ALONE}"
    )


def _line(place: Place, counts: Counts) -> str:
    def pair(measure: str) -> str:
        return f"{getattr(counts, measure)} / {getattr(counts, f'{measure}_first')}"

    rows = f"{counts.rows:6}{counts.first_row:7}" if counts.first_row else " " * 13
    return (
        f"{place!s:58}{pair('links'):>10}{counts.page_links:9}{pair('buttons'):>10}{pair('fields'):>10}"
        f"{counts.fields_apart:7}{pair('words'):>13}{counts.height:8}{rows}"
    )


def _against(aims: dict[str, int], counts: Counts) -> str:
    return "; ".join(
        f"{measure} {'≥' if measure in MORE_IS_BETTER else '≤'} {aim}{' no' if _misses(measure, counts, aim) else ''}"
        for measure, aim in aims.items()
    )


def _misses(measure: str, counts: Counts, aim: int) -> bool:
    found = getattr(counts, measure)
    return found < aim if measure in MORE_IS_BETTER else found > aim
