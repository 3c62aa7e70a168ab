"""Downloads of uploaded files; browsers save them rather than open them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from recommendations.enums.security import SecurityEventKind
from recommendations.exchange.readers.scanner import Scan, scan
from recommendations.models import IssuedFile
from recommendations.sign_in.events import note
from recommendations.views.register.exports import file_answer
from recommendations.views.site.requests import AuthenticatedRequest


def issued_file_response(request: AuthenticatedRequest, file: IssuedFile) -> HttpResponse:
    """The file's bytes after scanning; if the scanner refuses, a page that says why (409 or 503)."""
    content = bytes(file.content)
    looked = scan(content)
    if looked.refusal:
        return quarantine_response(request, file.name, looked)
    if request.method != "HEAD":
        note(request, SecurityEventKind.FILE_TAKEN, by=request.user, detail=file.name)
    answer = file_answer("", file.media_type, b"" if request.method == "HEAD" else content)
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    return answer


def quarantine_response(request: AuthenticatedRequest, name: str, result: Scan) -> HttpResponse:
    """The page that says why the scanner no longer, or not yet, lets a file through."""
    context = {"name": name, "is_silent": result.is_silent}
    return render(request, "site/quarantined.html", context, status=503 if result.is_silent else 409)
