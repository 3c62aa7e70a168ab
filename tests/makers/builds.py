"""Makers for papers' files: a paper finalised, and the worker's part done, at once and with the program's PDFs."""

from django.utils import timezone

from recommendations.documents.papers.rendering import render_paper
from recommendations.domain.papers.building import build_next
from recommendations.domain.papers.finalising import finalise_paper
from recommendations.domain.register.export.large_files import build_next_file
from recommendations.models import PaperBuild, RegisterExport, ScrutinyReport
from recommendations.views.register.exports import make_file


def run_builds() -> list[PaperBuild]:
    """Do all that waits, as manage.py build_papers does; return what became of each."""
    return list(iter(lambda: build_next(timezone.now, render=render_paper), None))


def run_exports() -> list[RegisterExport]:
    """The same for large files of the register."""
    return list(iter(lambda: build_next_file(timezone.now, make=make_file), None))


def finalise(paper: ScrutinyReport, *, by, at, render=render_paper) -> ScrutinyReport:
    """Compile, render and keep a draft."""
    return finalise_paper(paper=paper, render=render, by=by, at=at)


def kept_alone(*paper, **facts) -> bytes:
    """In the place of `render_paper`, for a file that nobody reads."""
    return b"%PDF-1.7 not drawn, only kept"
