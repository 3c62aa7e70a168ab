"""Where the files on one thing are, and how a file is shown in a line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from recommendations.domain.attachments.attachments import in_words
from recommendations.domain.attachments.queries import SLUGS, by_entry, files_of, files_on_many
from recommendations.domain.attachments.rules import Subject, kind_of, may_attach_to
from recommendations.models import Attachment, TrackedRecommendation, User


@dataclass(frozen=True)
class FileLine:
    """A file in a line: its name and address, empty where its bytes are gone, its size and marking, who and when."""

    file: Attachment
    may_change: bool = False

    @property
    def url(self) -> str:
        return "" if self.file.withdrawn_at or self.file.removed_at else reverse("file", args=[self.file.pk])

    @property
    def facts(self) -> str:
        """ "PDF, 210 KB"."""
        return f"{self.file.name.rpartition('.')[2].upper()}, {in_words(self.file.size)}"

    @property
    def who(self) -> str:
        return str(self.file.recorded_by.name) if self.file.recorded_by else ""


@dataclass(frozen=True)
class EntryFiles:
    """The files of one entry of a page, and where this person attaches more; empty where they may not."""

    lines: list[FileLine]
    url: str = ""

    @property
    def only_shown(self) -> "EntryFiles":
        """The same files, where nothing can be attached any more."""
        return replace(self, url="")


class FilesShown:
    """The files of a tracked recommendation, by the entries of its page that they are shown with."""

    def __init__(self, record: TrackedRecommendation, user: User):
        self.user = user
        self.all = files_of(record, user)
        self.by_entry = by_entry(self.all)

    def of(self, kind: str, pk: int, force: int | None, *, withdrawn: bool = False) -> EntryFiles:
        """Those of one entry, which somebody of this force recorded, if of any."""
        lines = [FileLine(each) for each in self.by_entry.get((kind, pk), ())]
        may = may_attach_to(self.user, kind, force) and not withdrawn
        return EntryFiles(lines, reverse("files", args=[SLUGS[kind], pk]) if may else "")


def files_on(kind: str, pks: Iterable[int], user: User, force: int | None = None) -> dict[int, EntryFiles]:
    """The files on several things of one kind that this person may see. One query."""
    pks = list(pks)
    found = files_on_many(kind, pks, user)
    may = may_attach_to(user, kind, force)
    urls = {pk: reverse("files", args=[SLUGS[kind], pk]) if may else "" for pk in pks}
    return {pk: EntryFiles([FileLine(each) for each in found.get(pk, ())], urls[pk]) for pk in pks}


def files_address(subject: Subject) -> str:
    """The page of the files on one thing."""
    return reverse("files", args=[SLUGS[kind_of(subject)], subject.pk])
