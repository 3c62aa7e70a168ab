"""Notes of colleagues on a record: written, and withdrawn with a reason. They stay inside the office."""

import datetime

from django.db.models import Model

from recommendations.domain.notes.mentions import completed, named_in
from recommendations.domain.notes.records import kind_of
from recommendations.domain.ownership.people import office_people
from recommendations.domain.writing.records import mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.ownership import NoticeKind
from recommendations.models import OfficeNote, PersonalNotice, User
from recommendations.trail import verb

LONGEST = 4_000


def add_note(*, record: Model, text: str, by: User | None, at: datetime.datetime) -> OfficeNote:
    """Write a note on a record, and tell the colleagues whom it names by "@". Returns the note.

    A first name alone is completed. Raises Refusal for an empty or endless text, or a name that several have.
    """
    with verb("add_note", by=by, at=at) as act:
        people = list(office_people())
        text = completed(_checked(text), people)
        note = act.save(OfficeNote(about=kind_of(record), about_id=record.pk, text=text, written_at=at, written_by=by))
        act.subject = note
        _tell(note, [person for person in named_in(text, people) if person != by])
    return note


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal("Enter the note.", "text")
    if len(text) > LONGEST:
        raise Refusal(f"This is too long: {len(text):,} characters, and {LONGEST:,} fit.", "text")
    return text


def _tell(note: OfficeNote, people: list[User]) -> None:
    about = {"about": note.about, "about_id": note.about_id, "note": note, "at": note.written_at, "by": note.written_by}
    # written at once: what a person is told is no record
    PersonalNotice.objects.bulk_create([PersonalNotice(person=each, kind=NoticeKind.NAMED, **about) for each in people])


def withdraw_note(*, note: OfficeNote, reason: str, by: User | None, at: datetime.datetime) -> OfficeNote:
    """Take a note back: nobody reads it any more, and it stays on file. By whoever wrote it; with a reason.

    Raises NotAllowed for anybody else, Refusal without a reason or where it is withdrawn.
    """
    with verb("withdraw_note", by=by, at=at, reason=reason.strip(), subject=note) as act:
        note = OfficeNote.on_file.select_for_update().get(pk=note.pk)
        if by is not None and note.written_by != by:
            raise NotAllowed("Only who wrote a note can withdraw it.")
        return mark_withdrawn(
            act, note, needs="Say why the note is withdrawn.", twice="This note is withdrawn already."
        )
