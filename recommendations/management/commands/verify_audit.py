"""Walk the chained trail, and say what was tampered with."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.audit.verification import judge
from recommendations.domain.people import verification as people
from recommendations.domain.register import verification as register
from recommendations.domain.responses import published_text
from recommendations.last_runs import ran

BESIDE = (people, register, published_text)  # what they check is checked wherever they are imported

MOST_SHOWN = 100


class Command(BaseCommand):
    help = (
        "Walk the chained trail and hold every record and its history against it. Ends with an error where something "
        "was edited, deleted, inserted or swapped. Give the head that was kept outside (as printed on a board's "
        "paper), and a trail that was cut short or written again is found too."
    )

    def add_arguments(self, parser):
        parser.add_argument("--head", default="", metavar="HASH", help="a head of the trail that was kept outside")
        parser.add_argument("--count", type=int, metavar="N", help="how many entries the trail had then")

    def handle(self, *args, head, count, **options):
        if count is not None and not head:
            raise CommandError("--count says where to look for a head: give --head too.")
        verdict = judge(head, count)
        if verdict.problems:
            rest = len(verdict.problems) - MOST_SHOWN
            lines = verdict.problems[:MOST_SHOWN] + ([f"And {rest} more."] if rest > 0 else [])
            raise CommandError("\n".join(["The trail and the records do not agree.", *lines]))
        ran("verify_audit", at=timezone.now(), detail=f"{verdict.count} entries")
        passed = ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in verdict.passed.items())
        self.stdout.write(f"All is well: {verdict.count} entries. Head of the trail:\n{verdict.head or 'none yet'}")
        if passed:
            self.stdout.write(f"Passed, because sealed entries say what was removed: {passed}.")
