"""Files on records, made as the pages make them: stored first, then attached."""

import datetime
import io

from recommendations.domain.attachments.attachments import attach, store_file
from recommendations.models import Attachment, StoredFile
from tests.conftest import AT

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


def make_stored(
    content: bytes = PDF, text: str = "", *, at: datetime.datetime = AT, is_read_whole: bool = True
) -> StoredFile:
    return store_file(content=io.BytesIO(content), text=text, at=at, is_read_whole=is_read_whole)


def make_file(
    subject, name: str = "audit.pdf", content: bytes = PDF, *, text="", by=None, at=AT, **facts
) -> Attachment:
    """`content` attached to `subject` under `name`, with the text that search finds in it."""
    return attach(subject=subject, name=name, stored=make_stored(content, text, at=at), by=by, at=at, **facts)
