"""Transfer a force's whole register to its successor from a given day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.succession.carrying_over import succeed
from recommendations.management.arguments import any_day, find_or_fail, refusals_as_command_errors, someone
from recommendations.models import Force, TrackedRecommendation
from recommendations.periods import say


class Command(BaseCommand):
    help = (
        "Record that a force has the work of another from a day on, for example where two merge, and move its whole "
        "register and what is open there. The other force ends on the day before, and its inspection leads lose the "
        "register. Once for each force that ends; it is not undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--force", required=True, metavar="SLUG", help="the force that ends")
        parser.add_argument("--successor", required=True, metavar="SLUG", help="the force that has its work")
        parser.add_argument("--on", required=True, metavar="DATE", help="the successor's first day with it")
        parser.add_argument("--reason", required=True, help="why, for example which order merges them")
        parser.add_argument("--leads-stay", action="store_true", help="its inspection leads go on with the successor")
        parser.add_argument("--by", metavar="EMAIL", help="who records it (default: the command line)")

    def handle(self, *, force, successor, on, reason, leads_stay=False, by=None, **options):
        force, successor = (find_or_fail(Force, f"There is no force {slug}.", slug=slug) for slug in (force, successor))
        by = someone(by) if by else None
        day = any_day(on, "--on")
        with refusals_as_command_errors():
            made = succeed(
                force=force,
                successor=successor,
                effective_on=day,
                reason=reason,
                by=by,
                at=timezone.now(),
                leads_stay=leads_stay,
            )
        moved = TrackedRecommendation.objects.filter(transfers__from_force=force, force=made.successor).distinct()
        self.stdout.write(f"{made.successor} has the work of {force} from {say(day)}: {moved.count()} moved.")
