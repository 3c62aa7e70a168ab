"""Re-encrypt and re-sign with the newest key everything done with an older one, which can then be removed."""

from django.core.management.base import BaseCommand

from recommendations.domain.people.renewing import renew_secrets
from recommendations.management.arguments import refusals_as_command_errors


class Command(BaseCommand):
    help = (
        "Encrypt and seal with a new SECRET_KEY what the old one did: second factors, webhooks, accounts. The old key "
        "stays in SECRET_KEY_FALLBACKS until then. A seal that is not right stays as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--lost-key",
            action="store_true",
            help="the database's own key is lost for good: go on with SECRET_KEY; what only the lost one opens is left",
        )

    def handle(self, *, lost_key, **options):
        with refusals_as_command_errors():
            done = renew_secrets(is_key_lost=lost_key)
        self.stdout.write(f"{done.factors} second factors and {done.seals} seals are of the new key.")
        if done.webhooks:
            self.stdout.write(f"{done.webhooks} secrets of webhooks are of the new key.")
        if done.left:
            self.stdout.write(f"{done.left} are of no known key, or were tampered with: run verify_audit.")
