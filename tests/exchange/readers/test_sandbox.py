"""What a reader that a hostile file has taken over can still do: nothing outside its own memory."""

import json
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from recommendations.exchange.readers.sandbox import ROOT

# Each is tried after the child has closed its doors; what it says is the name of the error, or "did it".
TRIES = """
import json, os, socket, subprocess, sys, resource, ctypes
from recommendations.exchange.readers import child
import shutil, multiprocessing, urllib.request, sqlite3
child._limit(); child._close_doors()
def run(*command):
    pid = os.fork()
    if pid == 0:
        try: os.execv(command[0], command)
        finally: os._exit(126)
    if os.waitpid(pid, 0)[1]: raise OSError("it could not run")
tries = {
    "the database": lambda: open(sys.argv[1]).read(),
    "the database by SQLite": lambda: sqlite3.connect(sys.argv[1]).execute("SELECT * FROM t").fetchall(),
    "the parent's environment": lambda: open(f"/proc/{os.getppid()}/environ", "rb").read(),
    "its own settings": lambda: open("oversight/settings.py").read(),
    "a folder": lambda: os.listdir("/etc"),
    "a new file": lambda: open(sys.argv[1] + ".new", "w"),
    "a port": lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=2),
    "a port of its own": lambda: socket.socket().bind(("127.0.0.1", 0)),
    "a pipe": os.pipe,
    "a process": lambda: subprocess.run(["/bin/sh", "-c", "exit 0"], check=True),
    "a process without pipes": lambda: run("/bin/sh", "-c", "exit 0"),
    "more descriptors": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
    "a module": lambda: __import__("wave"),
}
said = {}
for name, act in tries.items():
    try:
        act(); said[name] = "did it"
    except BaseException as error:
        said[name] = "refused"
said["the environment"] = dict(os.environ)
sys.stdout.write(json.dumps(said))
"""


@pytest.fixture
def live_port():
    """A port on which somebody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_reader_that_was_taken_over_opens_nothing(tmp_path, live_port):
    secret = tmp_path / "office.sqlite3"
    with closing(sqlite3.connect(secret)) as database:
        database.execute("CREATE TABLE t (a)")
    command = [sys.executable, "-E", "-s", "-c", TRIES, str(secret), str(live_port)]
    done = subprocess.run(command, cwd=ROOT, env={"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, timeout=60)
    said = json.loads(done.stdout)
    assert said.pop("the environment") == {}
    assert len(said) == 13
    assert {name for name, what in said.items() if what != "refused"} == set()
    assert {each.name for each in Path(tmp_path).iterdir()} == {"office.sqlite3"}
