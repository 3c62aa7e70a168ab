"""Prepare the drafts of papers that are due, for cron or a timer. Safe to run repeatedly or concurrently."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.papers.due import due_reports, make_due
from recommendations.last_runs import note_run
from recommendations.management.arguments import any_day, past_day
from recommendations.periods import Period

NOTHING = "Nothing is due: no force has a period that is over and has no paper."


class Command(BaseCommand):
    help = (
        "Prepare the draft of each force's next scrutiny report once its period is over: the quarter after its last "
        "paper, or the newest quarter where it has none. A draft waits on the officers' first page; nothing is "
        "finalised. A second run makes nothing more."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="as if it were this day (default: today in London)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")

    def handle(self, *args, on, dry_run, **options):
        today = timezone.localdate()
        if dry_run:
            lines = [f"Would be made: {due.words}" for due in due_reports(any_day(on, "--on") if on else today)]
        else:
            lines = [
                self.line(paper) for paper in make_due(past_day(on, "--on", today) if on else today, timezone.now())
            ]
            note_run("build_due_reports", at=timezone.now())
        self.stdout.write("\n".join(lines or [NOTHING]))

    def line(self, paper) -> str:
        """Describe the draft, with its address."""
        committee = f"for the {paper.panel}" if paper.panel else "for no committee yet"
        period = Period(paper.start, paper.end).label
        return f"Draft made: {paper.about}, {period}, {committee}: {settings.ORIGIN}{paper.get_absolute_url()}"
