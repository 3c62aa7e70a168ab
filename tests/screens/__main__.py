"""Count what the main screens show, for a desk and for a phone: python -m tests.screens [--write].

It prints each screen's counts beside what is aimed at, and ends with status 1 where one is worse than what was kept
(kept.tsv); --write keeps what it finds. It needs what the journeys need.
"""

import argparse
import os
import sys

import pytest

TEST = "tests/journeys/test_screens.py::test_no_screen_shows_more_than_was_kept"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help="keep what is found")
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ["SCREENS"] = "write" if options.parse_args().write else "print"
    return pytest.main(["-m", "journey", "-q", "--capture=no", TEST])


if __name__ == "__main__":
    sys.exit(main())
