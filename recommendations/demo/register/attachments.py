"""Files on two records in the demonstration: a closure request, and an assurance with the evidence seen."""

import io
from collections.abc import Callable, Iterator
from functools import partial

from recommendations.demo.office import EV
from recommendations.domain.attachments.attachments import attach, store_file
from recommendations.models import Assurance, Closure

ATTACHED = -1
NURSES, CASES = "Call healthcare within an hour of a request", "Review each high-risk case every week"
SAMPLE = """month,requests,seen within an hour
{month -111},204,175
{month -80},211,186
{month -49},198,176
"""
MINUTES = """Custody healthcare meeting, minutes

1. The provider’s return for {month -80} was read: 186 of 211 requests were met within an hour.
2. A second nurse is on duty at night.
3. The meeting asks for closure, and meets again in a quarter.
"""
NOTE = """Ten high-risk cases, read by the office

Each had a review in every week since the inspection. In seven of them the plan changed when the risk did.
"""


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    closure = (("Nurses within an hour.csv", SAMPLE, "official"), ("Healthcare minutes.txt", MINUTES, "sensitive"))
    for place, (name, text, marking) in enumerate(closure):
        yield ATTACHED, (place,), partial(_attach_to_closure, office, name, text, marking)
    yield ATTACHED, (2,), partial(_attach_to_assurance, office)


def _attach_to_closure(office, name: str, text: str, marking: str, at) -> None:
    asked = Closure.objects.waiting().get(tracked__recommendation__heading=NURSES)
    _attach(asked, name, office.words(text), marking, by=asked.requested_by, at=at)


def _attach_to_assurance(office, at) -> None:
    seen = Assurance.objects.get(tracked__recommendation__heading=CASES, tracked__force=office.forces[EV])
    _attach(seen, "Ten cases.txt", NOTE, "official", by=office.people["second officer"], at=at)


def _attach(subject, name: str, text: str, marking: str, *, by, at) -> None:
    stored = store_file(content=io.BytesIO(text.encode()), text=text, at=at, is_read_whole=True)
    attach(subject=subject, name=name, stored=stored, marking=marking, by=by, at=at)
