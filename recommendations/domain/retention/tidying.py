"""Deleting what is no record and no longer needed: expired sessions, form tokens, abandoned uploads.

Never records, the trail, or what users typed and have not saved.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from recommendations.domain.force_pages.subscribers import TO_CONFIRM
from recommendations.domain.responses.document_drafts import KEPT
from recommendations.models import (
    DocumentDraft,
    FileDraft,
    ForceSubscriber,
    PaperBuild,
    SheetDraft,
    ShortLivedValue,
    Submission,
)

KEYS_OF_FORMS = datetime.timedelta(days=7)  # a form is sent again within minutes, if at all

type Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Tidied:
    """The number of rows of one kind that were (or would be) deleted, with its words."""

    one: str
    several: str
    number: int

    def __str__(self) -> str:
        return f"{self.number:,} {self.one if self.number == 1 else self.several}"


@dataclass(frozen=True)
class Kind:
    """A kind of row to delete: its words, and its rows at a moment, given the moment before which drafts go."""

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
        "email address that was not confirmed",
        "email addresses that were not confirmed",
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
    Kind(
        "document that was not brought in",
        "documents that were not brought in",
        lambda at, _: DocumentDraft.objects.filter(changed_at__lt=at - KEPT),
    ),
)


def tidy(*, at: datetime.datetime, drafts_days: int, dry_run: bool = False) -> list[Tidied]:
    """Delete what is no longer needed; return how many of each kind. `dry_run` only counts.

    Abandoned uploads and PDFs of draft papers are deleted after `drafts_days`.
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
    """Delete the files of finished builds, keeping the builds."""
    rows = PaperBuild.objects.filter(content__isnull=False, ended_at__lt=before)
    # written at once: a build is no record, and its PDF can be made again
    return rows.count() if dry_run else rows.update(content=None)


def end_what_was_open() -> list[Tidied]:
    """End every session and clear sign-in's counters, as those in a restored database are out of date.

    Form tokens are kept: they give nobody access, and prevent a form sent again from taking effect twice.
    """
    rows: tuple[Rows, Rows] = (Session.objects.all(), ShortLivedValue.objects.all())
    words = ("session", "sessions"), ("value of sign-in", "values of sign-in")
    return [Tidied(*each, _remove(of, dry_run=False)) for each, of in zip(words, rows, strict=True)]
