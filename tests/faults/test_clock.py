"""The clock of the machine: over both changes of the clocks and a midnight in summer, set back, and set right again.

The server's clock is libfaketime's (Debian: faketime), which reads how far it is off from a file, so that it moves
under a server that runs. What passes (timeouts, waiting) passes as ever, as when an administrator sets a clock.
"""

import datetime
import json
import time
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.faults.installation import Installation
from tests.faults.savers import Readers, Savers, set_up
from tests.releases.keep import run

LONDON = ZoneInfo("Europe/London")
BEFORE, WRONG = 4, 3600  # seconds before the moment, and by which the clock is then set back
MORE = 15  # saves, at least, between one move of the clock and the next
DAYS = """
import json; from django.core.management import call_command; from recommendations.models import ForceUpdate
call_command("verify_standing")
rows = ForceUpdate.objects.order_by("pk").values_list("effective_on", "recorded_at")
print(json.dumps([[day.isoformat(), at.timestamp()] for day, at in rows]))
"""

pytestmark = pytest.mark.soak


class Clock:
    """The clock of every process that is started with its `settings`."""

    def __init__(self, folder: Path):
        (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        self.file = folder / "clock"
        self.settings = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",  # gunicorn writes into the times of files how long its workers have been silent
        }

    def set(self, moment: datetime.datetime) -> None:
        self.move_to(moment.timestamp() - time.time())

    def move_to(self, off: float) -> None:
        self.off, new = off, self.file.with_suffix(".new")
        new.write_text(f"{off:+.3f}")
        new.replace(self.file)  # no process reads half of it


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime.datetime(2026, 10, 25, 1, tzinfo=datetime.UTC), id="the clocks go back"),
        pytest.param(datetime.datetime(2027, 3, 28, 1, tzinfo=datetime.UTC), id="the clocks go forward"),
        pytest.param(datetime.datetime(2027, 6, 30, 23, tzinfo=datetime.UTC), id="midnight in summer"),
    ],
)
def test_saves_over_a_moment_and_with_the_clock_set_back_are_on_their_days(moment, tmp_path, shows):
    clock, url = Clock(tmp_path), f"sqlite:///{tmp_path / 'oversight.sqlite3'}"
    clock.set(moment - datetime.timedelta(minutes=5))
    office = set_up(url, 3, 5, **clock.settings)
    server = Installation(url, clock.settings, log=tmp_path / "log")
    pages = ["/", "/register/", f"/recommendations/{office.tracked[0]}/", "/calendar/", "/published/"]
    reading = Readers(server, office.browsers[:1], pages, 0.2)
    with server, Savers(server, office) as savers, reading as readers:
        savers.wait_for(MORE)
        clock.set(moment - datetime.timedelta(seconds=BEFORE))
        time.sleep(BEFORE)
        savers.wait_for(len(savers.acknowledged) + MORE)
        clock.move_to(clock.off - WRONG)
        savers.wait_for(len(savers.acknowledged) + MORE)
        clock.move_to(clock.off + WRONG)
        savers.wait_for(len(savers.acknowledged) + MORE)
    outcome = savers.outcome(url, **clock.settings)
    rows = json.loads(run(url, DAYS).splitlines()[-1])
    saved = [(day, datetime.datetime.fromtimestamp(at, LONDON)) for day, at in rows]
    back = sum(later < earlier for (_, earlier), (_, later) in pairwise(saved))
    shows(
        f"{len(saved)} saves from {saved[0][1]:%d %b %H:%M:%S %Z} to {saved[-1][1]:%H:%M:%S %Z}, the clock set back "
        f"an hour in that time: {outcome.lost} lost, {outcome.doubled} doubled, {len(outcome.wrong)} wrong in the "
        f"trail, {savers.failed + readers.failed} answers failed"
    )
    assert (outcome.lost, outcome.doubled, outcome.wrong) == (0, 0, [])
    assert (savers.statuses.keys(), readers.statuses.keys()) == ({302}, {200})
    assert [day for day, _ in saved] == [at.date().isoformat() for _, at in saved]
    assert saved[0][1] < moment < saved[-1][1]
    assert back >= 1, "the clock was set back"
