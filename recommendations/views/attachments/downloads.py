"""Downloads of attachments: one file, saved rather than opened by browsers, or a record with all its files as a .zip"""

import datetime
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recommendations import trail
from recommendations.documents.formats.csv_file import csv_bytes
from recommendations.documents.formats.zip_stream import ZipPart, stream_zip
from recommendations.documents.register.word import recommendation_docx
from recommendations.domain.attachments import storage
from recommendations.domain.attachments.queries import files_of, title_of
from recommendations.enums.security import SecurityEventKind
from recommendations.exchange.readers.scanner import scan
from recommendations.models import Attachment, TrackedRecommendation
from recommendations.permissions import May, allow
from recommendations.sign_in.events import note
from recommendations.views.attachments.attachments import visible_file
from recommendations.views.attachments.brought_files import quarantine_response
from recommendations.views.register.word_export import recommendation_paper
from recommendations.views.site.requests import AuthenticatedRequest

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}
LOST, REMOVED = "the store of files does not give it", "its bytes were removed from the record"
INDEX = ("file", "attached to", "marking", "bytes", "SHA-256", "attached by", "attached at (UTC)", "not included")


@require_safe
@allow(May.SEE_REGISTER)
def file(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """Download a file after scanning it, with a content type that browsers do not display."""
    found = visible_file(request.user, pk)
    if found.withdrawn_at or found.removed_at:
        raise Http404
    if request.method == "HEAD":
        return _set_download_headers(HttpResponse(content_type="application/octet-stream"), found.name)
    content = _open_content(found)
    if content is None:
        return render(request, "attachments/missing.html", {"file": found}, status=503)
    looked = scan(content)
    if looked.refusal:
        content.close()
        return quarantine_response(request, found.name, looked)
    content.seek(0)
    note(request, SecurityEventKind.FILE_TAKEN, by=request.user, detail=found.name)
    answer = FileResponse(content, content_type="application/octet-stream")
    answer.block_size = storage.CHUNK
    return _set_download_headers(answer, found.name)


def _set_download_headers(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    for header, value in HEADERS.items():
        answer[header] = value
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _open_content(attachment: Attachment) -> IO[bytes] | None:
    """The bytes as an open file, or None if the store cannot deliver them."""
    try:
        return storage.open_stored(attachment.sha256)
    except Exception:  # each storage backend has its own errors
        return None


@require_safe
@allow(May.SEE_REGISTER)
def tracked_files(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """A recommendation as a Word document, its files and an index of them, as one streamed .zip."""
    seen = TrackedRecommendation.objects.visible_to(request.user).with_record()
    found = get_object_or_404(seen.select_related("recommendation__cause"), pk=pk)
    name = slugify(found.reference) or "recommendation"
    if request.method == "HEAD":
        return _set_download_headers(HttpResponse(content_type="application/zip"), f"{name}.zip")
    at = timezone.now()
    word = recommendation_docx(recommendation_paper(found, by=request.user, at=at))
    files = files_of(found, request.user)
    trail.record(by=request.user, at=at, verb="export_tracked_files", subject=found)
    note(request, SecurityEventKind.FILE_TAKEN, by=request.user, detail=f"{name}.zip, files: {len(files)}")
    parts = _parts(f"{name}.docx", word, files, at)
    return _set_download_headers(
        StreamingHttpResponse(stream_zip(parts), content_type="application/zip"), f"{name}.zip"
    )


def _parts(name: str, word: bytes, files: list[Attachment], at: datetime.datetime) -> Iterator[ZipPart]:
    yield ZipPart(name, at, [word])
    rows: list[tuple[str, Attachment, str]] = []
    taken: set[str] = set()
    for each in files:
        content, why_not = _content_or_reason(each)
        place = "" if why_not else _free_name(each, taken)
        rows.append((place or each.name, each, why_not))
        if content is not None:
            with content:
                yield ZipPart(place, each.recorded_at, storage.chunks_of(content))
    yield ZipPart("files.csv", at, [_index(rows)])


def _content_or_reason(each: Attachment) -> tuple[IO[bytes] | None, str]:
    """The open file and "", or None and the reason why it is left out."""
    if each.removed_at:
        return None, REMOVED
    if (content := _open_content(each)) is None:
        return None, LOST
    if refusal := scan(content).refusal:
        content.close()
        return None, refusal
    return content, ""


def _free_name(each: Attachment, names: set[str]) -> str:
    """A unique name in the archive: the title of the record that it is attached to as folder, and the file's name."""
    folder, plain = title_of(each.subject).replace("/", "-"), PurePath(each.name)
    name, number = f"{folder}/{plain}", 1
    while name.casefold() in names:
        number += 1
        name = f"{folder}/{plain.stem} ({number}){plain.suffix}"
    names.add(name.casefold())
    return name


def _index(rows: list[tuple[str, Attachment, str]]) -> bytes:
    return csv_bytes(INDEX, (_index_row(*row) for row in rows))


def _index_row(place: str, attachment: Attachment, why_not: str) -> tuple[object, ...]:
    who = attachment.recorded_by.name if attachment.recorded_by else ""
    what = (title_of(attachment.subject), attachment.get_marking_display(), attachment.size, attachment.sha256)
    return (place, *what, who, f"{attachment.recorded_at:%Y-%m-%d %H:%M:%S}", why_not)
