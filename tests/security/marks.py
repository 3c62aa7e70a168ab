"""The marks that texts carry, and who is shown which: no byte of one force reaches another."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import resolve, reverse

from tests.security.matrix import Line, lines
from tests.security.walk import at_the_door, expected, is_their_day
from tests.security.world import CANARY
from tests.security.worlds.accountability import NOT_PUBLIC, UNFINISHED
from tests.security.worlds.commitment import PROMISE
from tests.security.worlds.legacy_review import REFRAMED
from tests.security.worlds.note import NOTED
from tests.security.worlds.papers.check import BACK, WITH_IT
from tests.security.worlds.papers.restriction import RESTRICTED, WHY
from tests.security.worlds.request import CARRIED, WAITING
from tests.security.worlds.round import DRAFT_SHOWS, INSIDE
from tests.security.worlds.sheet import OWN
from tests.security.worlds.similar import NOT_ALIKE

ROUND_SHOWS = ("accepted", "to_look", "returned", "asked")


def said(response) -> str:
    """All that an answer gives away: its body (what is packed in it, unpacked), its headers but its own number."""
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return f"{headers} {unpacked(response.getvalue())}"


def unpacked(body: bytes) -> str:
    """The text of a body; of a spreadsheet or a Word document every part of the package, by name."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return " ".join(f"{name} {package.read(name).decode(errors='replace')}" for name in package.namelist())


def canaries(text: str) -> set[str]:
    return set(re.findall(rf"{CANARY}\d*\.?", text))


def inside(text: str) -> set[str]:
    """The marks of what a force is still writing: "zqinsidea" for the first one."""
    return set(re.findall(rf"{INSIDE}\w", text))


def owned(text: str) -> set[str]:
    """The marks of what one person is bringing in: "zqownofficer"."""
    return set(re.findall(rf"{OWN}[a-z]+", text))


def also(world) -> list[Line]:
    """What both forces share, and the histories of it."""
    both, asked = world.inspection_both, world.shared_a.recommendation
    return [
        Line("inspection", (both.pk,)),
        Line("history", ("inspection", both.pk)),
        Line("history", ("recommendation", asked.pk)),
        Line("history", ("tracked", world.shared_a.pk)),
        Line("history", ("tracked", world.shared_b.pk)),
        Line("history", ("tracked", world.closed_b.pk)),
        *(
            line
            for each in (world.restricted_a, world.restricted_b)
            for line in (Line("tracked", (each.pk,)), Line("history", ("tracked", each.pk)))
        ),
        *asked_to_comment(world),
    ]


def asked_to_comment(world) -> list[Line]:
    """What the office has of the responses on which the forces were asked to comment."""
    pages = ("response", "response_comments")
    both = world.invited_a, world.invited_b
    drafts = [Line("draft_response", (of.begun.response_id,)) for of in both]
    return [*drafts, *(Line(name, (pk,)) for of in both for pk in sorted(of.responses) for name in pages)]


def crawl(world, persona: str, urls, marks=canaries) -> set[str]:
    """The canaries that this persona is shown at these addresses, redirects followed."""
    client, found = world.clients[persona], set()
    for url in urls:
        found |= marks(said(client.get(url, follow=True)))
    return found


def addresses(world, persona: str = "") -> list[str]:
    """Every address but the sign-in's, feeds (test_calendar_feed.py) and what everybody may read (test_public.py).

    Without those where this persona is refused: the walk reads such an answer once of each address.
    """
    asked = [line for line in [*lines(world), *also(world)] if line.get != 405]
    asked = [line for line in asked if not persona or not _is_refused(line, persona)]
    others = ("admin:login", "calendar_feed")
    found = [line.url for line in asked if line.name not in others and not line.name.startswith("public_")]
    return found + [f"{reverse('round', args=[pk])}?show={show}" for pk in _rounds(world) for show in ROUND_SHOWS]


def _is_refused(line: Line, persona: str) -> bool:
    return at_the_door(line, persona, "GET") or expected(line, persona, "GET") in (403, 404)


def _rounds(world) -> list[int]:
    return [world.round_a.pk, world.round_b.pk]


# What reaches few, and the marks that every text of its kind carries.
KINDS = {
    "of the second force": canaries,
    "followed of responses": lambda text: {*re.findall(PROMISE, text)},
    "asked by a committee": lambda text: {*re.findall(WAITING, text)},
    "asked by a committee, and on an agenda": lambda text: {*re.findall(rf"{CARRIED}[ab]", text)},
    "in a draft of a paper": lambda text: {*re.findall(rf"(?:{WITH_IT}|{BACK})[ab]", text)},
    "noted by colleagues": lambda text: {*re.findall(rf"{NOTED}[ab]", text)},
    "found not to be alike": lambda text: {*re.findall(rf"{NOT_ALIKE}[ab]", text)},
    "of an item that is not public": lambda text: {*re.findall(rf"{NOT_PUBLIC}[ab]", text)},
    "in an agenda or minutes of the office": lambda text: {*re.findall(UNFINISHED, text)},
    "in a legacy review": lambda text: {*re.findall(REFRAMED, text)},
    "restricted": lambda text: {*re.findall(rf"(?:{RESTRICTED}|{WHY})[ab]", text)},
    "written inside a force": inside,
    "brought in": owned,
}
NOTHING = {kind: set() for kind in KINDS}
# Not even requests that are withdrawn or answered in a draft, nor a draft but while its force is asked to check it.
NOT_THE_OFFICES = {kind: set() for kind in KINDS if kind != "of the second force"}


