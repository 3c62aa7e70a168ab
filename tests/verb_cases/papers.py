"""How each verb about the words of a paper is done once."""

import datetime

from recommendations.domain import paper_words
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER}
    words = {"view": "assured", "view_words": "The force did what it said.", "questions": ("When?",)}
    return {
        "paper_words.write_words": lambda: paper_words.write_words(paper=world.draft_a, version=0, **words, **by),
    }
