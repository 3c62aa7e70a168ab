"""Colleagues' notes: on each kind of record for the office, and to withdraw for their author alone."""

from tests.security.line import MISSING, OFFICE, Line


def notes(world) -> list[Line]:
    """The notes of both forces' records, of what is not there, and of a kind that there is not."""
    office, nobody, found = frozenset(OFFICE), frozenset(), [*world.notes_a.made, *world.notes_b.made]
    kinds = sorted({note.about for note in found})
    return [
        Line("notes", post=405),
        *(Line("record_notes", (note.about, note.about_id), office, post=422) for note in found),
        *(Line("record_notes", (kind, MISSING), nobody) for kind in [*kinds, "force"]),
        *(Line("withdraw_note", (note.pk,), frozenset({"officer"}), post=422) for note in found),
        Line("withdraw_note", (world.notes_a.gone.pk,), frozenset({"officer"}), post=422),
        Line("withdraw_note", (MISSING,), nobody),
    ]
