"""Install a new list of breached passwords, which new passwords are checked against."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from recommendations.domain.people.passwords import Unsorted, list_path, prefixes_in, write_list


class Command(BaseCommand):
    help = (
        "Replace the list of breached passwords. FILE has a password on each line, or its SHA-1 with or without a "
        "count, as Have I Been Pwned's download ordered by hash has it."
    )

    requires_system_checks = []  # the list may be missing so far

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", type=Path, help="where the list is written (default: where it is read from)")

    def handle(self, *, file, to=None, **options):
        target = to or list_path()
        try:
            count = self._write(file, target)
        except (OSError, ValueError) as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(f"{count:,} breached passwords are in {target}.")

    def _write(self, file: Path, target: Path) -> int:
        """Stream the lines if they are sorted, or else sort them in memory."""
        with file.open(encoding="utf-8", errors="replace") as lines:
            try:
                return write_list(prefixes_in(lines), target)
            except Unsorted:
                lines.seek(0)
                return write_list(sorted(prefixes_in(lines)), target)
