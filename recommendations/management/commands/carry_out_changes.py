"""Carry out the changes ahead whose day has come, as the worker does each minute, or confirm one."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.domain.succession.carrying_out import carry_out_due_changes
from recommendations.domain.succession.plans import confirm_succession
from recommendations.domain.succession.wording import title_of
from recommendations.management.arguments import find_or_fail, refusals_as_command_errors
from recommendations.models import Succession
from recommendations.periods import say


class Command(BaseCommand):
    help = (
        "Carry out the changes of forces and policing bodies that were entered ahead and confirmed and whose day has "
        "come. build_papers does so each minute. With --confirm: confirm one, only where no other administrator can."
    )

    def add_arguments(self, parser):
        parser.add_argument("--confirm", type=int, metavar="NUMBER", help="confirm this one: the number in its address")
        parser.add_argument("--reason", default="", help="why no second administrator confirms it")

    def handle(self, *, confirm, reason, **options):
        at = timezone.now()
        if confirm:
            plan = find_or_fail(Succession, f"There is no change ahead {confirm}.", pk=confirm)
            with refusals_as_command_errors():
                plan = confirm_succession(plan=plan, version=plan.version, by=None, at=at, why=reason)
            self.stdout.write(f"{title_of(plan)}: {plan.state.label.lower()}. Its day is {say(plan.day)}.")
        tried = carry_out_due_changes(at=at)
        for plan in tried:
            self.stdout.write(f"{title_of(plan)}: {plan.problem or 'done.'}")
        if not tried and not confirm:
            self.stdout.write("No change is due.")
        if any(plan.problem for plan in tried):
            raise CommandError("Not all could be done. Each is tried again.")
