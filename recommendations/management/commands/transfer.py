"""Transfer one recommendation to another force's register from a given day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.register import transfers
from recommendations.management.arguments import any_day, find_or_fail, force_of, refusals_as_command_errors, someone
from recommendations.models import TrackedRecommendation
from recommendations.periods import say


class Command(BaseCommand):
    help = (
        "Move one recommendation to another force's register from a day on, with its history, for example where "
        "succeed_force moved it wrongly. Transfer it back in the same way."
    )

    def add_arguments(self, parser):
        parser.add_argument("reference", metavar="REFERENCE", help="its reference, as in the register: WM-0012")
        parser.add_argument("--to", required=True, metavar="SLUG", help="the force whose register it moves to")
        parser.add_argument("--on", metavar="DATE", help="that force's first day with it (default: today)")
        parser.add_argument("--reason", required=True, help="why it is moved")
        parser.add_argument("--by", metavar="EMAIL", help="who records it (default: the command line)")

    def handle(self, *, reference, to, reason, on=None, by=None, **options):
        tracked = find_or_fail(TrackedRecommendation, f"There is no recommendation {reference}.", reference=reference)
        before, force = tracked.force, force_of(to)
        facts = {"tracked": tracked, "to_force": force, "reason": reason, "by": someone(by) if by else None}
        day = any_day(on, "--on") if on else None
        with refusals_as_command_errors():
            made = transfers.transfer(**facts, at=timezone.now(), effective_on=day)
        self.stdout.write(f"{reference} is in the register of {force} from {say(made.effective_on)}, not {before}’s.")
