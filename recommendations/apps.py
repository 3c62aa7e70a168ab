"""What Django asks of an application as it starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecommendationsConfig(AppConfig):
    name = "recommendations"

    def ready(self):
        from recommendations import system_checks  # noqa: F401  # registers what it checks
        from recommendations.models.standing import rebuild_if_empty

        post_migrate.connect(rebuild_if_empty, sender=self)
