"""How each verb about the words of a paper is done once, and what only asks for a file."""

import datetime

from recommendations.domain.papers import builds as paper_builds
from recommendations.domain.papers.sections import author_text as paper_words
from recommendations.enums import BuildKind
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    words = {"view": "assured", "view_words": "The force did what it said.", "questions": ("When?",)}
    return {
        "papers.write_words": lambda: paper_words.write_words(paper=world.draft_a, version=0, **words, **by),
    }


def building(world) -> dict:
    """What writes no record: the worker's verbs do."""
    by = {"by": world.people["approver"], "at": LATER}
    return {
        "papers.ask": lambda: paper_builds.ask(paper=world.draft_a, kind=BuildKind.FINALISE, **by),
    }
