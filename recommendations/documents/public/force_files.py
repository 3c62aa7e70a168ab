"""The page of a force as public data: JSON, tables as CSV, an Atom feed of its releases."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from recommendations.digests import canonical
from recommendations.documents.formats.reproducible_zip import for_xml
from recommendations.documents.public.feeds import BOM, LINE_END, FeedSource, empty_feed, feed_bytes
from recommendations.domain.force_pages.data import PageFacts
from recommendations.domain.public.released import PublicRelease
from recommendations.domain.text.csv_safety import escape_formula
from recommendations.periods import day_start, say

type Row = tuple[object, ...]


@dataclass(frozen=True)
class DataFile:
    content: bytes
    media_type: str


OPEN = (
    *("Reference", "Recommendation", "Heading", "Text", "Report", "Report published", "Deadline words", "Due on"),
    *("Past its date", "Days late", "First target", "Target", "Times moved", "The force", "The force, day"),
    *("The policing body", "The policing body, day", "HMICFRS", "HMICFRS, day"),
)
GRADES = ("Cycle", "Area", "Grade", "Day", "Report")
RESPONSES = ("Report", "Report published", "Last day", "Under section 55", "Response published", "Days late")
PROMISES = ("Promise", "Promised on", "Response", "Latest check", "Day of it", "Next check", "Days late")
CUSTODY = ("Suite", "From", "To", "Visits", "Offered a visit", "Seen", "Refused")


def _open(facts: PageFacts) -> Iterator[Row]:
    for line in facts.lines:
        voices = (line.force, line.office, line.inspectorate)
        said = [cell for voice in voices for cell in (" ".join(filter(None, (voice.word, voice.text))), voice.on)]
        dates = (line.due_on, _yes(line.is_late), line.days_late, line.first_target_on, line.target_on, line.moves)
        report = (line.report.title, line.report.published_on, line.deadline_words)
        yield (line.reference, line.label, line.heading, line.text, *report, *dates, *said)


def _grades(facts: PageFacts) -> Iterator[Row]:
    for each in facts.grades:
        yield facts.cycle, each.area, each.grade, each.on, each.report.title if each.report else ""


def _responses(facts: PageFacts) -> Iterator[Row]:
    for each in facts.answers:
        law = _yes(each.is_statutory)
        yield each.report.title, each.report.published_on, each.last_day, law, each.answered_on, each.days_late


def _promises(facts: PageFacts) -> Iterator[Row]:
    for each in facts.promises:
        looks = (each.outcome, each.checked_on, each.next_on, each.days_late)
        yield (each.quote, each.promised_on, each.heading, *looks)


def _custody(facts: PageFacts) -> Iterator[Row]:
    for each in facts.custody.suites if facts.custody else ():
        assert facts.custody
        days = (facts.custody.start, facts.custody.end)
        yield (each.suite, *days, each.visits, each.offered, each.seen, each.refused)


def _yes(value: bool) -> str:
    return "Yes" if value else "No"


TABLES: dict[str, tuple[Row, Callable[[PageFacts], Iterable[Row]]]] = {
    "open": (OPEN, _open),
    "grades": (GRADES, _grades),
    "responses": (RESPONSES, _responses),
    "promises": (PROMISES, _promises),
    "custody": (CUSTODY, _custody),
}


def as_file(facts: dict[str, Any], name: str, form: str) -> DataFile | None:
    """A data file, or None if there is none with this name; "page.json" is the stored facts, the text of their SHA-256.
    Days are in ISO format (2026-11-07), "" for none.
    """
    if (name, form) == ("page", "json"):
        return DataFile(canonical(facts).encode(), "application/json")
    if form != "csv" or name not in TABLES:
        return None
    headings, rows = TABLES[name]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=LINE_END)
    writer.writerows([headings, *(map(cell, row) for row in rows(PageFacts.from_json(facts)))])
    return DataFile(BOM + out.getvalue().encode(), "text/csv; charset=utf-8")


def cell(value: object) -> str:
    """A value as a CSV cell: formulas escaped, "" for None."""
    return "" if value is None else escape_formula(str(value))


def releases_as_atom(entries: Iterable[tuple[str, PublicRelease]], source: FeedSource) -> bytes:
    """The releases of a force's page with their absolute addresses, newest first."""
    entries = list(entries)
    name = entries[0][1].force if entries else "a police force"
    feed = empty_feed(source, name, "Each release of the page: inspections, and what came of them.")
    for address, each in entries:
        feed.add_item(
            title=for_xml(f"{each.force}: release {each.number}"),
            link=address,
            description=for_xml(f"The page of {each.force} as released on {say(each.released_on)}."),
            unique_id=address,
            author_name=for_xml(source.office),
            pubdate=day_start(each.released_on),
            updateddate=day_start(each.released_on),
        )
    return feed_bytes(feed)
