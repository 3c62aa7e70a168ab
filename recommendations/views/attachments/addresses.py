"""The addresses of attachments, and how a file is listed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from recommendations.domain.attachments.attachments import size_in_words
from recommendations.domain.attachments.queries import SLUGS, files_by_entry, files_of, files_on_many
from recommendations.domain.attachments.rules import Subject, kind_of, may_attach_to
from recommendations.models import Attachment, TrackedRecommendation, User


@dataclass(frozen=True)
class FileLine:
    """A file in a list: name, size, marking, who attached it and when; `url` is "" if its bytes are gone."""

    file: Attachment
    may_change: bool = False

    @property
    def url(self) -> str:
        return "" if self.file.withdrawn_at or self.file.removed_at else reverse("file", args=[self.file.pk])

    @property
    def facts(self) -> str:
        """ "PDF, 210 KB"."""
        return f"{self.file.name.rpartition('.')[2].upper()}, {size_in_words(self.file.size)}"

    @property
    def who(self) -> str:
        return str(self.file.recorded_by.name) if self.file.recorded_by else ""


@dataclass(frozen=True)
class EntryFiles:
    """The files of one entry on a page, and the address to attach more; "" if this user may not."""

    lines: list[FileLine]
    url: str = ""

    @property
    def only_shown(self) -> "EntryFiles":
        """The same files, without attaching more."""
        return replace(self, url="")


class FilesShown:
    """The files of a tracked recommendation, by the entries that they are shown with."""

    def __init__(self, record: TrackedRecommendation, user: User) -> None:
        self.user = user
        self.all = files_of(record, user)
        self.by_entry = files_by_entry(self.all)

    def of(self, kind: str, pk: int, force: int | None, *, withdrawn: bool = False) -> EntryFiles:
        """The files of one entry; `force` is that of the person who recorded the entry, or None."""
        lines = [FileLine(each) for each in self.by_entry.get((kind, pk), ())]
        may = may_attach_to(self.user, kind, force) and not withdrawn
        return EntryFiles(lines, reverse("files", args=[SLUGS[kind], pk]) if may else "")


def files_on(kind: str, pks: Iterable[int], user: User, force: int | None = None) -> dict[int, EntryFiles]:
    """The files on several records of one kind that this user may see. One query."""
    pks = list(pks)
    found = files_on_many(kind, pks, user)
    may = may_attach_to(user, kind, force)
    urls = {pk: reverse("files", args=[SLUGS[kind], pk]) if may else "" for pk in pks}
    return {pk: EntryFiles([FileLine(each) for each in found.get(pk, ())], urls[pk]) for pk in pks}


def files_address(subject: Subject) -> str:
    """The address of the page of a record's files."""
    return reverse("files", args=[SLUGS[kind_of(subject)], subject.pk])
