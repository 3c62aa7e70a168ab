"""The set-up: a Python found by trying, locks that name no registry, a reason beside each dependency."""

import json
import os
import re
import runpy
import signal
import stat
import subprocess
import sys
import time
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]


def put_program(folder, name, script):
    """Put a program on a PATH of its own."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def find_python(path, *version):
    """Run scripts/find_python.sh with one folder before the system's on the PATH."""
    env = {"PATH": f"{path}:/usr/bin:/bin", "HOME": str(path)}
    return subprocess.run([ROOT / "scripts/find_python.sh", *version], env=env, capture_output=True, text=True)


def test_a_python_that_fails_when_run_is_passed_over(tmp_path):
    """A version manager's shim is on the PATH and fails; `python3` is too old; a good one has another name."""
    put_program(tmp_path, "python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    put_program(tmp_path, "python3.14", "exit 1")
    put_program(tmp_path, "python3.12", f'exec {sys.executable} "$@"')
    put_program(tmp_path, "python3", "exit 1")
    found = find_python(tmp_path)
    assert (found.returncode, found.stdout) == (0, f"{sys.executable}\n")


def test_the_first_python_that_works_is_taken_by_its_own_path(tmp_path):
    put_program(tmp_path, "python3.13", f'exec {sys.executable} "$@"')
    assert find_python(tmp_path).stdout == f"{sys.executable}\n"


def test_another_version_than_the_one_that_is_asked_for_is_passed_over(tmp_path):
    put_program(tmp_path, "python3.13", f'exec {sys.executable} "$@"')
    assert find_python(tmp_path, "{}.{}".format(*sys.version_info)).stdout == f"{sys.executable}\n"
    missing = find_python(tmp_path, "3.99")
    assert (missing.returncode, missing.stdout) == (1, "")


@pytest.mark.parametrize("lock", LOCKS)
def test_each_locked_package_has_a_version_and_a_hash(lock):
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert packages
    assert [line for line in packages if not re.match(r"[a-z0-9.-]+==\S+\s+--hash=sha256:[0-9a-f]{64}", line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_python_locks_name_no_registry(lock):
    text = (ROOT / lock).read_text()
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", text) == []


def test_the_npm_lock_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_each_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    names = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    commented = re.findall(r'^    "([^"]+[<=>][^"]+)", +# \S', text, re.MULTILINE)
    assert commented == names


@pytest.mark.parametrize(
    "script", ["find_python.sh", "system.sh", "chromium.sh", "lock.sh", "run.sh", "audit.sh", "../.ci/run"]
)
def test_scripts_can_be_run_and_parse(script):
    path = ROOT / "scripts" / script
    assert os.access(path, os.X_OK)
    shell = "bash" if script == "../.ci/run" else "sh"
    assert subprocess.run([shell, "-n", path], capture_output=True).returncode == 0


GOES_ON = "trap 'echo stopped $0 >> log; exit 0' TERM\necho started $0 >> log\nwhile :; do sleep 0.05; done"


def run_demonstration(folder, server):
    """scripts/run.sh in a folder where its two programs are stand-ins that write down what happens to them.

    As from a terminal: tests that run in the background ignore Ctrl-C, and a shell cannot take that back.
    """
    programs = folder / ".venv/bin"
    programs.mkdir(parents=True)
    put_program(programs, "python", GOES_ON)
    put_program(programs, "gunicorn", server)
    command = ["env", "--default-signal=INT", ROOT / "scripts/run.sh", "8000"]
    return subprocess.Popen(command, cwd=folder, start_new_session=True)


def lines_of(log, number):
    """The lines of a log, once there are so many."""
    until = time.monotonic() + 20
    while not log.exists() or len(log.read_text().splitlines()) < number:
        assert time.monotonic() < until
        time.sleep(0.02)
    return sorted(log.read_text().splitlines())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demonstrations_server_and_worker_stop_together(tmp_path, how):
    running = run_demonstration(tmp_path, GOES_ON)
    names = [".venv/bin/gunicorn", ".venv/bin/python"]
    assert lines_of(tmp_path / "log", 2) == [f"started {name}" for name in names]
    running.send_signal(how)
    assert running.wait(timeout=20) == 0
    assert lines_of(tmp_path / "log", 4)[2:] == [f"stopped {name}" for name in names]


def test_where_the_demonstrations_server_cannot_start_the_worker_stops_too(tmp_path):
    running = run_demonstration(tmp_path, "sleep 0.5; exit 3")
    assert running.wait(timeout=20) == 3
    assert lines_of(tmp_path / "log", 2) == ["started .venv/bin/python", "stopped .venv/bin/python"]


# Says when it begins and ends. The first waits for the second to begin, and fails where it does not; the second fails.
LEG = """echo "$1 begins"
touch "$1"
for try in $(seq 400); do [ "$1" != first ] || [ -e second ] || sleep 0.05; done
echo "$1 ends"
[ "$1" != second ] && [ -e second ]"""


def run_legs(folder, *targets):
    """What scripts/legs.py prints of these targets, and its status."""
    scripts = folder / "scripts"
    scripts.mkdir()
    (scripts / "legs.py").write_text((ROOT / "scripts/legs.py").read_text())
    put_program(folder, "make", LEG)
    env = {"PATH": os.environ["PATH"], "MAKE": str(folder / "make")}
    ran = subprocess.run([sys.executable, scripts / "legs.py", *targets], env=env, capture_output=True, text=True)
    return ran.stdout.split("\n"), ran.returncode


def test_legs_run_beside_each_other_each_is_printed_whole_and_one_that_failed_is_named(tmp_path):
    said, status = run_legs(tmp_path, "first", "second", "third")
    first, *others = [[f"{leg} begins", f"{leg} ends", ""] for leg in ("first", "second", "third")]
    assert said == [*first, "second:", *others[0], "", "third:", *others[1], "Failed: second", ""]
    assert status == 1


def test_where_no_leg_failed_that_is_said(tmp_path):
    (tmp_path / "second").touch()
    said, status = run_legs(tmp_path, "first", "third")
    assert (said[-2], status) == ("All passed: first, third", 0)


def test_the_servers_start_loads_the_application_and_asks_no_database():
    """It is forked afterwards: a connection would be shared by all workers. (Without the mark, a query fails.)"""
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    module = import_module(settings["wsgi_app"])
    module.warm()
    assert (settings["preload_app"], callable(module.application)) == (True, True)


def test_production_needs_nothing_that_only_develops():
    """requirements.txt has what the package installs; requirements-dev.txt what is on top of it, and nothing twice."""
    locks = [(ROOT / lock).read_text() for lock in LOCKS[:2]]
    production, development = (set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE)) for lock in locks)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {re.match(r"[a-z0-9-]+", each)[0] for each in project["optional-dependencies"]["dev"]}
    extras = project["optional-dependencies"]
    shipped = {re.match(r"[a-z0-9-]+", each)[0] for name in extras.keys() - {"dev"} for each in extras[name]}
    assert (named - development, shipped - production, production & development) == (set(), set(), set())
