"""A database that several threads use at once, as workers do: one transaction hides what happens between two."""

import sqlite3
import threading

import pytest
from django.db import connection, connections

from tests.faults.mail_server import MailServer


@pytest.fixture
def server():
    """A mail server that does what a test asks."""
    with MailServer() as server:
        yield server


@pytest.fixture
def shows(record_property):
    """What a test showed, in one line: `make soak` prints it at its end (tests/soak_report.py)."""
    return lambda line: record_property("shown", line)


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """The test's database, committed to for real.

    SQLite's is in memory, where threads get in each other's way as they never do in a file: it is copied into one.
    """
    if connection.vendor != "sqlite":
        yield
        return
    memory, settings = connections["default"], connections.settings["default"]
    memory.ensure_connection()
    file = tmp_path / "shared.sqlite3"
    with sqlite3.connect(file) as copy:
        memory.connection.backup(copy)
    copy.close()
    connections.settings["default"] = settings | {"NAME": str(file)}
    del connections["default"]
    yield
    connections["default"].close()
    connections.settings["default"], connections["default"] = settings, memory


@pytest.fixture
def at_once(shared_database):
    """Run a function in so many threads, let go at one moment; return what each returned, or raise what one raised."""

    def run(times: int, act):
        barrier, results, raised = threading.Barrier(times), [], []

        def work(place: int):
            try:
                barrier.wait(timeout=60)
                results.append(act(place))
            except Exception as error:
                raised.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(place,)) for place in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if raised:
            raise raised[0]
        return results

    return run
