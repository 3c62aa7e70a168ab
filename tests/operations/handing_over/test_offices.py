"""Whole offices, by the commands as an operator runs them: another engine, a large one, a process that is killed."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.handing_over.verification import check_received
from tests.database import OFFICE_KEY, ROOT, files_of, new_database, sqlite_demonstration, sqlite_office
from tests.makers.handing_over import make_successor, take_bag

MOST_SECONDS, MOST_MEGABYTES, KILLS = 600, 500, 20


class Office:
    """An office with a database of its own: a copy of a file of SQLite, or an empty one of the engine of this run."""

    def __init__(self, folder, copied=None) -> None:
        folder.mkdir()
        self.folder, file = folder, folder / "office.sqlite3"
        self.megabytes = 0.0  # of the largest command that was run
        if copied:
            self.database = f"sqlite:///{shutil.copy(copied, file)}"
            shutil.copytree(files_of(copied), folder / "files")
        else:
            self.database = new_database(file)

    @property
    def environment(self) -> dict[str, str]:
        settings = {"DATABASE_URL": self.database, "FILES_TO": str(self.folder / "files")}
        settings |= {"VAR_DIR": str(self.folder / "var"), "SECRET_KEY": OFFICE_KEY, "LOG_LEVEL": "ERROR"}
        return os.environ | settings | {"DJANGO_SETTINGS_MODULE": "oversight.settings", "ORIGIN": "http://127.0.0.1"}

    def start(self, *command: object) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, command)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *command: object) -> str:
        process = self.start(*command)
        with process.stdout:
            said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, said
        self.megabytes = max(self.megabytes, used.ru_maxrss / 1024)
        return said

    def build(self, *sizes: int) -> None:
        command = [sys.executable, "-m", "tests.operations.handing_over.large", *map(str, sizes)]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def hand_over(self, slug: str, to) -> str:
        """The fingerprint that the command told."""
        said = self.run("hand_over", "--force", slug, "--office", "Mayor", "--on", "1/12/2026", "--to", to)
        lines = said.splitlines()
        return next(line for line in lines if len(line) == 64 and line.isalnum())


@pytest.mark.django_db
@pytest.mark.postgresql_alone
def test_a_register_goes_from_sqlite_to_the_engine_of_this_run(tmp_path):
    """From one engine to the other. On SQLite alone the commands’ tests say the same of a small office."""
    office = Office(tmp_path / "origin", sqlite_demonstration())
    fingerprint = office.hand_over("westmarch", tmp_path / "westmarch.tar")
    make_successor()
    done = take_bag(tmp_path / "westmarch.tar", tmp_path, fingerprint=fingerprint)
    assert done.added["recommendations.trackedrecommendation"] > 50
    assert [check.problems for check in done.papers] == [[]] * 4
    assert ([problems for _, problems, _ in check_received()], verification.verify()) == ([[]], [])


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.on_postgresql
def test_one_of_three_forces_of_a_large_office_into_another(tmp_path):
    """Of 6,000 recommendations 2,000 with 10,000 updates and 1 GB of files go to an office of 1,000."""
    origin, successor = Office(tmp_path / "origin"), Office(tmp_path / "successor")
    origin.build(3, 6_000, 1_000)
    successor.build(1, 1_000, 0, 7)
    took = {}
    bag, started = tmp_path / "shire0.tar", time.monotonic()
    fingerprint = origin.hand_over("shire0", bag)
    took["handed over"] = time.monotonic() - started
    started = time.monotonic()
    successor.run("take_over", bag, "--confirm", "--fingerprint", fingerprint)
    took["taken over"] = time.monotonic() - started
    megabytes = max(origin.megabytes, successor.megabytes)
    print(f"\n{took}, {bag.stat().st_size / 1_000_000:,.0f} MB; the largest process had {megabytes:,.0f} MB")
    assert max(took.values()) < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES
    assert "All is well" in successor.run("verify_audit")


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.on_postgresql
def test_a_killed_process_leaves_nothing_half_done(tmp_path):
    """Killed at moments of all its time, each command can be run again, and only then has it done anything.

    On PostgreSQL `hand_over` is asked of SQLite and `take_over` of PostgreSQL.
    """
    template = sqlite_office()
    dice = random.Random(2026)
    whole = Office(tmp_path / "whole", template)
    started = time.monotonic()
    whole.hand_over("westmarch", tmp_path / "whole.tar")
    lasts = time.monotonic() - started
    for number in range(KILLS // 2):
        office = Office(tmp_path / f"origin{number}", template)
        bag = tmp_path / f"{number}.tar"
        _kill(office.start("hand_over", "--force", "westmarch", "--office", "M", "--to", bag), lasts * dice.random())
        fingerprint = office.hand_over("westmarch", bag) if not bag.exists() else ""
        assert bag.exists()
        assert "All is well" in office.run("verify_audit")
        shutil.rmtree(office.folder)
        successor = Office(tmp_path / f"successor{number}")
        if fingerprint:
            command = ("take_over", bag, "--confirm", "--fingerprint", fingerprint)
            _kill(successor.start(*command), lasts * dice.random())
            again = successor.start(*command)
            said, _ = again.communicate()
            assert again.returncode == 0 or "This register was taken over already" in said
            assert "All is well" in successor.run("verify_audit")
        shutil.rmtree(successor.folder)


def _kill(process: subprocess.Popen, after: float) -> None:
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
