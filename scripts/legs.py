"""Run targets of the Makefile beside each other: legs.py FIRST SECOND ... ($MAKE is the program that knows them).
FIRST is seen as it goes on. Beside it run the others, one after another, each into var/TARGET.log; what they said is
printed whole once FIRST is over. At the end each target that failed is named, and the status is 1.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(first, *others):
    """Run all of them, and return the status; one that failed keeps none of the others from running."""
    (ROOT / "var").mkdir(exist_ok=True)
    beside = ThreadPoolExecutor(1)
    try:
        waiting = {target: beside.submit(run_into_log, target) for target in others}
        failed = [] if run(first) else [first]
        for target, passed in waiting.items():
            failed += [] if passed.result() else [target]
            print(f"\n{target}:\n{log_of(target).read_text(errors='replace')}", flush=True)
    finally:
        beside.shutdown(cancel_futures=True)  # after Ctrl-C nothing more begins
    print(f"Failed: {', '.join(failed)}" if failed else f"All passed: {', '.join([first, *others])}")
    return bool(failed)


def run(target, **kept):
    """Run one target; return whether it passed."""
    return subprocess.run([os.environ.get("MAKE", "make"), target], cwd=ROOT, **kept).returncode == 0


def run_into_log(target):
    """Run one target, with what it says in its log; return whether it passed."""
    with log_of(target).open("w") as log:
        return run(target, stdout=log, stderr=subprocess.STDOUT)


def log_of(target):
    """The file that keeps what a target says."""
    return ROOT / f"var/{target}.log"


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
