"""How a round and a response are given to a colleague, and a note is written and withdrawn."""

import datetime

from recommendations.domain.notes import notes
from recommendations.domain.ownership import keepers
from tests.conftest import AT

LATER = AT + datetime.timedelta(hours=10)


def cases(world) -> dict:
    by = {"by": world.people["officer"], "at": LATER, "keeper": world.people["approver"]}
    note, stamps = world.notes_a.made[0], {"by": world.people["officer"], "at": LATER}
    asked, response = world.round_a, world.response_a
    return {
        "notes.add_note": lambda: notes.add_note(record=world.open_a, text="Ask for the log.", **stamps),
        "notes.withdraw_note": lambda: notes.withdraw_note(note=note, reason="Wrong.", **stamps),
        "ownership.give_round": lambda: keepers.give_round(round=asked, version=asked.version, **by),
        "ownership.give_response": lambda: keepers.give_response(response=response, version=response.version, **by),
    }
