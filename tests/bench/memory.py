"""What the server of an office takes of memory: python -m tests.bench.memory [--workers N] [--threads N] [--offices N].

Each office is a gunicorn of its own, as on one machine. Memory that several processes share is counted once, in equal
parts (PSS): what all of them take together is the sum.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.__main__ import settings

PAGES, TIMES = ("/", "/register/", "/register/?q=children", "/recommendations/1/"), 16


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.memory", description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2, help="workers of each office (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each worker (4)")
    parser.add_argument("--offices", type=int, default=1, help="how many offices at once (1)")
    parser.add_argument("--freeze", action="store_true", help="call gc.freeze() before the workers are forked")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as folder, ExitStack() as running:
        settings(folder, sqlite=True)
        import django

        django.setup()
        people = _office()
        servers = [running.enter_context(_Office(chosen, Path(folder))) for _ in range(chosen.offices)]
        for server in servers:
            _use(server, people)
        for server in servers:
            print(f"main process {pss(server.pid):.0f} MB, workers", *(f"{pss(pid):.0f}" for pid in server.workers()))
        total = sum(pss(pid) for server in servers for pid in (server.pid, *server.workers()))
        print(f"{total:.0f} MB in all, {total / len(servers):.0f} MB an office")


def _office() -> list:
    """A small office in the database; who uses it."""
    import datetime

    from django.core.management import call_command

    from tests.bench.data import Size, load

    call_command("migrate", verbosity=0, skip_checks=True)
    office = load(Size(forces=1, tracked=200, dated=2_000), datetime.date.today())  # noqa: DTZ011  # any day
    return office.editors


def _use(server, people: list) -> None:
    from tests.bench.server import Browser

    for person in people[:4]:
        browser = Browser(server, person)
        for place in range(TIMES):
            browser.ask(PAGES[place % len(PAGES)])


class _Office:
    """The gunicorn of one office."""

    def __init__(self, chosen: argparse.Namespace, folder: Path) -> None:
        self.chosen, self.config = chosen, folder / "frozen.conf.py"
        self.config.write_text(
            f"exec(open({str(Path('gunicorn.conf.py').resolve())!r}).read())\n"
            "def when_ready(server):\n    import gc; gc.collect(); gc.freeze()\n"
        )

    def __enter__(self):
        from tests.bench.server import Server, _free_port, _wait_for

        port = _free_port()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        command += ["--workers", str(self.chosen.workers), "--threads", str(self.chosen.threads)]
        command += ["--config", str(self.config)] if self.chosen.freeze else []
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.served"}
        self.process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
        _wait_for(port)
        return Server(port, self.process.pid)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def pss(pid: int) -> float:
    """The memory of a process in megabytes, what it shares counted in equal parts."""
    return int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1]) / 1024


if __name__ == "__main__":
    main()
