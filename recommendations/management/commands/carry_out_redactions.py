"""Carry out confirmed redactions, if the application's database role may not change the audit trail."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.domain.retention.redactions import carry_out_redaction
from recommendations.domain.retention.rewriting import check_may_rewrite
from recommendations.enums.retention import RedactionState
from recommendations.management.arguments import refusals_as_command_errors
from recommendations.models import Redaction


class Command(BaseCommand):
    help = (
        "Carry out redactions that two people agreed on. Needed on PostgreSQL only, where the application's role may "
        "not change trail and histories: run it with the owner's DATABASE_URL."
    )

    def handle(self, **options):
        waiting = Redaction.objects.filter(state=RedactionState.CONFIRMED).order_by("pk")
        for redaction in waiting:
            with refusals_as_command_errors():
                check_may_rewrite()
                done = carry_out_redaction(redaction=redaction, by=None, at=timezone.now())
            self.stdout.write(f"{done}: {done.texts} texts changed.")
        if not waiting:
            self.stdout.write("No confirmed redaction waits.")
