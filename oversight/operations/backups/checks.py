"""Checks of a restored database, run in a process with only that database: python -m …checks HEAD COUNT.

It migrates a database of an earlier version, then verifies trail, records, papers and standing. Each line of output
is JSON: the check, whether it passed, and its output.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from oversight.operations.backups import BackupFailed
from oversight.operations.backups.manifest import Facts
from recommendations.domain.attachments import storage


@dataclass(frozen=True)
class Check:
    """One check of a restored database, and its result."""

    asked: str
    is_well: bool
    said: str


def checks_of(url: str, facts: Facts, files: Path | None = None) -> list[Check]:
    """Migrate the database at `url` to this version and run all checks. Its trail must be as in `facts`.

    `files` is the folder of its attached files, or None to use the installation's own, such as a bucket.
    """
    if files is None and storage.is_folder():
        files = storage.folder()
    command = [sys.executable, "-m", "oversight.operations.backups.checks", facts.head, str(facts.entries)]
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "oversight.settings"}
    environment |= {"OWNER_DATABASE_URL": "", "LOG_LEVEL": "ERROR"} | ({"FILES_TO": str(files)} if files else {})
    with tempfile.TemporaryDirectory() as notes:  # what is found here is not noted or mailed as of the office
        environment |= {"VAR_DIR": notes, "ERROR_MAIL": "", "SENTRY_DSN": ""}
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    found = [Check(*json.loads(line)) for line in done.stdout.splitlines() if line.startswith("[")]
    if done.returncode:
        raise BackupFailed(f"The restored database could not be asked: {done.stderr.strip()[-2000:]}")
    return found


def main(head: str, count: str) -> None:
    """Check the database of DATABASE_URL, printing each result as it comes."""
    import django

    django.setup()
    from django.core.management import call_command

    outside = {"head": head, "count": int(count)} if head else {}
    asked: dict[str, Callable[[io.StringIO], object]] = {
        "migrate": lambda out: call_command("migrate", verbosity=0, stdout=out),
        "verify_audit": lambda out: call_command("verify_audit", stdout=out, stderr=io.StringIO(), **outside),
        "verify_reports": lambda out: call_command("verify_reports", stdout=out, stderr=io.StringIO()),
        "verify_standing": lambda out: call_command("verify_standing", stdout=out, stderr=io.StringIO()),
    }
    for each in _answers(asked):
        print(json.dumps(each), flush=True)


def _answers(checks: dict[str, Callable[[io.StringIO], object]]) -> Iterator[tuple[str, bool, str]]:
    """Yield the result of each check; stops if the database can't be migrated."""
    from django.core.management import CommandError

    for name, ask in checks.items():
        said = io.StringIO()
        try:
            ask(said)
        except CommandError as wrong:
            yield name, False, f"{said.getvalue()}{wrong}".strip()
            if name == "migrate":
                return
        else:
            yield name, True, said.getvalue().strip()


if __name__ == "__main__":
    main(*sys.argv[1:])
