"""Take over a force's register that another office handed over."""

import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight.operations.handing_over.taking import choices_in, take
from recommendations.domain.handing_over.giving_back import give_back
from recommendations.management.arguments import find_or_fail, refusals_as_command_errors
from recommendations.models import ReceivedRegister

MOST_SHOWN = 30
PREVIEW = """
Nothing is changed. To take it over, ask {origin} for the fingerprint, and run this again with
--confirm --fingerprint …"""
TAKEN = """
Taken over, as number {number}. Its papers give their figures again, and its trail is whole.
- Add who oversees {force} from {on}, and the people who work on it: “Administration”, “Who oversees whom” and “People”.
- Run verify_audit, and make a backup.
- Until something is recorded on it, it can be undone: take_over --undo {number} --why …"""


class Command(BaseCommand):
    help = (
        "Take over a force's register from a file that another office made with hand_over. Without --confirm it shows "
        "what would be added, matched and mapped, and changes nothing. All of it is taken over or nothing, "
        "and it can be undone until something is recorded on it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="the file that was handed over")
        parser.add_argument("--map", type=Path, metavar="FILE", help="whose account is whose, labels and names (JSON)")
        parser.add_argument("--confirm", action="store_true", help="take it over")
        parser.add_argument(
            "--dry-run", action="store_true", help="only show what would be; so it is without --confirm"
        )
        parser.add_argument("--fingerprint", default="", metavar="SHA256", help="as the other office told it")
        parser.add_argument("--undo", type=int, metavar="NUMBER", help="undo a take-over")
        parser.add_argument("--why", default="", help="why it is undone")

    def handle(self, *, file, map, confirm, dry_run, fingerprint, undo, why, **options):
        at = timezone.now()
        with refusals_as_command_errors():
            if undo is not None:
                register = find_or_fail(ReceivedRegister, f"Nothing was taken over as number {undo}.", pk=undo)
                give_back(register=register, reason=why, by=None, at=at)
                self.stdout.write(f"Undone. What was taken over as number {undo} is here no more.")
                return
            if file is None or (confirm and dry_run):
                raise CommandError("Give FILE, and either --dry-run or --confirm.")
            if not file.is_file():
                raise CommandError(f"{file} is no file.")
            self.take(file, choices_in(map), fingerprint, at, keep=confirm)

    def take(self, file, choices, fingerprint, at, *, keep):
        settings.VAR_DIR.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="take-over-", dir=settings.VAR_DIR) as work:
            unpacked, done = take(file, Path(work), choices=choices, fingerprint=fingerprint, at=at, keep=keep)
        statement = unpacked.statement
        self.stdout.write(f"{statement.force_name} from {statement.origin}, handed over on {statement.on}.")
        self.stdout.write(f"Entries of its trail: {statement.head_count:,}. Head: {statement.head_hash}")
        for label in done.added | done.matched:
            name = apps.get_model(label)._meta.verbose_name_plural
            self.stdout.write(f"  {name}: {done.added[label]:,} added, {done.matched[label]:,} here already")
        self.few("Recommendations that both offices have:", done.both_have)
        self.few("Labels with other words here:", done.labels)
        self.few("People without an account here, who get their name and no way to sign in:", done.people)
        late = [f"{check.title}: {check.problems[0]}" for check in done.papers if check.problems]
        self.few("Papers that count records of other forces, and are not recomputed here:", late)
        self.stdout.write(f"Filed papers that give their figures again: {len(done.papers) - len(late)}.")
        if done.register is None:
            self.stdout.write(PREVIEW.format(origin=statement.origin))
            return
        self.stdout.write(TAKEN.format(number=done.register.pk, force=statement.force_name, on=statement.on))

    def few(self, title, lines):
        if lines:
            rest = [f"And {len(lines) - MOST_SHOWN:,} more."] if len(lines) > MOST_SHOWN else []
            self.stdout.write("\n".join([title, *(f"  {line}" for line in [*lines[:MOST_SHOWN], *rest])]))
