"""An office at work for a while: 64 people who save and 200 who read, with the thinking that people do in between.

It is scaled to two processors: an editor saves every 45 seconds and a reader opens a page every 30, some eight requests
a second. Five minutes stand for an hour; SOAK_MINUTES=60 is the hour itself.
"""

import os
import time
from statistics import median, quantiles

import pytest

from tests.faults.installation import Installation
from tests.faults.postgres import postgres
from tests.faults.savers import Office, Readers, Savers, scaled, set_up

EDITORS, READERS = scaled(64, 4), scaled(200, 8)
SAVE_EVERY, READ_EVERY = 45, 30  # seconds
MINUTES = float(os.environ.get("SOAK_MINUTES", "5"))
SIXTEEN_SAVE_EVERY, SIXTEEN_READ_EVERY, SIXTEEN_MINUTES = 12, 4, min(MINUTES, 3)

pytestmark = pytest.mark.soak


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_an_hour_of_editors_and_readers_has_no_5xx(engine, tmp_path, shows):
    with postgres() as own:
        url = own.url if engine == "postgresql" else f"sqlite:///{tmp_path / 'oversight.sqlite3'}"
        office, server = set_up(url, EDITORS + READERS, 200), Installation(url)
        editors, readers = office.browsers[:EDITORS], office.browsers[EDITORS:]
        record = f"/recommendations/{office.tracked[0]}/"
        pages = ["/", "/register/", "/register/?rag=red", record, "/calendar/", "/inspections/", "/published/"]
        with (
            server,
            Savers(server, Office(editors, office.tracked), SAVE_EVERY) as saving,
            Readers(server, readers, pages, READ_EVERY) as reading,
        ):
            time.sleep(MINUTES * 60)
        outcome = saving.outcome(url)
    shows(
        f"{EDITORS} editors and {READERS} readers for {MINUTES:g} minutes: {outcome.acknowledged:,} saves, "
        f"{reading.statuses.total():,} pages, {saving.failed + reading.failed} × 5xx or no answer; 19 of 20 within "
        f"{quantiles(saving.seconds, n=20)[-1]:.1f} s (saves) and {quantiles(reading.seconds, n=20)[-1]:.1f} s (pages)"
    )
    assert (outcome.lost, outcome.doubled, outcome.wrong) == (0, 0, [])
    assert (saving.statuses.keys(), reading.statuses.keys()) == ({302}, {200})


def test_sixteen_people_on_a_fresh_postgresql_lose_nothing_and_memory_stays_level(shows):
    """An office that has just been set up: 8 people save and 8 read, by gunicorn as its configuration has it."""
    with postgres() as own:
        office, server = set_up(own.url, 16, 200), Installation(own.url)
        record = f"/recommendations/{office.tracked[0]}/"
        pages = ["/", "/register/", record, "/search/?q=bells", "/calendar/"]
        with (
            server,
            Savers(server, Office(office.browsers[:8], office.tracked), SIXTEEN_SAVE_EVERY) as saving,
            Readers(server, office.browsers[8:], pages, SIXTEEN_READ_EVERY) as reading,
        ):
            time.sleep(SIXTEEN_MINUTES * 30)
            halfway = server.memory()
            time.sleep(SIXTEEN_MINUTES * 30)
            at_the_end = server.memory()
        outcome = saving.outcome(own.url)
    save_seconds, page_seconds = median(saving.seconds), median(reading.seconds)
    shows(
        f"16 people for {SIXTEEN_MINUTES:g} minutes: {outcome.acknowledged:,} saves, "
        f"{reading.statuses.total():,} pages, {saving.failed + reading.failed} × 5xx or no answer; half of the saves "
        f"within {save_seconds:.1f} s, of the pages within {page_seconds:.1f} s; memory {sum(halfway):.0f} MB halfway "
        f"and {sum(at_the_end):.0f} MB at the end"
    )
    assert (outcome.lost, outcome.doubled, outcome.wrong) == (0, 0, [])
    assert (saving.statuses.keys(), reading.statuses.keys()) == ({302}, {200})
    # They share less of it as they work, so that the smaller ones come up to the largest, and that one stays as it is.
    assert max(at_the_end) < max(halfway) * 1.15
