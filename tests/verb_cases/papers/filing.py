"""How each verb about the words of a paper is done once, and what only asks for a file."""

import datetime

from recommendations.domain.papers import builds
from recommendations.domain.papers.building import accept_contradictions, ask_to_finalise
from recommendations.domain.papers.finalising import finalise_paper
from recommendations.domain.papers.sections import author_text
from recommendations.domain.register.export import large_files
from recommendations.enums import BuildKind
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    words = {"view": "assured", "view_words": "The force did what it said.", "questions": ("When?",)}
    filing = {"paper": world.draft_a, "render": lambda *about, **said: b"%PDF", "by": world.people["approver"]}
    return {
        "papers.finalise_paper": lambda: finalise_paper(**filing, at=LATER),
        "papers.accept_contradictions": lambda: accept_contradictions(
            paper=world.draft_a, sentences=[], by=world.people["approver"], at=LATER
        ),
        "papers.write_words": lambda: author_text.write_words(paper=world.draft_a, version=0, **words, **by),
    }


def drafting(world) -> dict:
    """What writes no record: the worker's verbs do."""
    by = {"by": world.people["approver"], "at": LATER}
    return {
        "papers.ask_to_finalise": lambda: ask_to_finalise(paper=world.draft_a, **by),
        "papers.ask": lambda: builds.ask(paper=world.draft_a, kind=BuildKind.FINALISE, **by),
        "register.ask": lambda: large_files.ask(form="xlsx", query="", **by),
    }
