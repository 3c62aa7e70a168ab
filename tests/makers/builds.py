"""Makers for papers' files: a paper finalised, and the worker's part done, at once and with the program's PDFs."""

from django.utils import timezone

from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.papers.building import build_next
from recommendations.domain.papers.finalising import finalise_paper
from recommendations.models import PaperBuild, ScrutinyReport


def run_builds() -> list[PaperBuild]:
    """Do all that waits, as manage.py build_papers does; return what became of each."""
    return list(iter(lambda: build_next(timezone.now, render=render_paper), None))


def finalise(paper: ScrutinyReport, *, by, at) -> ScrutinyReport:
    """Compile, render and keep a draft."""
    return finalise_paper(paper=paper, render=render_paper, by=by, at=at)
