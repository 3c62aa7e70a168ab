"""Minutes and papers of a meeting: stored unchanged, withdrawn with a reason."""

import datetime
import hashlib

from recommendations.domain.writing.input_checks import MEDIA_TYPES, short
from recommendations.domain.writing.records import mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import IssuedFile, Meeting, MeetingFile, User
from recommendations.trail import verb

MOST_BYTES = 20 * 1024 * 1024


def attach_file(
    *, meeting: Meeting, kind: str, name: str, content: bytes, by: User | None, at: datetime.datetime
) -> MeetingFile:
    """Attach a file to a meeting.

    Raises Refusal for an empty file, one that is too large or of another type, and for a duplicate.
    """
    with verb("attach_meeting_file", by=by, at=at, subject=meeting) as act:
        name = short(name, model=IssuedFile, field="name", empty="Choose a file.")
        media_type = _media_type(name)
        if not content:
            raise Refusal("This file is empty.", "document", code="empty-file")
        if len(content) > MOST_BYTES:
            raise Refusal("This file is larger than 20 MB.", "document")
        sha256 = hashlib.sha256(content).hexdigest()
        if MeetingFile.objects.filter(meeting=meeting, file__sha256=sha256).exists():
            raise Refusal("This file is attached already.", "document", code="attached-already")
        kept = IssuedFile(name=name, media_type=media_type, sha256=sha256, content=content, issued_at=at)
        facts = {"kind": kind, "file": act.save(kept), "recorded_at": at, "recorded_by": by}
        return act.save(MeetingFile(meeting=meeting, **facts))


def _media_type(name: str) -> str:
    suffix = f".{name.rpartition('.')[2].lower()}"
    if suffix not in MEDIA_TYPES:
        raise Refusal("Choose a PDF, a Word document (.docx) or a text file (.txt).", "document", code="wrong-format")
    return MEDIA_TYPES[suffix]


def withdraw_meeting_file(*, file: MeetingFile, reason: str, by: User | None, at: datetime.datetime) -> MeetingFile:
    """Withdraw a file attached by mistake. Raises Refusal without a reason, or if it is withdrawn already."""
    with verb("withdraw_meeting_file", by=by, at=at, reason=reason.strip(), subject=file.meeting) as act:
        file = MeetingFile.on_file.select_for_update().get(pk=file.pk)
        return mark_withdrawn(
            act, file, needs="Say why the file is withdrawn.", twice="This file is withdrawn already."
        )
