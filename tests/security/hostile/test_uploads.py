"""Every file from outside is what its name says, and is scanned where the office has a scanner."""

import io
import zipfile
from importlib import import_module
from pkgutil import walk_packages

import docx
import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations import forms
from recommendations.exchange.readers.scanner import NOT_SCANNED, SILENT, scan
from recommendations.exchange.readers.upload_gate import (
    ATTACHED,
    NOT_TAKEN,
    problem_of,
    problem_of_attached,
    upload_in_memory,
)
from recommendations.forms.site.fields import UploadField
from recommendations.models import IssuedFile, MeetingFile
from tests.exchange.readers.clamd import EICAR, running
from tests.faults.mail_server import free_port
from tests.makers.panels import make_channel, make_meeting
from tests.views.conftest import sign_in

__all__ = ["sign_in"]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
OK = ""


def word(**parts: bytes) -> bytes:
    """A Word document, with parts of these names besides (two underscores for a slash, one for a dot)."""
    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made, "a") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def macro_enabled() -> bytes:
    """A .docm under the name of a .docx: no macro in it, but Word would run one."""
    made, plain = io.BytesIO(), io.BytesIO(word())
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
            after.writestr(name, before.read(name).replace(main, macros))
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


PROGRAM = "This file is a program, whatever its name says. It is not taken."
MACROS = "This file has macros in it. Open it, save it without macros as .docx and bring that in."
NO_PDF = "This file's name ends in .pdf but it is not a PDF. Check the file, and choose another."
NO_WORD = "This file's name ends in .docx but it is not a Word document. Check the file, and choose another."
NO_TEXT = "This file's name ends in .txt but it is not text. Check the file, and choose another."
DAMAGED = "This file is damaged, or it is not what its name says. Open it, save it again and bring that in."
OLD = "This is an old Word document, or one with a password. Open it in Word, save it as .docx and choose that."
CARRIES = "This file carries a program in it ({}). Remove it, save the file and bring it in again."
FILES = {
    "an honest PDF": (PDF, "minutes.pdf", OK),
    "an honest document": (word(), "minutes.docx", OK),
    "an honest text": ("Agreed: café.".encode(), "minutes.txt", OK),
    "MZ named .docx": (b"MZ\x90\x00" + b"\0" * 500, "exe.docx", PROGRAM),
    "MZ named .pdf": (b"MZ\x90\x00", "a.pdf", PROGRAM),
    "ELF named .txt": (b"\x7fELF\x02", "a.txt", PROGRAM),
    "a script named .txt": (b"#!/bin/sh\nid", "a.txt", PROGRAM),
    "HTML named .pdf": (b"<html><script>alert(1)</script>", "page.pdf", NO_PDF),
    "a PDF that is a zip file": (PDF + zipped(a=b"x"), "a.pdf", NO_PDF),
    "a PDF named .docx": (PDF, "a.docx", NO_WORD),
    "a zip file named .docx": (zipped(a=b"x"), "a.docx", DAMAGED),
    "a broken document": (word()[:-200], "a.docx", DAMAGED),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.docx", OLD),
    "a macro": (word(word__vbaProject_bin=b"x"), "a.docx", MACROS),
    "a document that would run macros": (macro_enabled(), "a.docx", MACROS),
    "a program in a document": (
        word(word__embeddings__run_exe=b"x"),
        "a.docx",
        CARRIES.format("word/embeddings/run.exe"),
    ),
    "a program by another name": (
        word(word__embeddings__ole_bin=b"MZ\x90"),
        "a.docx",
        CARRIES.format("word/embeddings/ole.bin"),
    ),
    "a picture named .txt": (b"\x89PNG\r\n\x1a\n", "a.txt", NO_TEXT),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_is_what_its_name_says_or_is_refused(what):
    content, name, problem = FILES[what]
    assert problem_of(content, name) == problem


def test_a_file_of_another_kind_is_not_attached():
    assert [*ATTACHED] == [".pdf", ".docx", ".txt", ".xlsx", ".pptx", ".csv", ".png", ".jpg", ".jpeg"]
    others = ["a.svg", "a.html", "a.js", "a.zip", "a.docm", "a.xls", "a.pdf.exe", "pdf"]
    assert {problem_of_attached(upload_in_memory(b"<svg/>", name), name) for name in others} == {NOT_TAKEN}


def fields() -> dict[str, django_forms.Field]:
    """Every field of every form that takes a file."""
    modules = [import_module(each.name) for each in walk_packages(forms.__path__, "recommendations.forms.")]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    found = [kind for kind in kinds if issubclass(kind, django_forms.BaseForm) and hasattr(kind, "base_fields")]
    return {
        f"{kind.__name__}.{name}": field
        for kind in found
        for name, field in kind.base_fields.items()
        if isinstance(field, django_forms.FileField)
    }


def test_every_form_that_takes_a_file_has_the_gate():
    found = fields()
    assert len(found) >= 8
    without = {name for name, field in found.items() if not isinstance(field, UploadField)}
    assert without == {"GalleryForm.document"}  # an example of how a field looks, which takes nothing


@pytest.fixture
def scanner(settings):
    with running() as address:
        settings.CLAMD = address
        yield


@pytest.fixture
def silent(settings):
    settings.CLAMD = f"tcp://127.0.0.1:{free_port()}"


@pytest.fixture
def meeting(westmarch, officer):
    return make_meeting(make_channel(westmarch))


def attach(client, meeting, content: bytes, name: str):
    sent = {"kind": "minutes", "document": SimpleUploadedFile(name, content)}
    return client.post(reverse("attach_meeting_file", args=[meeting.pk]), sent)


FOUND = "The virus scanner found Eicar-Test-Signature in this file."


@pytest.mark.parametrize(
    ("content", "name"),
    [(EICAR, "eicar.txt"), (word(word__media__eicar_txt=EICAR), "eicar.docx"), (PDF + EICAR, "eicar.pdf")],
)
def test_an_infected_file_is_refused(scanner, sign_in, officer, meeting, content, name):
    client = sign_in(officer)
    refused = attach(client, meeting, content, name)
    assert (refused.status_code, FOUND in refused.content.decode()) == (422, True)
    assert IssuedFile.objects.count() == 0
    assert attach(client, meeting, PDF, "minutes.pdf").status_code == 302


def test_a_zipped_one_is_found_too(scanner):
    assert scan(zipped(a=EICAR)).refusal.startswith(FOUND)
    assert problem_of(zipped(a=EICAR), "register.xlsx").startswith(FOUND)


def test_while_the_scanner_is_silent_nothing_is_taken_in_and_nothing_given_out(
    silent, sign_in, officer, meeting, settings
):
    was, settings.CLAMD = settings.CLAMD, ""
    client = sign_in(officer)
    attach(client, meeting, PDF, "minutes.pdf")
    settings.CLAMD = was
    refused = attach(client, meeting, PDF + b" ", "more.pdf")
    assert (refused.status_code, SILENT in refused.content.decode()) == (422, True)
    waits = client.get(reverse("meeting_file", args=[meeting.pk, MeetingFile.objects.get().pk]))
    assert (waits.status_code, "waits to be scanned" in waits.content.decode()) == (503, True)


def test_what_came_before_there_was_a_scanner_is_scanned_when_it_is_taken(sign_in, officer, meeting, settings):
    client = sign_in(officer)
    attach(client, meeting, EICAR, "eicar.txt")
    attach(client, meeting, PDF, "minutes.pdf")
    infected, clean = [
        reverse("meeting_file", args=[meeting.pk, each.pk]) for each in MeetingFile.objects.order_by("pk")
    ]
    with running() as settings.CLAMD:
        refused, given = client.get(infected), client.get(clean)
        assert client.head(infected).status_code == 409
    assert (refused.status_code, "This file is infected" in refused.content.decode()) == (409, True)
    assert EICAR not in refused.content
    assert (given.status_code, given.content) == (200, PDF)


def test_where_nobody_scans_the_page_says_so(sign_in, officer, meeting, settings):
    client, page = sign_in(officer), reverse("attach_meeting_file", args=[meeting.pk])
    assert NOT_SCANNED in client.get(page).content.decode()
    settings.CLAMD = "tcp://127.0.0.1:3310"
    assert NOT_SCANNED not in client.get(page).content.decode()
