"""An indicator's series as CSV: each period with its value as it counts, as everyone who sees it may read it."""

from recommendations.documents.formats.csv_file import csv_bytes
from recommendations.domain.indicators.facts import IndicatorFacts

HEADINGS = ("Indicator", "Unit", "First day", "Last day", "Value", "Note")


def as_csv(facts: IndicatorFacts) -> bytes:
    """The series (documents/formats/csv_file.py): a small number that is hidden is in words."""
    changed = {each.on: each for each in facts.breaks}
    rows = []
    for point in facts.points:
        notes = ["No value"] if point.is_gap else []
        notes += [f"Definition changed on {on}" for on in changed if point.start <= on <= point.end]
        shown = facts.words_of("") if point.is_hidden else point.value or ""
        rows.append((facts.name, facts.unit, point.start.isoformat(), point.end.isoformat(), shown, "; ".join(notes)))
    return csv_bytes(HEADINGS, rows)
