"""Colleagues' notes on a record: written, and withdrawn with a reason. They are visible only in the office."""

import datetime

from django.db.models import Model

from recommendations.domain.notes.mentions import complete_mentions, mentioned_people
from recommendations.domain.notes.records import kind_of
from recommendations.domain.ownership.people import office_people
from recommendations.domain.writing.records import mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums.ownership import NoticeKind
from recommendations.models import OfficeNote, PersonalNotice, User
from recommendations.trail import verb

LONGEST = 4_000


def add_note(*, record: Model, text: str, by: User | None, at: datetime.datetime) -> OfficeNote:
    """Add a note to a record, and notify the colleagues mentioned with "@". Returns the note.

    First names are completed. Raises Refusal if the text is empty or too long, or several people have a name.
    """
    with verb("add_note", by=by, at=at) as act:
        people = list(office_people())
        text = complete_mentions(_check_text(text), people)
        note = act.save(OfficeNote(about=kind_of(record), about_id=record.pk, text=text, written_at=at, written_by=by))
        act.subject = note
        _tell(note, [person for person in mentioned_people(text, people) if person != by])
    return note


def _check_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal("Enter the note.", "text", code="required")
    if len(text) > LONGEST:
        raise Refusal(f"This is too long: {len(text):,} characters, and {LONGEST:,} fit.", "text", code="too-long")
    return text


def _tell(note: OfficeNote, people: list[User]) -> None:
    about = {"about": note.about, "about_id": note.about_id, "note": note, "at": note.written_at, "by": note.written_by}
    # written at once: what a person is told is no record
    PersonalNotice.objects.bulk_create([PersonalNotice(person=each, kind=NoticeKind.NAMED, **about) for each in people])


def withdraw_note(*, note: OfficeNote, reason: str, by: User | None, at: datetime.datetime) -> OfficeNote:
    """Withdraw your own note, with a reason: nobody sees it any more, but it stays on record.

    Raises NotAllowed if someone else wrote it, Refusal without a reason or if it is withdrawn already.
    """
    with verb("withdraw_note", by=by, at=at, reason=reason.strip(), subject=note) as act:
        note = OfficeNote.on_file.select_for_update().get(pk=note.pk)
        if by is not None and note.written_by != by:
            raise NotAllowed("Only who wrote a note can withdraw it.")
        return mark_withdrawn(
            act, note, needs="Say why the note is withdrawn.", twice="This note is withdrawn already."
        )
