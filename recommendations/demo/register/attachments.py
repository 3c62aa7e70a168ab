"""Files on two records in the demonstration: a closure request, and an assurance with the evidence seen."""

import io
from collections.abc import Callable, Iterator
from functools import partial

from recommendations.domain.attachments.attachments import attach, store_file
from recommendations.models import Assurance, Closure

ATTACHED = -1
SAMPLE = """month,reports looked at,recorded in time
August,48,39
September,52,47
October,60,58
"""
MINUTES = """Gold group, minutes

1. The dip sample of October was read: 58 of 60 reports were recorded in time.
2. Training for the control room is complete. The examiners' queue is at eleven days.
3. The group asks for closure, and meets again in a quarter.
"""
NOTE = """Reality testing at the front counter

We read twelve of the reports behind the October sample ourselves. All twelve were recorded as the sample says.
"""


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    closure = (("Dip sample October.csv", SAMPLE, "official"), ("Gold group minutes.txt", MINUTES, "sensitive"))
    for place, (name, text, marking) in enumerate(closure):
        yield ATTACHED, (place,), partial(_attach_to_closure, name, text, marking)
    yield ATTACHED, (2,), partial(_attach_to_assurance, office)


def _attach_to_closure(name: str, text: str, marking: str, at) -> None:
    asked = Closure.objects.waiting().exclude(requested_by__force=None).order_by("pk").first()
    if asked:
        _attach(asked, name, text, marking, by=asked.requested_by, at=at)


def _attach_to_assurance(office, at) -> None:
    looked = Assurance.objects.filter(withdrawn_at=None).order_by("-effective_on", "-pk").first()
    if looked:
        _attach(looked, "Reality testing.txt", NOTE, "official", by=office.people["officer"], at=at)


def _attach(subject, name: str, text: str, marking: str, *, by, at) -> None:
    stored = store_file(content=io.BytesIO(text.encode()), text=text, at=at, is_read_whole=True)
    attach(subject=subject, name=name, stored=stored, marking=marking, by=by, at=at)
