"""Re-encrypt and re-sign with the newest key everything done with an older one, which can then be removed."""

from django.core.management.base import BaseCommand

from recommendations.domain.people.renewing import renew_secrets


class Command(BaseCommand):
    help = (
        "After SECRET_KEY was changed and the old one put into SECRET_KEY_FALLBACKS: encrypt the secrets of second "
        "factors and of webhooks and seal the accounts with the new one. A seal that is not right stays as it is."
    )

    def handle(self, *args, **options):
        done = renew_secrets()
        self.stdout.write(f"{done.factors} second factors and {done.seals} seals are of the new key.")
        if done.webhooks:
            self.stdout.write(f"{done.webhooks} secrets of webhooks are of the new key.")
        if done.left:
            self.stdout.write(f"{done.left} are of no known key, or were tampered with: run verify_audit.")
