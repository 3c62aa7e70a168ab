"""Hand over one force's register to another office, as a file."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight.operations.handing_over.making import Order, finish, hand_over
from recommendations.domain.handing_over.marking import take_back
from recommendations.management.arguments import force_of, past_day, refusals_as_command_errors
from recommendations.periods import london_day

MADE = """\
{file}: {size:,.1f} MB, {records:,} records, {entries:,} entries of the trail, {files:,} files.
The register of {force} is marked as handed over to {to}. It can be read here, and nothing is added to it.
Tell the other office this fingerprint by another way than the file, such as by telephone:
{fingerprint}"""


class Command(BaseCommand):
    help = (
        "Hand over one force's register to another office: recommendations, their histories, its part of the trail, "
        "files and papers as one file, which that office takes over with take_over. The register is then marked "
        "as handed over: it can be read here, and nothing is added. Stop the server first."
    )

    def add_arguments(self, parser):
        parser.add_argument("--force", required=True, metavar="SLUG", help="the force whose register goes")
        parser.add_argument("--on", metavar="DAY", help="the day of handing over; today where it is not given")
        parser.add_argument("--office", metavar="NAME", help="the office that takes over, by name")
        parser.add_argument("--to", type=Path, metavar="FILE", help="the file to make, such as westmarch.tar")
        parser.add_argument(
            "--take-back", default="", metavar="WHY", help="undo the mark: the other office did not take it over"
        )

    def handle(self, *, force, on, office, to, take_back, **options):
        force, at = force_of(force), timezone.now()
        with refusals_as_command_errors():
            if take_back:
                self.take_back(force, take_back, at)
                return
            if not to or not office:
                raise CommandError("Give --to FILE and --office NAME.")
            day = past_day(on, "--on", london_day(at)) if on else london_day(at)
            self.hand_over(Order(force, day, office, to), at)

    def take_back(self, force, why, at):
        take_back(force=force, reason=why, by=None, at=at)
        self.stdout.write(f"The register of {force} takes new rows again.")

    def hand_over(self, order, at):
        settings.VAR_DIR.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="hand-over-", dir=settings.VAR_DIR) as work:
            if fingerprint := finish(order, Path(work)):
                self.stdout.write(f"{order.to} was made before, and has its name now. Its fingerprint:\n{fingerprint}")
                return
            made = hand_over(order, Path(work), at=at, say=self.stderr.write)
        self.stdout.write(
            MADE.format(
                file=order.to,
                size=order.to.stat().st_size / 1_000_000,
                records=made.records,
                entries=made.entries,
                files=made.files,
                force=order.force,
                to=order.office,
                fingerprint=made.fingerprint,
            )
        )
        for line in made.stays:
            self.stdout.write(line)
