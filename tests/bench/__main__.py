"""Measure the pages, the work, the spreadsheets and the PDFs: python -m tests.bench [OPTION ...].

`make bench` starts a PostgreSQL for it. With --sqlite it makes a database in a temporary folder instead.
"""

import argparse
import os
import secrets
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
    parser.add_argument("--tracked", type=int, default=10_000, help="how many tracked recommendations (10,000)")
    parser.add_argument("--forces", type=int, default=43, help="of how many forces (43)")
    parser.add_argument("--plans", action="store_true", help="print the plans of the five busiest statements")
    parser.add_argument("--no-pages", action="store_true", help="leave out the pages and the work")
    parser.add_argument("--no-sheets", action="store_true", help="leave out the spreadsheets")
    parser.add_argument("--no-pdf", action="store_true", help="leave out the PDFs")
    return parser.parse_args()


def settings(folder: str, *, sqlite: bool) -> None:
    """The settings of an office, and an empty database."""
    if sqlite:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
    if "DATABASE_URL" not in os.environ:
        sys.exit("Run `make bench`, which starts a PostgreSQL for this, or add --sqlite.")
    os.environ |= {"OVERSIGHT_DEMO": "0", "DJANGO_SETTINGS_MODULE": "oversight.settings", "LOG_LEVEL": "ERROR"}
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(60))
    os.environ.pop("ORIGIN", None)


if __name__ == "__main__":
    main()
