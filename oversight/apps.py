"""The app's configuration: registers system checks, checks settings that need the models, and starts logging,
metrics and Sentry.
"""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.signals import connection_created


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self):
        from oversight import system_checks  # noqa: F401  # registers its checks
        from oversight.operations.readiness import CHECKS
        from oversight.watch import events

        if unknown := [each for each in settings.READY_NEEDS if each not in CHECKS]:
            raise ImproperlyConfigured(f"READY_NEEDS: {unknown[0]} is none of {', '.join(CHECKS)}.")
        if settings.DEMO:
            from oversight.operations.demonstration import refuse_other_databases

            connection_created.connect(refuse_other_databases)
        events.listen()
        if settings.METRICS_TOKEN:
            from oversight.watch import metrics

            metrics.listen()
        if settings.SENTRY_DSN:
            from oversight.watch import sentry

            sentry.start(settings.SENTRY_DSN)
