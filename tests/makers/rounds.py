"""An update round of a force with some lines, and what its people type."""

import datetime

from recommendations.domain.register.sheet_columns import UPDATE_TEXT_KEYS
from recommendations.domain.rounds.answers import NewAnswer
from recommendations.domain.rounds.drafts import BLANK, Typed, initial_values, mark
from recommendations.domain.rounds.rounds import ask_for_updates, release_answers
from recommendations.models import RoundDraft
from tests.conftest import AT, make_inspection, make_many_tracked

DUE = datetime.date(2026, 11, 20)


def make_round(force, *, lines=3, by=None, at=AT, name="November", due_on=DUE, note="", title="Custody"):
    """A round about so many new recommendations of the force."""
    inspection = make_inspection(force, title=f"{title} in {force}")
    tracked = make_many_tracked(inspection, range(1, lines + 1), at=at)
    return ask_for_updates(force=force, tracked=tracked, due_on=due_on, name=name, note=note, by=by, at=at)


def typed(line, **values) -> Typed:
    """What somebody types into a line that they see as it is now."""
    shown = initial_values(line, RoundDraft.objects.filter(line=line).first())
    return Typed(line.pk, BLANK | shown | values, mark(shown))


def answered(line, by, at=AT, **said):
    """An answer that was released for a line."""
    texts = {key: said.pop(key) for key in UPDATE_TEXT_KEYS if key in said}
    answer = NewAnswer(line=line, texts=texts, **({"done": "Bells are tested."} | said))
    return release_answers(round=line.round, answers=[answer], by=by, at=at)[0]
