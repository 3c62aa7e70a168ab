"""Measure the pages, the spreadsheets, the PDFs and the compiling of papers: python -m tests.bench [OPTION ...].

`make bench` starts a PostgreSQL for it. With --sqlite it makes a database in a temporary folder instead.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as folder:
        settings(folder, sqlite=chosen.sqlite)
        import django

        django.setup()
        from tests.bench import run

        run.run(chosen)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sqlite", action="store_true", help="measure on SQLite instead of PostgreSQL")
    parser.add_argument("--requests", type=int, default=60, help="how often each page is asked for (60)")
    parser.add_argument("--profile", metavar="PAGE", help="say where the time of one page goes, and stop")
    parser.add_argument("--no-pages", action="store_true", help="leave out the pages")
    parser.add_argument("--no-sheets", action="store_true", help="leave out the spreadsheets")
    parser.add_argument("--no-pdf", action="store_true", help="leave out the PDFs")
    parser.add_argument("--no-compiling", action="store_true", help="leave out the compiling of papers")
    return parser.parse_args()


def settings(folder: str, *, sqlite: bool) -> None:
    """The demonstration's settings (no second factor), and an empty database."""
    if sqlite:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
    if "DATABASE_URL" not in os.environ:
        sys.exit("Run `make bench`, which starts a PostgreSQL for this, or add --sqlite.")
    os.environ |= {"OVERSIGHT_DEMO": "1", "DJANGO_SETTINGS_MODULE": "oversight.settings", "LOG_LEVEL": "ERROR"}
    os.environ.pop("ORIGIN", None)


if __name__ == "__main__":
    main()
