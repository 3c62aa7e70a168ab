"""Notes as pages show them: those on a record, and those that a user wrote or is mentioned in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, QuerySet

from recommendations.domain.notes.mentions import Piece, pieces_of
from recommendations.domain.notes.records import kind_of, records_by_key
from recommendations.domain.ownership.people import office_names
from recommendations.enums.ownership import NoticeKind
from recommendations.models import OfficeNote, PersonalNotice, User

FEW = 3  # notes shown beside a record


@dataclass(frozen=True)
class NoteLine:
    """A note to display. `record` is what it is on, in lists across records; None if the user cannot see it."""

    note: OfficeNote
    pieces: tuple[Piece, ...]
    may_withdraw: bool
    record: Model | None = None

    @property
    def by(self) -> str:
        """The author's name."""
        return self.note.written_by.name if self.note.written_by else "The command line"


@dataclass(frozen=True)
class NotesOn:
    """The latest notes on a record, how many there are, and the colleagues that a new one can mention."""

    lines: list[NoteLine]
    number: int
    people: list[str]


def notes_on(record: Model, user: User, most: int = FEW) -> NotesOn:
    """Return the latest notes on a record, at most so many, for a user in the office. Two queries."""
    notes, people = list(all_on(record, user)), office_names()
    return NotesOn(lines_of(notes[:most], user, people), len(notes), people)


def all_on(record: Model, user: User) -> QuerySet[OfficeNote]:
    """Return all notes on a record that this user can read, latest first."""
    return OfficeNote.objects.visible_to(user).on(kind_of(record), record.pk).select_related("written_by")


def naming(user: User) -> QuerySet[OfficeNote]:
    """Return the notes that mention a user, latest first."""
    told = PersonalNotice.objects.filter(kind=NoticeKind.NAMED, person=user, note=OuterRef("pk"))
    return _notes_in_order(user).filter(Exists(told))


def notes_written_by(user: User) -> QuerySet[OfficeNote]:
    """Return the notes that a user wrote, latest first."""
    return _notes_in_order(user).filter(written_by=user)


def _notes_in_order(user: User) -> QuerySet[OfficeNote]:
    return OfficeNote.objects.visible_to(user).select_related("written_by").order_by("-written_at", "-pk")


def lines_of(notes: Iterable[OfficeNote], user: User, names: Iterable[str]) -> list[NoteLine]:
    """Return notes on one record as its page shows them. `names` are the colleagues' names to highlight."""
    names = list(names)
    return [NoteLine(each, tuple(pieces_of(each.text, names)), each.written_by_id == user.pk) for each in notes]


def lines_of_several(notes: Iterable[OfficeNote], user: User) -> list[NoteLine]:
    """Return notes on several records, each with its record. One query for each kind, and one for the names."""
    notes, names = list(notes), office_names()
    records = records_by_key(user, {(each.about, each.about_id) for each in notes})
    return [
        NoteLine(
            each,
            tuple(pieces_of(each.text, names)),
            each.written_by_id == user.pk,
            records.get((each.about, each.about_id)),
        )
        for each in notes
    ]
