"""What a reader that a hostile file has taken over can still do: nothing outside its own memory."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from recommendations.exchange.readers.sandbox import ROOT
from recommendations.exchange.readers.system_calls import can_be_refused

# Each is tried after the child has closed its doors and freed a descriptor; the answer is the error's name, or "done".
TRIES = """
import errno, json, os, pathlib, resource, signal, socket, subprocess, sys, urllib.request, sqlite3
from recommendations.exchange.readers import child
doors, folder, port = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
if doors != "open":
    child._limit(); child._close_doors()
if doors == "closed":
    child.refuse_system_calls()
os.close(0)
def start(*command):
    pid = os.fork()
    if pid == 0:
        try: os.execv(command[0], command)
        finally: os._exit(126)
    if os.waitpid(pid, 0)[1]: raise OSError(errno.ENOEXEC, "it could not run")
def become(*command):
    if doors == "open": start(*command)
    else: os.execv(command[0], command)
opening = {
    "read the database": lambda: open(folder / "office.sqlite3", "rb").read(),
    "read the database by SQLite": lambda: sqlite3.connect(folder / "office.sqlite3").execute("SELECT * FROM t"),
    "read the parent's environment": lambda: open(f"/proc/{os.getppid()}/environ", "rb").read(),
    "read the program's settings": lambda: open("oversight/settings.py").read(),
    "list a folder": lambda: os.listdir("/etc"),
    "write a new file": lambda: open(folder / "new", "w"),
    "connect to a port": lambda: socket.create_connection(("127.0.0.1", port), timeout=2).close(),
    "listen on a port": lambda: socket.socket().bind(("127.0.0.1", 0)),
    "make a pipe": lambda: [os.close(each) for each in os.pipe()],
}
acting = {
    "start a program": lambda: subprocess.run(["/bin/sh", "-c", "exit 0"], check=True),
    "start a program without pipes": lambda: start("/bin/sh", "-c", "exit 0"),
    "become another program": lambda: become("/bin/sh", "-c", "exit 0"),
    "import a module": lambda: __import__("wave"),
    "delete a file": lambda: os.unlink(folder / "to delete"),
    "rename a file": lambda: os.rename(folder / "to rename", folder / "renamed"),
    "empty a file": lambda: os.truncate(folder / "to empty", 0),
    "make a folder": lambda: os.mkdir(folder / "folder"),
    "make a symbolic link": lambda: os.symlink("/etc", folder / "link"),
    "change a mode": lambda: os.chmod(folder / "to change", 0o777),
    "see a file's size": lambda: os.stat(folder / "office.sqlite3"),
    "signal the parent": lambda: os.kill(os.getppid(), 0),
    "read the parent's limits": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CORE),
    "take a limit off": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
}
answers = {}
for name, act in (opening if doors == "limited" else opening | acting).items():
    try:
        act(); answers[name] = "done"
    except BaseException as error:
        answers[name] = errno.errorcode[error.errno] if isinstance(error, OSError) else type(error).__name__
if doors != "open": answers["environment"] = dict(os.environ)
sys.stdout.write(json.dumps(answers))
"""


@pytest.fixture
def port():
    """A port on which something listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def answers(tmp_path, port):
    """What each of TRIES answers where the doors are open, where only limits hold, and where they are closed."""
    with closing(sqlite3.connect(tmp_path / "office.sqlite3")) as database:
        database.execute("CREATE TABLE t (a)")
    for name in ("to delete", "to rename", "to empty", "to change"):
        (tmp_path / name).write_text("a text")
        (tmp_path / name).chmod(0o600)

    def run(doors: str) -> dict:
        command = [sys.executable, "-E", "-s", "-c", TRIES, doors, str(tmp_path), str(port)]
        environment = {"LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
        return json.loads(done.stdout)

    return run


def test_without_doors_everything_that_is_tried_succeeds(answers):
    tries = answers("open")
    assert len(tries) == 23
    assert {name: answer for name, answer in tries.items() if answer != "done"} == {}


@pytest.mark.skipif(not can_be_refused(), reason="this machine cannot refuse system calls")
def test_a_reader_that_was_taken_over_reaches_nothing(answers, tmp_path):
    before = _files(tmp_path)
    tries = answers("closed")
    assert tries.pop("environment") == {}
    expected = dict.fromkeys(tries, "EPERM")
    # What SQLite and Python make of EPERM.
    expected |= {"read the database by SQLite": "OperationalError", "take a limit off": "ValueError"}
    assert len(tries) == 23
    assert tries == expected
    assert _files(tmp_path) == before


def test_where_system_calls_cannot_be_refused_nothing_is_opened(answers):
    tries = answers("limited")
    assert tries.pop("environment") == {}
    assert len(tries) == 9
    assert tries == dict.fromkeys(tries, "EMFILE") | {"read the database by SQLite": "OperationalError"}


def _files(folder: Path) -> dict[str, tuple]:
    return {each.name: (each.stat().st_mode, os.path.getsize(each), each.read_bytes()) for each in folder.iterdir()}
