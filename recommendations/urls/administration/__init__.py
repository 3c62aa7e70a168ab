"""Addresses of what administrators keep: people, sources and their rules, webhooks, the audit, retention."""

from recommendations.sections import import_all

urlpatterns = [each for subject in import_all(__name__) for each in subject.urlpatterns]
