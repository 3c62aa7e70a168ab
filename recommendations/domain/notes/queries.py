"""Notes as pages show them: those on a record, and those that a person wrote or that name them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, QuerySet

from recommendations.domain.notes.mentions import Piece, pieces_of
from recommendations.domain.notes.records import kind_of, records_by_key
from recommendations.domain.ownership.people import office_names
from recommendations.enums.ownership import NoticeKind
from recommendations.models import OfficeNote, PersonalNotice, User

FEW = 3  # stand beside a record


@dataclass(frozen=True)
class NoteLine:
    """A note in words. `record` is what it is on, where the list is of several; None where nobody may see it."""

    note: OfficeNote
    pieces: tuple[Piece, ...]
    may_withdraw: bool
    record: Model | None = None

    @property
    def by(self) -> str:
        """Who wrote it."""
        return self.note.written_by.name if self.note.written_by else "The command line"


@dataclass(frozen=True)
class NotesOn:
    """The latest notes on a record, how many there are, and the colleagues whom a new one can name."""

    lines: list[NoteLine]
    number: int
    people: list[str]


def notes_on(record: Model, user: User) -> NotesOn:
    """The latest notes on a record for a person of the office. Two queries; three where there are many notes."""
    found = all_on(record, user)
    latest, people = list(found[: FEW + 1]), office_names()
    number = found.count() if len(latest) > FEW else len(latest)
    return NotesOn(lines_of(latest[:FEW], user, people), number, people)


def all_on(record: Model, user: User) -> QuerySet[OfficeNote]:
    """All notes on a record that this person may read, the latest first."""
    return OfficeNote.objects.visible_to(user).on(kind_of(record), record.pk).select_related("written_by")


def naming(user: User) -> QuerySet[OfficeNote]:
    """The notes that name a person, the latest first."""
    told = PersonalNotice.objects.filter(kind=NoticeKind.NAMED, person=user, note=OuterRef("pk"))
    return _in_order(user).filter(Exists(told))


def written_by(user: User) -> QuerySet[OfficeNote]:
    """The notes that a person wrote, the latest first."""
    return _in_order(user).filter(written_by=user)


def _in_order(user: User) -> QuerySet[OfficeNote]:
    return OfficeNote.objects.visible_to(user).select_related("written_by").order_by("-written_at", "-pk")


def lines_of(notes: Iterable[OfficeNote], user: User, names: Iterable[str]) -> list[NoteLine]:
    """Notes on one record as its page shows them; `names` are the colleagues whose names are marked."""
    names = list(names)
    return [NoteLine(each, tuple(pieces_of(each.text, names)), each.written_by_id == user.pk) for each in notes]


def lines_of_several(notes: Iterable[OfficeNote], user: User) -> list[NoteLine]:
    """Notes on several records, each with its own: a query for each kind of record, and one for the names."""
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
