"""Send the webhook messages that are due: by hand or with cron. Safe to run twice, also at once."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recommendations.enums.webhooks import DeliveryState
from recommendations.webhooks import send_due


class Command(BaseCommand):
    help = (
        "Send the messages to webhooks that are due. build_papers --wait does so all the time; this is for a server "
        "without it. Ends with an error where one was not taken: it is tried again after a pause."
    )

    def handle(self, *args, **options):
        tried = list(send_due(timezone.now))
        delivered = sum(each.state == DeliveryState.DELIVERED for each in tried)
        self.stdout.write(f"{delivered} {'message' if delivered == 1 else 'messages'} delivered.")
        wrong = [f"{each.webhook.name}: {each.problem}" for each in tried if each.problem]
        if wrong:
            raise CommandError("\n".join(wrong))
