"""Verify that the bytes of each attached file match the SHA-256 in the audit trail, and what is stored about them."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery

from recommendations.domain.attachments import storage
from recommendations.domain.audit.verification import also, also_of_the_whole
from recommendations.models import Attachment, StoredFile


@also_of_the_whole
def check_files() -> Iterator[str]:
    """Read every stored file, including withdrawn ones, in chunks, and yield those that are missing or changed.

    Bytes removed from the record on purpose are not expected.
    """
    rows = Attachment.on_file.filter(removed_at__isnull=True).order_by("sha256", "pk")
    last, wrong = "", ""
    for pk, sha256 in rows.values_list("pk", "sha256").iterator():
        if sha256 != last:
            last, wrong = sha256, _wrong_with(sha256)
        if wrong:
            yield f"The attached file {pk}: {wrong}."


@also
def wrong_stored_files() -> Iterator[str]:
    """A line for each attached file whose row in the file store is missing, or has another size than it."""
    sizes = StoredFile.objects.filter(sha256=OuterRef("sha256")).values("size")
    rows = Attachment.on_file.filter(removed_at__isnull=True).annotate(stored=Subquery(sizes)).order_by("pk")
    wrong = rows.filter(Q(stored__isnull=True) | ~Q(stored=F("size")))
    for pk, size, stored in wrong.values_list("pk", "size", "stored"):
        said = "is missing" if stored is None else f"says {stored} bytes and not {size}"
        yield f"The attached file {pk}: its row in the file store {said}."


def _wrong_with(sha256: str) -> str:
    try:
        with storage.open_stored(sha256) as content:
            return "" if storage.digest_of(content) == sha256 else "its bytes were changed"
    except OSError:
        return "its bytes are missing"
