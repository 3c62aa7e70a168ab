"""What is no record and has no use any more: sessions that ran out, keys of forms, what was on its way in.

Records, the trail and what people typed and have not saved are never among it.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from recommendations.domain.force_pages.subscribers import TO_CONFIRM
from recommendations.models import FileDraft, ForceSubscriber, PaperBuild, SheetDraft, ShortLivedValue, Submission

KEYS_OF_FORMS = datetime.timedelta(days=7)  # a form that is sent again comes within minutes

type Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Tidied:
    """How many of one kind went, or would go: one, several."""

    one: str
    several: str
    number: int

    def __str__(self) -> str:
        return f"{self.number:,} {self.one if self.number == 1 else self.several}"


@dataclass(frozen=True)
class Kind:
    """A kind of what goes: its words, and its rows at a moment, where drafts go from another moment on."""

    one: str
    several: str
    rows: Callable[[datetime.datetime, datetime.datetime], Rows]


KINDS = (
    Kind("session that ran out", "sessions that ran out", lambda at, _: Session.objects.filter(expire_date__lt=at)),
    Kind(
        "key of a form that was sent",
        "keys of forms that were sent",
        lambda at, _: Submission.objects.filter(at__lt=at - KEYS_OF_FORMS),
    ),
    Kind(
        "value of sign-in whose time is over",
        "values of sign-in whose time is over",
        lambda at, _: ShortLivedValue.objects.filter(expires__lt=at.timestamp()),
    ),
    Kind(
        "e-mail address that was not confirmed",
        "e-mail addresses that were not confirmed",
        lambda at, _: ForceSubscriber.objects.filter(confirmed_at__isnull=True, asked_at__lt=at - TO_CONFIRM),
    ),
    Kind(
        "spreadsheet that was not brought in",
        "spreadsheets that were not brought in",
        lambda _, before: SheetDraft.objects.filter(at__lt=before),
    ),
    Kind(
        "file of comments that was not recorded",
        "files of comments that were not recorded",
        lambda _, before: FileDraft.objects.filter(at__lt=before),
    ),
)


def tidy(*, at: datetime.datetime, drafts_days: int, dry_run: bool = False) -> list[Tidied]:
    """Remove what has no use any more; return how many of each kind. `dry_run` counts and removes nothing.

    Uploads that nobody went on with, and PDFs of drafts of papers, go `drafts_days` after they came.
    """
    before = at - datetime.timedelta(days=drafts_days)
    found = [Tidied(kind.one, kind.several, _remove(kind.rows(at, before), dry_run)) for kind in KINDS]
    return [*found, Tidied("PDF of a draft", "PDFs of drafts", _empty_builds(before, dry_run))]


def _remove(rows: Rows, dry_run: bool) -> int:
    if dry_run:
        return rows.count()
    # written at once: none of them is a record, and nothing refers to them
    return rows.filter().delete()[0]


def _empty_builds(before: datetime.datetime, dry_run: bool) -> int:
    """Take the files out of finished builds: that a file was made stays."""
    rows = PaperBuild.objects.filter(content__isnull=False, ended_at__lt=before)
    # written at once: a build is no record, and its PDF can be made again
    return rows.count() if dry_run else rows.update(content=None)


def end_what_was_open() -> list[Tidied]:
    """End every session, and forget what sign-in counted: what a restored database has of them is of another day.

    Keys of forms stay: they let nobody in, and keep a form that is sent again from having its effect twice.
    """
    rows: tuple[Rows, Rows] = (Session.objects.all(), ShortLivedValue.objects.all())
    words = ("session", "sessions"), ("value of sign-in", "values of sign-in")
    return [Tidied(*each, _remove(of, dry_run=False)) for each, of in zip(words, rows, strict=True)]
