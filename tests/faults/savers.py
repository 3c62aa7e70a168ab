"""Editors that save at once over HTTP, each form again until it is acknowledged, and what became of each save."""

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from django.core.management import call_command

from recommendations.domain.audit.verification import verify
from recommendations.domain.people import records
from recommendations.enums import Role
from recommendations.models import Force, ForceUpdate
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.faults.installation import Browser, Installation, is_acknowledged, new_text, sign_in, until
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


def set_up(url: str, people: int, tracked: int = 50) -> Office:
    """Migrate a database, with a force, so many records and so many officers who are signed in."""
    browsers, pks = json.loads(run(url, BUILD.format(people=people, tracked=tracked)).splitlines()[-1])
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


class Savers:
    """As many threads as there are browsers, from `with` to its end."""

    def __init__(self, server: Installation, office: Office, pause: float = 0.0):
        self.server, self.office, self.pause = server, office, pause
        self.acknowledged: dict[str, float] = {}  # each text, and when
        self.statuses: Counter[int] = Counter()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._edit, args=(place,)) for place in range(len(office.browsers))]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _edit(self, place: int) -> None:
        browser, records = self.office.browsers[place], self.office.tracked
        while not self.over.is_set():
            text, tracked = new_text(), records[len(self.acknowledged) % len(records)]
            while not self._is_saved(browser, tracked, text) and not self.over.wait(0.1):
                pass
            self.over.wait(self.pause)

    def _is_saved(self, browser: Browser, tracked: int, text: str) -> bool:
        answer = browser.update(self.server, tracked, text)
        self.statuses[answer.status] += 1
        if saved := is_acknowledged(answer):
            self.acknowledged[text] = time.monotonic()
        return saved

    def outcome(self, url: str) -> Outcome:
        """Hold what was acknowledged against what the database has."""
        done, wrong = json.loads(run(url, KEPT).splitlines()[-1])
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
