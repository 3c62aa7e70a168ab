"""The app's configuration: what is connected and checked when Django starts."""

from django.apps import AppConfig
from django.core.checks import Error, register
from django.db.models.signals import post_migrate


class RecommendationsConfig(AppConfig):
    name = "recommendations"

    def ready(self):
        import recommendations.domain.handing_over.marking
        import recommendations.domain.webhooks.events
        import recommendations.sign_in.events  # noqa: F401  it listens to sign-in
        from recommendations import system_checks  # noqa: F401  # registers what it checks
        from recommendations.domain.search import following
        from recommendations.models.register.standing import rebuild_if_empty

        post_migrate.connect(rebuild_if_empty, sender=self)
        post_migrate.connect(following.rebuild_if_empty, sender=self)
        register(find_breached_passwords)


def find_breached_passwords(app_configs, **kwargs):
    """Check that the list of breached passwords is there and whole: without it nobody could set a password."""
    from recommendations.domain.people.passwords import WIDTH, list_path

    path = list_path()
    if path.is_file() and path.stat().st_size and path.stat().st_size % WIDTH == 0:
        return []
    said = f"BREACHED_PASSWORDS: {path} is no list of breached passwords."
    return [
        Error(said, hint="Make it with manage.py load_breached_passwords FILE --to PATH.", id="recommendations.E001")
    ]
