"""For a timer: delete what is no longer needed and is no record."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from oversight.operations.tidying import tidy_everything
from recommendations.domain.retention.tidying import Tidied, end_what_was_open
from recommendations.last_runs import note_run


class Command(BaseCommand):
    help = (
        "Remove sessions that ran out, keys of forms that were sent, uploads that no one finished, PDFs of drafts, "
        "and what stopped processes left on the disk. No record goes, and nothing that anyone typed. "
        "The application's role may do it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--drafts-days", type=int, default=7, metavar="N", help="how long uploads stay (7)")
        parser.add_argument("--dry-run", action="store_true", help="say how many there are, and remove nothing")
        parser.add_argument(
            "--after-restore", action="store_true", help="end every session, as `restore` does, and nothing else"
        )

    def handle(self, *, drafts_days, dry_run, after_restore, **options):
        at = timezone.now()
        if drafts_days < 1:
            raise CommandError("Let --drafts-days be 1 or more: someone may be bringing a file in.")
        if after_restore:
            self.stdout.write(self.words("Ended", end_what_was_open()))
            return
        done = tidy_everything(at=at, drafts_days=drafts_days, dry_run=dry_run)
        self.stdout.write(self.words("Would be removed" if dry_run else "Removed", done))
        if not dry_run:
            note_run("tidy", at=at, detail=self.words("Removed", done))

    def words(self, what: str, done: list[Tidied]) -> str:
        return f"{what}: {', '.join(str(each) for each in done if each.number) or 'nothing'}."
