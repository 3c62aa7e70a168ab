"""The PDF of each force's draft, made outside a request: its text is of a draft, and so the office's alone."""

import datetime

from recommendations.domain.papers import builds
from recommendations.enums import BuildKind
from tests.conftest import AT

MADE = AT + datetime.timedelta(hours=10)


def build_draft_file(world, letter: str, say) -> None:
    """A file that was asked for and made, `world.build_a` for the first force."""
    paper = getattr(world, f"draft_{letter}")
    builds.ask(paper=paper, kind=BuildKind.PREVIEW, by=world.people["officer"], at=MADE)
    build = builds.claim_next(at=MADE)
    builds.finish(build, at=MADE, content=say("%PDF-1.7 of a draft").encode())
    setattr(world, f"build_{letter}", build)