def own_of(letter: str) -> dict[str, set[str]]:
    """What a force sees of its own: also what is restricted, and not why it is."""
    return {
        "in a draft of a paper": {f"{WITH_IT}{letter}"},
        "asked by a committee, and on an agenda": {f"{CARRIED}{letter}"},
        "of an item that is not public": {f"{NOT_PUBLIC}{letter}"},
        "restricted": {f"{RESTRICTED}{letter}"},
        "written inside a force": {f"{INSIDE}{letter}"},
    }


# persona → kind → the marks that it is shown. A kind that is not there is not hidden from it.
SHOWN = {
    "lead_a": NOTHING | own_of("a"),
    "lead_b": NOT_THE_OFFICES | own_of("b"),
    "officer": {"written inside a force": set(), "brought in": {f"{OWN}officer"}},
    "approver": {"written inside a force": set(), "brought in": {f"{OWN}approver"}},
    "member": NOT_THE_OFFICES,
    "administrator": NOT_THE_OFFICES,
    "anonymous": NOTHING,
}


def everywhere(world, persona: str, whole: bool = False) -> list[str]:
    """Every address that is not public, with what a page takes to show more; for the office no files.

    A draft of a paper takes 2 s. Those at whose door this persona is refused are there if it is to be `whole`.
    """
    asked = [
        *addresses(world, "" if whole else persona),
        reverse("home"),
        f"{reverse('committee_requests')}?state=overdue",
    ]
    asked += [f"{reverse('round', args=[pk])}?show={show}" for pk in _rounds(world) for show in DRAFT_SHOWS]
    asked += [f"{reverse('register')}?show=all&q={INSIDE}", f"{reverse('rounds')}?q={INSIDE}"]
    return [url for url in asked if persona not in ("officer", "approver") or not url.endswith("/file/")]


def sheet_answers(world, persona: str) -> str:
    """What answers somebody who sends the forms of the spreadsheets that are on their way in."""
    client, answers = world.clients[persona], []
    for name in ("sheet_columns", "check_sheet"):
        for book in (world.book_a, world.book_b):
            for do in ("read", "no-colours", "fix", "bring-in"):
                url = reverse(name, args=[book.token])
                answers.append(said(client.post(url, {"do": do}, follow=True)))
    return " ".join(answers)


@dataclass
class Shown:
    """What one person is shown, read from the answers to what they ask for: the marks of each kind that is hidden.

    Where an answer leads is read too, once. Unless it is `whole`, what a walk left out is read on every second `day`.
    """

    world: object
    persona: str
    whole: bool
    day: int  # of the week, from Monday, 0
    found: dict[str, set[str]] = field(init=False)
    seen: set[str] = field(default_factory=set)  # the canaries, wherever they stand
    asked: set[str] = field(default_factory=set)
    led_to: set = field(default_factory=set)

    def __post_init__(self):
        self.found = {kind: set() for kind in SHOWN.get(self.persona, ())}

    def read(self, url: str, answer) -> None:
        """Read an answer. Of what is public, or of a calendar with its key, the second force's texts are no secret."""
        self.asked.add(url)
        if answer.status_code == 302 and self._is_new(answer["Location"]):
            self.ask(answer["Location"])
        text = said(answer)
        self.seen |= canaries(text)
        public = resolve(urlsplit(url).path).view_name.startswith(("public_", "calendar_feed"))
        for kind, marks in self.found.items():
            marks |= set() if public and kind == "of the second force" else KINDS[kind](text)

    def _is_new(self, where: str) -> bool:
        """Whether it is still to be read: unless the walk is whole, one page of each address with each form on it."""
        path, _, query = where.partition("#")[0].partition("?")
        page = where if self.whole else (resolve(path).view_name, query.partition("next=")[0])
        known = page in self.led_to or where in self.asked
        self.led_to.add(page)
        return not known

    def ask(self, url: str) -> None:
        """Ask for an address and read what it answers."""
        self.read(url, self.world.clients[self.persona].get(url, follow=True))

    def everywhere(self) -> None:
        """Ask for all that is not asked yet, and send the forms of the spreadsheets that are on their way in."""
        for url in everywhere(self.world, self.persona):
            name = resolve(urlsplit(url).path).view_name
            if url not in self.asked and (self.whole or is_their_day(name, self.persona, self.day)):
                self.ask(url)
        if "brought in" in self.found:
            self.found["brought in"] |= owned(sheet_answers(self.world, self.persona))
