"""Attach a file to a record, change its marking, and withdraw it with a reason."""

import datetime
import unicodedata
from pathlib import PurePath
from typing import IO

from django.db import transaction
from django.db.models import Sum

from recommendations.disk_space import free_in
from recommendations.domain.attachments import storage
from recommendations.domain.attachments.rules import Subject, kind_of, may_attach, may_change, why_not_now
from recommendations.domain.search.following import follow_rows
from recommendations.domain.writing.input_checks import longest
from recommendations.domain.writing.records import lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import NotAllowed, Refusal
from recommendations.enums import Marking
from recommendations.models import (
    Action,
    Attachment,
    Commitment,
    CommitteeRequest,
    StoredFile,
    TrackedRecommendation,
    User,
)
from recommendations.models.attachments import record_of
from recommendations.trail import verb

MB = 1024 * 1024
MOST_BYTES, MOST_OF_RECORD = 50 * MB, 1024 * MB
LEFT_FREE = 200 * MB  # free space to leave on the disk
TOO_LARGE = "This file is {size}. A file can be up to 50 MB. Make it smaller, or attach it in parts."
RECORD_FULL = (
    "The files of one record can be up to 1 GB together, and {used} are attached. Withdraw what is not needed."
)
EMPTY, TWICE = "This file is empty.", "This file is attached already."
NO_ROOM = "There is no room to store this file. Tell your administrator."
THEIRS = "Each side attaches files to what its own people recorded."


def check_fits(*, subject: Subject, size: int) -> None:
    """Raise Refusal if a file is empty or too large, or the record or the disk has no room for it."""
    if not size:
        raise Refusal(EMPTY, "chosen", code="empty-file")
    if size > MOST_BYTES:
        raise Refusal(TOO_LARGE.format(size=size_in_words(size)), "chosen", code="too-large")
    if (used := bytes_on(record_of(subject))) + size > MOST_OF_RECORD:
        raise Refusal(RECORD_FULL.format(used=size_in_words(used)), "chosen", code="record-full")
    if storage.is_folder() and free_in(storage.folder()) < size + LEFT_FREE:
        raise Refusal(NO_ROOM, "chosen", code="no-room")


def bytes_on(record: TrackedRecommendation | Commitment | CommitteeRequest | Action) -> int:
    """Return the total size of a record's files in bytes, without withdrawn ones. One query."""
    files = Attachment.objects.all()
    if isinstance(record, TrackedRecommendation):
        of = files.of_tracked(record)
    elif isinstance(record, Commitment):
        of = files.of_commitment(record)
    else:
        of = files.filter(**{kind_of(record): record})
    return of.order_by().aggregate(all=Sum("size"))["all"] or 0


def size_in_words(size: int) -> str:
    """ "312 KB", "61.2 MB"."""
    return f"{max(round(size / 1024), 1)} KB" if size < MB else f"{size / MB:,.1f} MB"


def store_file(*, content: IO[bytes], text: str, at: datetime.datetime, is_read_whole: bool) -> StoredFile:
    """Store bytes under their SHA-256, with the text that search and redactions find in them.

    Must be called outside a transaction.

    Files that no record refers to are removed after a day (see tidying.py).
    """
    sha256 = storage.digest_of(content)
    size = content.seek(0, 2)
    facts = {"size": size, "brought_at": at} | ({"text": text, "is_read_whole": is_read_whole} if text else {})
    with transaction.atomic():
        before = StoredFile.objects.select_for_update().filter(pk=sha256).first()
        # written at once: bytes on their way in are no record, and are named before they are stored
        stored, _ = StoredFile.objects.update_or_create(sha256=sha256, defaults=facts)
        if before and before.text != stored.text:
            follow_rows(StoredFile, [sha256])
    storage.store_content(sha256, content)
    return stored


def attach(
    *,
    subject: Subject,
    name: str,
    stored: StoredFile,
    marking: str = "",
    by: User | None,
    at: datetime.datetime,
) -> Attachment:
    """Attach stored bytes to a record under a name.

    Raises NotAllowed on a record of the other side (force or office); Refusal if the file does not fit, is attached
    already, or the record is withdrawn.
    """
    with verb("attach", by=by, at=at, subject=record_of(subject)) as act:
        lock_row(record_of(subject))
        subject = lock_row(subject)
        if by is not None and not may_attach(by, subject):
            raise NotAllowed(THEIRS)
        if why_not := why_not_now(subject):
            raise Refusal(why_not, code="withdrawn")
        _check_stored(subject, stored)
        facts: dict[str, object] = {kind_of(subject): subject, "marking": _known(marking)}
        facts |= {"name": plain_name(name), "size": stored.size, "sha256": stored.sha256}
        return act.save(Attachment(recorded_at=at, recorded_by=by, **facts))


def _check_stored(subject: Subject, stored: StoredFile) -> None:
    """Check that the file is stored and fits, locking it so that it is not tidied away at the same moment."""
    if not StoredFile.objects.select_for_update().filter(pk=stored.pk).exists():
        raise Refusal("This file was not stored. Choose it again.", "chosen", code="not-stored")
    check_fits(subject=subject, size=stored.size)
    if Attachment.objects.filter(**{kind_of(subject): subject}, sha256=stored.sha256).exists():
        raise Refusal(TWICE, "chosen", code="attached-already")


def _known(marking: str) -> str:
    if marking and marking not in Marking.values:
        raise Refusal("Choose a marking from the list.", "marking", code="invalid-choice")
    return marking


def plain_name(name: str) -> str:
    """Return the file's name without folders, control and direction characters, cut to its column. Raises Refusal."""
    name = PurePath(name.replace("\\", "/")).name
    plain = "".join(each for each in name if unicodedata.category(each) not in ("Cc", "Cf", "Zl", "Zp"))
    stem, dot, ending = " ".join(plain.split()).rpartition(".")
    if not (stem or ending):
        raise Refusal("This file has no name.", "chosen")
    return f"{stem[: longest(Attachment, 'name') - len(ending) - 1]}{dot}{ending}"


def mark_attachment(*, attachment: Attachment, marking: str, by: User | None, at: datetime.datetime) -> Attachment:
    """Change or remove a file's marking. Raises NotAllowed for the other side's file, Refusal for a withdrawn one."""
    with verb("mark_attachment", by=by, at=at, subject=record_of(attachment.subject)) as act:
        attachment = _own(attachment, by)
        if attachment.withdrawn_at:
            raise Refusal("This file is withdrawn, and stays as it is.", code="withdrawn")
        attachment.marking = _known(marking)
        return act.save(attachment)


def withdraw_attachment(*, attachment: Attachment, reason: str, by: User | None, at: datetime.datetime) -> Attachment:
    """Withdraw a file. It stays on record.

    Raises NotAllowed for the other side's file, Refusal without a reason or if it is withdrawn already.
    """
    with verb("withdraw_attachment", by=by, at=at, reason=reason, subject=record_of(attachment.subject)) as act:
        attachment = _own(attachment, by)
        return mark_withdrawn(
            act, attachment, needs="Say why the file is withdrawn.", twice="This file is withdrawn already."
        )


def _own(attachment: Attachment, by: User | None) -> Attachment:
    """Return the file, locked. Raises NotAllowed if the other side attached it."""
    attachment = Attachment.on_file.select_for_update().get(pk=attachment.pk)
    if by is not None and not may_change(by, attachment):
        raise NotAllowed("The other side attached this file. Only its people can change or withdraw it.")
    return attachment
