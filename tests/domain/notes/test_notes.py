"""Colleagues' notes: completed, told to whom they name, withdrawn by their author, and seen by the office alone."""

import datetime

import pytest

from recommendations.domain.audit import verification
from recommendations.domain.notes.mentions import Piece, pieces_of
from recommendations.domain.notes.notes import LONGEST, add_note, withdraw_note
from recommendations.domain.notes.queries import lines_of_several, naming, notes_on, notes_written_by
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Role
from recommendations.models import OfficeNote, PersonalNotice, TrailEntry
from tests.conftest import AT, make_person
from tests.per_module import per_module
from tests.refusals import refusal

LATER = AT + datetime.timedelta(hours=1)


@per_module
def hannah_price():
    return make_person("Hannah Price", Role.OPCC_OFFICER)


def told() -> list[tuple[str, str]]:
    rows = PersonalNotice.objects.filter(kind="named").order_by("pk")
    return [(each.person.name, each.note.text) for each in rows]


def test_a_name_after_an_at_is_completed_and_told_once(tracked, officer, approver):
    text = "@margaret, ask @Margaret Osei and @hannah whitlock; not m@example.org or @Nobody. @MARGARET"
    note = add_note(record=tracked, text=text, by=officer, at=AT)
    words = "@Margaret Osei, ask @Margaret Osei and @hannah whitlock; not m@example.org or @Nobody. @Margaret Osei"
    assert (note.text, told()) == (words, [("Margaret Osei", words)])
    assert list(pieces_of("Ask @Margaret Osei today.", ["Margaret Osei"])) == [
        Piece("Ask "),
        Piece("@Margaret Osei", is_name=True),
        Piece(" today."),
    ]


def test_a_name_that_several_have_is_asked_for_in_full(tracked, officer, approver, hannah_price, force_lead):
    with refusal("ambiguous", naming="Hannah Price or Hannah Whitlock"):
        add_note(record=tracked, text="@Hannah, please", by=approver, at=AT)
    add_note(record=tracked, text=f"@Hannah Price knows; @{force_lead.name} is no colleague.", by=approver, at=AT)
    assert [name for name, _ in told()] == ["Hannah Price"]
    for text, code in (("  ", "required"), ("a" * (LONGEST + 1), "too-long")):
        with refusal(code):
            add_note(record=tracked, text=text, by=approver, at=AT)


def test_what_is_withdrawn_is_on_file_with_its_reason_and_read_by_nobody(tracked, inspection, officer, approver):
    note = add_note(record=tracked, text="Ask @Margaret Osei.", by=officer, at=AT)
    other = add_note(record=inspection, text="The report is late.", by=approver, at=AT)
    assert [line.record for line in lines_of_several(naming(approver), approver)] == [tracked]
    assert [line.note for line in lines_of_several(notes_written_by(approver), approver)] == [other]
    with pytest.raises(NotAllowed):
        withdraw_note(note=note, reason="Wrong.", by=approver, at=LATER)
    with pytest.raises(Refusal):
        withdraw_note(note=note, reason=" ", by=officer, at=LATER)
    withdraw_note(note=note, reason="Of another one.", by=officer, at=LATER)
    with pytest.raises(Refusal):
        withdraw_note(note=note, reason="Again.", by=officer, at=LATER)
    assert [notes_on(tracked, officer).number, list(naming(approver))] == [0, []]
    gone = OfficeNote.on_file.get(pk=note.pk)
    assert (gone.withdrawn_why, gone.text) == ("Of another one.", "Ask @Margaret Osei.")
    said = "".join(f"{each.about} {each.reason} {each.changes}" for each in TrailEntry.objects.all())
    assert "Margaret Osei." not in said
    assert verification.verify() == []


def test_the_office_alone_sees_notes_and_a_few_stand_beside_their_record(
    tracked, officer, force_lead, member, administrator, django_assert_num_queries
):
    for number in range(5):
        add_note(record=tracked, text=f"Note {number}", by=officer, at=AT + datetime.timedelta(minutes=number))
    for person in (force_lead, member, administrator):
        assert list(OfficeNote.objects.visible_to(person)) == []
    with django_assert_num_queries(2):
        found = notes_on(tracked, officer)
    assert [line.note.text for line in found.lines] == ["Note 4", "Note 3", "Note 2"]
    assert (found.number, found.people) == (5, ["Hannah Whitlock"])
