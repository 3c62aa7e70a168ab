"""Colleagues' notes on each kind of record of each force: words that stay inside the office."""

import datetime
from types import SimpleNamespace

from recommendations.domain.notes.notes import add_note, withdraw_note
from tests.conftest import AT

NOTED = "zqnoted"  # in every note
HOUR = datetime.timedelta(hours=1)


def build_notes(world, letter: str, say) -> None:
    """One on each, by an officer, who names the approving officer in each; and one that was withdrawn."""
    by = {"by": world.people["officer"], "at": AT + 41 * HOUR}
    names = ("open", "inspection", "response", "commitment", "round", "final")
    records = [getattr(world, f"{name}_{letter}") for name in names]
    records += [getattr(world, f"meetings_{letter}").held, getattr(world, f"requests_{letter}").answered]
    made = [add_note(record=each, text=say(f"@Margaret Osei, ask {NOTED}{letter}."), **by) for each in records]
    gone = add_note(record=records[0], text=say(f"Wrong one {NOTED}{letter}."), **by)
    withdraw_note(note=gone, reason=say(f"Of another {NOTED}{letter}."), **by)
    setattr(world, f"notes_{letter}", SimpleNamespace(made=made, gone=gone))
