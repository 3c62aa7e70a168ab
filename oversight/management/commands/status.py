"""The state of this installation in words, from the checks of /readyz. For people, timers and monitoring."""

import json
import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from oversight.operations.readiness import Finding, Level, findings, worst
from oversight.version import version, version_and_commit


class Command(BaseCommand):
    help = (
        "Say how this installation is: database, migrations, free space, the worker that makes papers, what waits, and "
        "when each timer ran last. Ends with status 0 where all is well, 1 for a warning, 2 where something is bad. "
        "docs/operations/watch.md says what to do about each."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for scripts: each check with its level and number")

    def handle(self, *args, **options):
        found = findings(at=timezone.now())
        self.stdout.write(as_json(found) if options["json"] else as_text(found))
        if level := worst(found):
            sys.exit(int(level))


def as_text(findings: list[Finding]) -> str:
    """One line for each check, after a summary."""
    wrong = sum(each.level > Level.WELL for each in findings)
    said = f"{wrong} of {len(findings)} checks need attention" if wrong else f"all {len(findings)} checks are well"
    width = max(len(each.name) for each in findings)
    lines = (f"{each.level.name.lower():4}  {each.name:{width}}  {each.words}" for each in findings)
    return "\n".join([f"Oversight {version_and_commit()}: {said}.", *lines])


def as_json(findings: list[Finding]) -> str:
    """The checks as JSON: levels in words, `value` is the number compared with the thresholds."""
    said = {
        "version": version(),
        "status": worst(findings).name.lower(),
        "checks": [
            {"name": each.name, "level": each.level.name.lower(), "words": each.words, "value": each.value}
            for each in findings
        ],
    }
    return json.dumps(said, indent=2)
