"""Two saved views of the register in the demonstration: one shared with the office, and one private."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.domain.saved_views.saved_views import ViewContent, save_view

DAY = -23
SHARED = ViewContent(
    name="Board: red and late",
    shared=True,
    filters=[("rag", "red", "RAG: Red"), ("show", "overdue", "Only overdue")],
    columns=[
        ("lead", "normal", "Lead"),
        ("due", "normal", "Due"),
        ("risk", "normal", "Risk"),
        ("rag", "normal", "RAG"),
        ("position", "normal", "Force position"),
        ("assurance", "normal", "OPCC assurance"),
        ("changed", "normal", "Changed since you looked"),
    ],
)
OWN = ViewContent(
    name="No date set",
    shared=False,
    filters=[("show", "no_date", "Only no date set")],
    columns=[
        ("opcc_lead", "normal", "OPCC lead"),
        ("lead", "normal", "Lead"),
        ("due", "normal", "Due"),
        ("update", "wide", "Latest update"),
        ("updated", "normal", "Last update"),
    ],
)


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, content in enumerate((SHARED, OWN)):
        yield DAY, (place,), partial(_save, office, content)


def _save(office, content: ViewContent, at) -> None:
    save_view(content=content, by=office.people["officer"], at=at)
