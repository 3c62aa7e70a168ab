"""Recent notes between colleagues, and the update round that one of them took over."""

from collections.abc import Callable, Iterator
from functools import partial

from recommendations.demo.office import WM
from recommendations.domain.notes.notes import add_note
from recommendations.domain.ownership.keepers import give_round
from recommendations.models import Response, TrackedRecommendation, UpdateRound

HEADING = "Analyse every fatal collision with partners"
ASKED = "@Margaret, the partners have shown me the next three reports. Ask when the last is published before the board."
ANSWERED = "Agreed. @Hannah Whitlock, please put it on the agenda."
DRAFT = "The second figure is for last year. @Joe Brandreth has this year’s."


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    yield -6, (0,), partial(_note, office, ASKED, "officer")
    yield -5, (0,), partial(_note, office, ANSWERED, "approver")
    yield -4, (0,), partial(_note_on_draft, office)
    yield -3, (0,), partial(_give, office)


def _note(office, text: str, who: str, at) -> None:
    record = TrackedRecommendation.objects.get(force=office.forces[WM], recommendation__heading=HEADING)
    add_note(record=record, text=text, by=office.people[who], at=at)


def _note_on_draft(office, at) -> None:
    if response := Response.objects.filter(versions__isnull=True).order_by("-pk").first():
        add_note(record=response, text=DRAFT, by=office.people["officer"], at=at)


def _give(office, at) -> None:
    """Hand over the open round to the other officer."""
    if asked := UpdateRound.objects.open().order_by("-pk").first():
        keeper = office.people["second officer"]
        give_round(round=asked, version=asked.version, keeper=keeper, by=office.people["officer"], at=at)
