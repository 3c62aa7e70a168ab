"""Editors that save at once over HTTP, each form again until it is acknowledged, and what became of each save."""

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from typing import NamedTuple

from django.core.management import call_command

from recommendations.domain.audit.verification import verify
from recommendations.domain.people import records
from recommendations.enums import Role
from recommendations.models import Force, ForceUpdate
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.faults.installation import AWAY, Answer, Browser, Installation, is_acknowledged, new_text, sign_in, until
from tests.releases.keep import run

BUILD = """
import json; from django.test.utils import override_settings; from tests.faults.savers import build
with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
    print(json.dumps(build({people}, {tracked})))
"""
KEPT = "import json; from tests.faults.savers import kept; print(json.dumps(kept()))"


def scaled(number: int, least: int = 1) -> int:
    """A count of the soak: SOAK_SCALE=0.1 makes a tenth of each."""
    return max(least, round(number * float(os.environ.get("SOAK_SCALE", "1"))))


class Office(NamedTuple):
    """Who is signed in, and the records that they save to."""

    browsers: list[Browser]
    tracked: list[int]


class Outcome(NamedTuple):
    """What became of the saves: acknowledged ones, those of them that are not there, texts that are there twice, and
    what is wrong with the trail.
    """

    acknowledged: int
    lost: int
    doubled: int
    wrong: list[str]


def set_up(url: str, people: int, tracked: int = 50, **settings: str) -> Office:
    """Migrate a database, with a force, so many records and so many officers who are signed in."""
    browsers, pks = json.loads(run(url, BUILD.format(people=people, tracked=tracked), **settings).splitlines()[-1])
    return Office([Browser(*each) for each in browsers], pks)


def build(people: int, tracked: int) -> Office:
    """What `set_up` asks for, in the database of this process."""
    call_command("migrate", verbosity=0)
    westmarch = Force(name="Westmarch Police", short_name="Westmarch", slug="westmarch", reference_prefix="WM")
    inspection = make_inspection(records.keep(record=westmarch, by=None, at=AT))
    officers = [make_person(f"Officer {number}", Role.OPCC_OFFICER) for number in range(people)]
    found = [make_tracked(inspection, number=str(number + 1)).pk for number in range(tracked)]
    return Office([sign_in(officer) for officer in officers], found)


def kept() -> tuple[list[str], list[str]]:
    """Every text that was saved, and what is wrong with the trail."""
    return list(ForceUpdate.objects.values_list("done", flat=True)), [str(problem) for problem in verify()]


class Visitors:
    """A thread for each browser, from `with` to its end; what each does again and again is a visit."""

    def __init__(self, server: Installation, browsers: list[Browser], pause: float = 0.0):
        self.server, self.browsers, self.pause = server, browsers, pause
        self.statuses: Counter[int] = Counter()
        self.seconds: list[float] = []  # that each answer took
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._stay, args=(place,)) for place in range(len(browsers))]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _stay(self, place: int) -> None:
        self.over.wait(self.pause * place / len(self.browsers))  # not all at once
        while not self.over.is_set():
            self.visit(self.browsers[place])
            self.over.wait(self.pause)

    def visit(self, browser: Browser) -> None:
        raise NotImplementedError

    def asked(self, ask: Callable[..., Answer], *given) -> Answer:
        """What is answered, counted."""
        began = time.monotonic()
        answer = ask(self.server, *given)
        self.seconds.append(time.monotonic() - began)
        self.statuses[answer.status] += 1
        return answer

    @property
    def failed(self) -> int:
        """How often nobody answered, or with 5xx."""
        return sum(times for status, times in self.statuses.items() if status == AWAY or status >= 500)


class Readers(Visitors):
    """Open pages, one after the other."""

    def __init__(self, server: Installation, browsers: list[Browser], pages: list[str], pause: float = 0.0):
        super().__init__(server, browsers, pause)
        self.pages = cycle(pages)

    def visit(self, browser: Browser) -> None:
        self.asked(browser.get, next(self.pages))


class Savers(Visitors):
    """Save updates. A form that is not acknowledged is sent again until it is."""

    def __init__(self, server: Installation, office: Office, pause: float = 0.0):
        super().__init__(server, office.browsers, pause)
        self.tracked = cycle(office.tracked)
        self.acknowledged: dict[str, float] = {}  # each text, and when

    def visit(self, browser: Browser) -> None:
        text, tracked = new_text(), next(self.tracked)
        while not is_acknowledged(self.asked(browser.update, tracked, text)):
            if self.over.wait(0.1):
                return
        self.acknowledged[text] = time.monotonic()

    def outcome(self, url: str, **settings: str) -> Outcome:
        """Hold what was acknowledged against what the database has."""
        done, wrong = json.loads(run(url, KEPT, **settings).splitlines()[-1])
        there = Counter(done)
        lost = self.acknowledged.keys() - there.keys()
        return Outcome(len(self.acknowledged), len(lost), sum(times > 1 for times in there.values()), wrong)

    def struck(self, times: int, saves: int, strike: Callable[[int], float]) -> list[float]:
        """Strike so many times while so many saves are made. After how many seconds each time the next save went well,
        from the moment on that `strike` returns.
        """
        back = []
        for number in range(times):
            self.wait_for(saves * (number + 1) // (times + 1))
            back.append(self.back_after(strike(number)))
        self.wait_for(saves)
        return back

    def wait_for(self, saves: int, patience: float = 600) -> None:
        """Wait until so many saves are acknowledged in all."""
        until(lambda: len(self.acknowledged) >= saves, patience)

    def back_after(self, moment: float) -> float:
        """After how many seconds from a moment on the next save was acknowledged."""
        until(lambda: any(at > moment for at in list(self.acknowledged.values())[-len(self.threads) :]))
        return min(at for at in list(self.acknowledged.values()) if at > moment) - moment
