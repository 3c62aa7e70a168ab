"""PostgreSQL and the application killed while people save: what was acknowledged is there, once,
and both are soon back: PostgreSQL from when it answers again, the application from the kill.

A kill takes what a process has in memory, and not what the system has written for it: this is no loss of power. What
PostgreSQL has not handed to the system is lost, which is how a server that acknowledges too soon is found out.
"""

import time
from statistics import median

import pytest

from tests.faults.installation import Installation
from tests.faults.postgres import FORGETFUL, postgres
from tests.faults.savers import Savers, scaled, set_up

BACK_WITHIN = 10  # seconds
EDITORS = 6

pytestmark = pytest.mark.soak


def said(what: str, times: int, savers: Savers, outcome, back: list[float]) -> str:
    return (
        f"{times} {what}, {outcome.acknowledged:,} acknowledged saves: {outcome.lost} lost, {outcome.doubled} doubled, "
        f"back after {median(back):.1f} s, at most {max(back):.1f} s; {savers.statuses[500]} answers of 500"
    )


def test_crash_recoveries_of_postgresql_lose_no_acknowledged_save(shows):
    times, saves, down = scaled(30, 2), scaled(10_000, 200), []
    with postgres() as server:
        office, gunicorn = set_up(server.url, EDITORS), Installation(server.url)

        def strike(_) -> float:
            server.crash()
            down.append(server.start())
            return time.monotonic()

        with gunicorn, Savers(gunicorn, office) as savers:
            back = savers.struck(times, saves, strike)
        outcome = savers.outcome(server.url)
    recovered = f"; PostgreSQL answered after {median(down):.1f} s, at most {max(down):.1f} s"
    shows(said("crash recoveries", times, savers, outcome, back) + recovered)
    assert (outcome.lost, outcome.doubled, outcome.wrong) == (0, 0, [])
    assert (max(back) < BACK_WITHIN, savers.statuses[500]) == (True, 0)


def test_a_server_that_acknowledges_before_it_writes_is_found_out(shows):
    """The check has teeth: with synchronous_commit=off acknowledged saves are lost."""
    with postgres(*FORGETFUL) as server:
        office, gunicorn = set_up(server.url, EDITORS), Installation(server.url)
        server.hold_writer_of_the_log()
        with gunicorn, Savers(gunicorn, office) as savers:
            savers.wait_for(scaled(200, 50))
            server.crash()
        server.start()
        outcome = savers.outcome(server.url)
    shows(f"with synchronous_commit=off a crash lost {outcome.lost} of {outcome.acknowledged} acknowledged saves")
    assert outcome.lost > 0


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_kills_of_the_application_lose_no_acknowledged_save(engine, tmp_path, shows):
    """Turn and turn about one worker, which the master replaces, and all of them with the master."""
    times, saves = scaled(10, 2), scaled(5_000, 100)
    with postgres() as server:
        url = server.url if engine == "postgresql" else f"sqlite:///{tmp_path / 'oversight.sqlite3'}"
        office, gunicorn = set_up(url, EDITORS), Installation(url)

        def strike(number) -> float:
            killed = time.monotonic()
            if number % 2:
                gunicorn.kill_worker()
            else:
                gunicorn.kill()
                gunicorn.start()
            return killed

        with gunicorn, Savers(gunicorn, office) as savers:
            back = savers.struck(times, saves, strike)
        outcome = savers.outcome(url)
    shows(said("kills of the application", times, savers, outcome, back))
    assert (outcome.lost, outcome.doubled, outcome.wrong) == (0, 0, [])
    assert (max(back) < BACK_WITHIN, savers.statuses[500]) == (True, 0)
