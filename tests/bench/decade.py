"""Years of one office: python scripts/with_postgres.py --durable python -m tests.bench.decade [--years N].

200 recommendations, 6,000 saves and 4 papers a year, with their trail and histories, then what that takes: the
database, pages, a backup, a restored copy, the verifications. docs/operations/grow.md has the figures.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.bench.__main__ import settings

TRACKED, SAVES, PAPERS = 200, 6_000, 4  # a year
VERIFIED = ("verify_audit", "verify_reports", "verify_standing")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.decade", description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=10, help="how many years (10)")
    parser.add_argument("--requests", type=int, default=10, help="how often each page is asked for (10)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as folder:
        settings(folder, sqlite=False)
        import django

        django.setup()
        from tests.bench.years import fill, measure_pages

        office = fill(chosen.years, TRACKED, SAVES, PAPERS)
        print_sizes()
        backup(Path(folder) / "backup")
        for command in VERIFIED:
            spent(command, [sys.executable, "manage.py", command])
        measure_pages(office, chosen.requests)


def print_sizes() -> None:
    """The database, and the largest of its tables with their indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        print(f"\nDatabase {cursor.fetchone()[0] / 1e6:.0f} MB:")
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' ORDER BY 2 DESC LIMIT 12"
        )
        for name, size in cursor.fetchall():
            print(f"  {name:55}{size / 1e6:7.1f} MB")


def backup(file: Path) -> None:
    """A dump, and the same restored into a database beside."""
    address = os.environ["DATABASE_URL"]
    copy = f"{address}_restored"
    host, name = unquote(urlsplit(address).hostname), urlsplit(copy).path[1:]
    spent("pg_dump", ["pg_dump", "--format=custom", f"--file={file}", address])
    print(f"  the file: {file.stat().st_size / 1e6:.0f} MB")
    subprocess.run(["createdb", f"--host={host}", "--username=oversight", name], check=True)
    spent("pg_restore", ["pg_restore", f"--dbname={copy}", str(file)])
    subprocess.run(["dropdb", f"--host={host}", "--username=oversight", name], check=True)


def spent(name: str, command: list[str]) -> None:
    """Run a command, which must end well, and print what it took: of a processor, by the clock, the peak of memory."""
    start, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        while not (ended := os.wait4(child.pid, os.WNOHANG))[0]:
            peak = max(peak, _peak_of(child.pid))
            time.sleep(0.1)
        errors.seek(0)
        if ended[1]:
            raise SystemExit(f"{name} ended with {ended[1]}. {errors.read().decode()}")
    seconds, clock = ended[2].ru_utime + ended[2].ru_stime, time.perf_counter() - start
    print(f"{name}: {seconds:.1f} s of a processor, {clock:.0f} s by the clock, {peak / 1024:.0f} MB", flush=True)


def _peak_of(pid: int) -> int:
    """The most memory that a process had, in kilobytes; 0 where it has just ended."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) if found else 0


if __name__ == "__main__":
    main()
