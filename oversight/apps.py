"""The app's configuration: registers system checks, and starts logging, metrics and Sentry."""

from django.apps import AppConfig
from django.conf import settings


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self):
        from oversight import system_checks  # noqa: F401  # registers its checks
        from oversight.watch import events

        events.listen()
        if settings.METRICS_TOKEN:
            from oversight.watch import metrics

            metrics.listen()
        if settings.SENTRY_DSN:
            from oversight.watch import sentry

            sentry.start(settings.SENTRY_DSN)
