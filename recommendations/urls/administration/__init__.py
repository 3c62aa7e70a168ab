"""Addresses of administration: people, sources and their rules, webhooks, audit, retention."""

from recommendations.sections import import_all

urlpatterns = [each for subject in import_all(__name__) for each in subject.urlpatterns]
