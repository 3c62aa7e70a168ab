"""What Django asks of an application as it starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecommendationsConfig(AppConfig):
    name = "recommendations"

    def ready(self):
        import recommendations.sign_in_events  # noqa: F401  it listens to sign-in
        from recommendations.models.standing import rebuild_if_empty

        post_migrate.connect(rebuild_if_empty, sender=self)
