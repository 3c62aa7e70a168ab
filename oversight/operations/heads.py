"""Sending the trail's head elsewhere, and comparing the one sent before with today's trail.

Whoever can change the database can rewrite the whole trail consistently. A head out of their reach reveals that.
"""

import datetime
import json
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage

from recommendations import trail
from recommendations.domain.audit.heads import still_stands
from recommendations.emails.backend import say_wrong
from recommendations.emails.messages import HEADERS

SECONDS = 20  # for a web address to respond
SUBJECT = "Oversight: Head of the trail, {office}"
ALARM = "Oversight: THE TRAIL WAS CHANGED, {office}"
BODY = """Office: {office}
Time: {at}
Entries: {entries}
Head: {head}

{words}

Keep this email where whoever runs the database cannot reach it. To hold the trail against it on any later day:

    manage.py verify_audit --head {head} --count {entries}
"""


@dataclass(frozen=True)
class SentHead:
    """A head as sent. `stands`: whether those sent before were still in the trail."""

    office: str
    at: str
    entries: int
    head: str
    stands: bool = True


@dataclass(frozen=True)
class Sending:
    """What was sent, which earlier heads were looked for, which are missing, and which places failed."""

    sent: SentHead
    compared: list[SentHead]
    missing: list[SentHead]
    failed: list[str]


def send_head(
    *, places: Sequence[str], office: str, state: Path, at: datetime.datetime, begin_again: bool = False
) -> Sending:
    """Send today's head to each place, and look for the last ones sent in today's trail.

    If one is missing, every place is told, and it is looked for again next time, until `begin_again` says that there is
    a known reason (a restored backup).
    """
    compared = [] if begin_again else [*_earlier(office, state, places)]
    missing = [each for each in compared if not still_stands(entries=each.entries, head=each.head)]
    entries, head = trail.head()
    sent = SentHead(office, at.isoformat(timespec="seconds"), entries, head, stands=not missing)
    failed = [*_send_to_all(sent, missing, places)]
    if not missing:
        _write(state, sent)
    return Sending(sent, compared, missing, failed)


def _earlier(office: str, state: Path, places: Sequence[str]) -> Iterator[SentHead]:
    """The last heads sent, from the state file here and from files elsewhere, without duplicates."""
    files = [state, *(Path(place) for place in places if place.startswith("/"))]
    found = {}
    for file in files:
        if earlier := _last_of(file, office):
            found[earlier.entries, earlier.head] = earlier
    yield from found.values()


def _last_of(file: Path, office: str) -> SentHead | None:
    """The last head in a file that was good when sent, or None."""
    with suppress(OSError):
        for line in reversed(file.read_text().splitlines()):
            with suppress(ValueError, TypeError):
                found = SentHead(**json.loads(line))
                if found.stands and found.office == office:
                    return found
    return None


def _send_to_all(sent: SentHead, missing: list[SentHead], places: Sequence[str]) -> Iterator[str]:
    """Send to each place; yield an error message for each that failed."""
    for place in places:
        try:
            if place.startswith("mailto:"):
                _mail(place.removeprefix("mailto:"), sent, missing)
            elif place.startswith("/"):
                _append(Path(place), sent)
            else:
                _post(place, sent)
        except OSError as wrong:
            yield f"{_without_secrets(place)} did not take the head: {say_wrong(wrong)}."


def _without_secrets(place: str) -> str:
    """A place without its secrets."""
    scheme, is_address, rest = place.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if is_address else place


def words_of(missing: list[SentHead]) -> str:
    """A sentence on whether the heads sent before are still in the trail."""
    if not missing:
        return "The head that was sent before stands in this trail."
    lines = [f"Entry {each.entries} does not have the head {each.head}, sent at {each.at}." for each in missing]
    return "\n".join(["THE TRAIL DOES NOT HOLD WHAT WAS SENT BEFORE: it was cut off or written again.", *lines])


def _mail(address: str, sent: SentHead, missing: list[SentHead]) -> None:
    subject = (ALARM if missing else SUBJECT).format(office=sent.office)
    body = BODY.format(**asdict(sent), words=words_of(missing))
    EmailMessage(subject, body, to=[address], headers=HEADERS).send()


def _append(file: Path, sent: SentHead) -> None:
    with file.open("a") as out:
        out.write(json.dumps(asdict(sent)) + "\n")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a place that redirects has not accepted the head."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


def _post(address: str, sent: SentHead) -> None:
    body = json.dumps(asdict(sent)).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"}, method="POST")
    with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS):
        pass


def _write(state: Path, sent: SentHead) -> None:
    unfinished = state.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(asdict(sent)) + "\n")
    unfinished.rename(state)
