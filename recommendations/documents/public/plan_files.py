"""An action plan as public data: JSON, CSV, and an Atom feed of its versions."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from recommendations.digests import canonical
from recommendations.documents.formats.reproducible_zip import for_xml
from recommendations.documents.public.feeds import BOM, LINE_END, FeedSource, empty_feed, feed_bytes
from recommendations.documents.public.force_files import DataFile, cell
from recommendations.domain.action_plans.data import PlanFacts, PlanLine
from recommendations.domain.public.released import PublicRelease
from recommendations.periods import day_start, say

HEADINGS = (
    *("Reference", "Recommendation", "Heading", "Text", "Report", "Report published", "Action", "Why no action"),
    *("Owner", "To be done by", "Progress", "Progress, day", "Progress in words", "Closed on"),
)


def plan_file(facts: dict[str, Any], form: str) -> DataFile | None:
    """The plan as "json" (the stored facts, the text of their SHA-256) or "csv"; None for any other form."""
    if form == "json":
        return DataFile(canonical(facts).encode(), "application/json")
    if form != "csv":
        return None
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=LINE_END)
    writer.writerows([HEADINGS, *(map(cell, _row(line)) for line in PlanFacts.from_json(facts).lines)])
    return DataFile(BOM + out.getvalue().encode(), "text/csv; charset=utf-8")


def _row(line: PlanLine) -> tuple[object, ...]:
    asked = (line.reference, line.label, line.heading, line.text, line.report.title, line.report.published_on)
    progress = (line.progress, line.progress_on, line.progress_text, line.closed_on)
    return (*asked, line.action, line.why_none, line.owner, line.due_on, *progress)


def plans_as_atom(entries: Iterable[tuple[str, PublicRelease]], source: FeedSource) -> bytes:
    """The versions of a plan with their absolute addresses, newest first."""
    entries = list(entries)
    name = entries[0][1].force if entries else "a fire and rescue service"
    feed = empty_feed(source, f"Action plan of {name}", "Each version of the action plan for fire inspections.")
    for address, each in entries:
        feed.add_item(
            title=for_xml(f"{each.force}: action plan, version {each.number}"),
            link=address,
            description=for_xml(f"The action plan of {each.force} as published on {say(each.released_on)}."),
            unique_id=address,
            author_name=for_xml(source.office),
            pubdate=day_start(each.released_on),
            updateddate=day_start(each.released_on),
        )
    return feed_bytes(feed)
