"""Makers for what is made outside requests: the worker's part, done at once."""

from django.utils import timezone

from recommendations.documents.papers.build_worker import build_next
from recommendations.models import PaperBuild


def run_builds() -> list[PaperBuild]:
    """Do all that waits, as manage.py build_papers does; return what became of each."""
    return list(iter(lambda: build_next(timezone.now), None))
