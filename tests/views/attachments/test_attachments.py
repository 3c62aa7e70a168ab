"""Files on the pages of records: attached one by one, refused with why, given out to be saved, withdrawn, taken out."""

import csv
import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.attachments import storage
from recommendations.domain.attachments.attachments import EMPTY, TWICE, withdraw_attachment
from recommendations.domain.attachments.queries import title_of
from recommendations.domain.audit.verbs import VERBS
from recommendations.domain.register import closures, voices
from recommendations.enums.security import SecurityEventKind
from recommendations.exchange.readers.package import DAMAGED
from recommendations.exchange.readers.sandbox import read_text
from recommendations.exchange.readers.scanner import INFECTED
from recommendations.exchange.readers.upload_gate import ATTACHED, NOT_ITS_NAME, NOT_TAKEN
from recommendations.models import Attachment, SecurityEvent, StoredFile
from recommendations.views.attachments.bringing import NOT_STORED
from recommendations.views.attachments.downloads import LOST
from tests.conftest import AT
from tests.exchange.readers.clamd import EICAR, running
from tests.makers.attachments import PDF, make_file
from tests.per_module import per_module
from tests.views.hooks import wrong

FOUND = INFECTED.format(found="Eicar-Test-Signature")


@per_module
def update(tracked, force_lead):
    return voices.log_force_update(tracked=tracked, done="Bells are tested.", by=force_lead, at=AT)


@per_module
def closure(tracked, force_lead):
    facts = {"outcome": "implemented", "reason": "Done.", "by": force_lead, "at": AT}
    return closures.request_closure(tracked=tracked, **facts)


@pytest.fixture
def scanner(settings):
    with running() as settings.CLAMD:
        yield


def word(text: str) -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.core_properties.author = "Rae Reader"
    document.save(made)
    return made.getvalue()


def brought(**files: bytes) -> list[SimpleUploadedFile]:
    """Files by their names, with an underscore for the dot."""
    return [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]


def send(client, subject, kind: str, **sent):
    accept = {"HTTP_ACCEPT": "application/json"} if sent.pop("script", False) else {}
    page = client.get(reverse("files", args=[kind, subject.pk]))
    once = page.context["form"]["once"].value()
    return client.post(reverse("attach_files", args=[kind, subject.pk]), {"once": once} | sent, **accept)


def errors(answer) -> list[str]:
    return [each.text() for each in LexborHTMLParser(answer.content.decode()).css(".govuk-error-summary__list a")]


def names() -> list[str]:
    return list(Attachment.objects.values_list("name", flat=True))


def test_three_files_and_one_of_them_infected(scanner, sign_in, force_lead, closure, tracked):
    files = brought(audit_pdf=PDF, notes_docx=word("Dip sample of custody records"), eicar_txt=EICAR)
    client = sign_in(force_lead)
    answer = send(client, closure, "closure", chosen=files, marking="official")
    assert (answer.status_code, errors(answer)) == (422, [f"eicar.txt: {FOUND}"])
    assert (answer.context["attached"], names()) == ("2 files attached.", ["audit.pdf", "notes.docx"])
    assert [(each.marking, each.recorded_by) for each in Attachment.objects.all()] == [("official", force_lead)] * 2
    stored = StoredFile.objects.in_bulk()
    pdf, notes = (stored[each.sha256] for each in Attachment.objects.all())
    assert (pdf.text, pdf.is_read_whole, notes.is_read_whole) == ("", False, True)
    assert [line for line in notes.text.split("\n") if line in ("Dip sample of custody records", "Rae Reader")] == [
        "Dip sample of custody records",
        "Rae Reader",
    ]
    page = LexborHTMLParser(client.get(tracked.get_absolute_url()).content.decode())
    assert [each.text() for each in page.css(".app-event .app-files a")] == ["audit.pdf", "notes.docx"]
    assert len(page.css("a[href$='files.zip'][download]")) == 1
    files = client.get(f"{tracked.get_absolute_url()}?tab=files").context["tab"]
    assert (files.number, {where for _, where in files.content.lines}) == (2, {title_of(closure)})


def test_the_script_is_answered_file_by_file(sign_in, force_lead, update):
    client = sign_in(force_lead)
    sent = {"kind": "force-update", "script": True}
    assert send(client, update, chosen=brought(a_pdf=PDF), **sent).json() == {"attached": ["a.pdf"], "errors": []}
    refused = send(client, update, chosen=brought(a_exe=b"MZ"), **sent)
    assert (refused.status_code, refused.json()["attached"]) == (422, [])
    assert refused.json()["errors"] == [f"a.exe: {NOT_TAKEN}"]


def test_what_is_wrong_is_said_of_each_file_and_the_form_comes_back(sign_in, force_lead, update, settings):
    client = sign_in(force_lead)
    nothing = send(client, update, "force-update", marking="sensitive")
    assert (nothing.status_code, wrong(nothing), nothing.context["form"]["marking"].value()) == (
        422,
        ["chosen"],
        "sensitive",
    )
    files = brought(page_pdf=b"<html>", empty_txt=b"", table_xlsx=b"PK\x03\x04", photo_png=b"\xff\xd8\xff", x_pdf=PDF)
    pdf, png = (NOT_ITS_NAME.format(suffix=suffix, article=ATTACHED[suffix]) for suffix in (".pdf", ".png"))
    assert errors(send(client, update, "force-update", chosen=files)) == [
        f"page.pdf: {pdf}",
        f"empty.txt: {EMPTY}",
        f"table.xlsx: {DAMAGED}",
        f"photo.png: {png}",
    ]
    again = send(client, update, "force-update", chosen=brought(x_pdf=PDF))
    assert errors(again) == [f"x.pdf: {TWICE}"]


def test_a_form_that_is_sent_twice_attaches_once(sign_in, force_lead, update):
    client, to = sign_in(force_lead), reverse("attach_files", args=["force-update", update.pk])
    for _ in range(2):
        assert client.post(to, {"once": "abc", "chosen": brought(a_pdf=PDF)}).status_code == 302
    assert names() == ["a.pdf"]


def test_files_come_with_what_is_recorded(scanner, sign_in, force_lead, tracked):
    client, to = sign_in(force_lead), reverse("request_closure", args=[tracked.pk])
    words = {"outcome": "implemented", "reason": "Done.", "version": tracked.version}
    nothing = client.post(to, {"chosen": brought(a_pdf=PDF)})
    assert (wrong(nothing), nothing.context["files_form"].again, names()) == (["outcome", "reason"], True, [])
    sent = words | {"chosen": brought(a_pdf=PDF, eicar_txt=EICAR), "marking": "official"}
    answer = client.post(to, sent, follow=True)
    made = Attachment.objects.get()
    assert (made.name, made.marking, made.closure.tracked) == ("a.pdf", "official", tracked)
    assert answer.redirect_chain == [(reverse("files", args=["closure", made.closure.pk]), 302)]
    assert [(str(each.level_tag), each.message) for each in answer.context["messages"]][1:] == [
        ("success", "a.pdf attached."),
        ("error", f"eicar.txt is not attached: {FOUND}"),
    ]
    told = {"done": "Bells are tested.", "stage": "in_progress", "chosen": brought(log_txt=b"log"), "version": 2}
    to = reverse("log_force_update", args=[tracked.pk])
    assert client.post(to, told).url.startswith(tracked.get_absolute_url())
    assert Attachment.objects.last().update.done == "Bells are tested."


def test_a_store_that_takes_nothing_is_told_and_nothing_is_attached(sign_in, force_lead, update, monkeypatch):
    def refuses(*_):
        raise ConnectionError("refused")

    monkeypatch.setattr(storage, "store_content", refuses)
    answer = send(sign_in(force_lead), update, "force-update", chosen=brought(a_pdf=PDF))
    assert errors(answer) == [f"a.pdf: {NOT_STORED}"]
    assert names() == []


def test_a_file_is_saved_and_never_opened_in_our_pages(sign_in, officer, update):
    client, made = sign_in(officer), make_file(update, "Übersicht “1”.pdf")
    answer = client.get(reverse("file", args=[made.pk]))
    assert (answer.status_code, answer.getvalue()) == (200, PDF)
    headers = ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control", "Content-Length")
    assert [answer[each] for each in headers] == [
        "application/octet-stream",
        "nosniff",
        "default-src 'none'; sandbox",
        "private, no-store",
        str(len(PDF)),
    ]
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%9Cbersicht")
    assert client.head(reverse("file", args=[made.pk])).content == b""
    assert list(SecurityEvent.objects.filter(kind=SecurityEventKind.FILE_TAKEN).values_list("detail")) == [
        ("Übersicht “1”.pdf",)
    ]


def test_what_became_infected_or_lost_is_not_given_out(sign_in, officer, update, settings):
    client, bad = sign_in(officer), make_file(update, "eicar.txt", EICAR)
    lost = make_file(update, "lost.txt", b"lost")
    storage.remove(lost.sha256)
    with running() as settings.CLAMD:
        assert client.get(reverse("file", args=[bad.pk])).status_code == 409
        missing = client.get(reverse("file", args=[lost.pk]))
        packed = client.get(reverse("tracked_files", args=[update.tracked.pk])).getvalue()
    assert (missing.status_code, missing.context["file"]) == (503, lost)
    assert EICAR not in packed
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        rows = list(csv.reader(package.read("files.csv").decode("utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["file", "eicar.txt", "lost.txt"]
    assert [row[-1][:30] for row in rows[1:]] == [FOUND[:30], LOST[:30]]


def test_a_record_that_is_taken_with_its_files_is_a_security_event(sign_in, force_lead, update, tracked):
    make_file(update, "audit.pdf", by=force_lead)
    client, address = sign_in(force_lead), reverse("tracked_files", args=[tracked.pk])
    client.head(address)
    client.get(address).getvalue()
    events = SecurityEvent.objects.filter(kind=SecurityEventKind.FILE_TAKEN)
    assert list(events.values_list("by", "detail")) == [(force_lead.pk, "wm-0001.zip, files: 1")]


@pytest.mark.soak
def test_a_record_is_taken_out_with_its_files(sign_in, force_lead, update, closure, tracked):
    make_file(update, "audit.pdf", by=force_lead)
    make_file(update, "audit.pdf", PDF + b" ", by=force_lead)
    make_file(closure, "=cmd.txt", b"text", by=force_lead, marking="sensitive")
    answer = sign_in(force_lead).get(reverse("tracked_files", args=[tracked.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="wm-0001.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as package:
        assert package.testzip() is None
        folder = "Force update, 7 November 2026"
        assert package.namelist() == [
            "wm-0001.docx",
            f"{folder}/audit.pdf",
            f"{folder}/audit (2).pdf",
            "Request to close, 7 November 2026/=cmd.txt",
            "files.csv",
        ]
        assert package.read(f"{folder}/audit (2).pdf") == PDF + b" "
        rows = list(csv.reader(package.read("files.csv").decode("utf-8-sig").splitlines()))
    assert rows[3][1:4] == ["Request to close, 7 November 2026", "OFFICIAL-SENSITIVE", "4"]


def test_marking_and_withdrawing(sign_in, force_lead, officer, update, tracked):
    made, client = make_file(update, by=force_lead), sign_in(force_lead)
    back = reverse("files", args=["force-update", update.pk])
    assert client.post(reverse("mark_file", args=[made.pk]), {"marking": "sensitive"}).url == back
    assert client.post(reverse("withdraw_file", args=[made.pk]), {}).status_code == 422
    assert client.post(reverse("withdraw_file", args=[made.pk]), {"reason": "Of another force."}).url == back
    page = client.get(back).content.decode()
    assert ("Of another force." in page, "<del>audit.pdf</del>" in page, reverse("file", args=[made.pk]) in page) == (
        True,
        True,
        False,
    )
    assert client.get(reverse("file", args=[made.pk])).status_code == 404
    history = client.get(reverse("history", args=["tracked", tracked.pk]))
    verbs = [line.verb for line in history.context["lines"] if "ile" in line.verb]
    assert verbs == [VERBS[each] for each in ("withdraw_attachment", "mark_attachment", "attach")]


def test_the_words_of_a_large_file_are_read_from_the_disk():
    file = TemporaryUploadedFile("notes.txt", "text/plain", 0, None)
    file.write(b"examiners\n" * 3)
    file.flush()
    assert read_text(file) == ("\n".join(["examiners"] * 3), True)
    assert read_text(SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n")) == ("", False)
    assert read_text(SimpleUploadedFile("a.docx", b"PK\x03\x04 broken")) == ("", False)
    file.close()


def test_the_page_of_a_record_costs_the_same_for_one_file_and_for_more(
    sign_in, officer, update, tracked, django_assert_max_num_queries
):
    client, costs = sign_in(officer), []
    for number in range(3):
        make_file(update, f"{number}.txt", b"x" * (number + 1))
        with django_assert_max_num_queries(100) as asked:
            client.get(tracked.get_absolute_url())
        costs.append(len(asked))
    assert costs[0] == costs[1] == costs[2]
    last = Attachment.objects.last()
    withdraw_attachment(attachment=last, reason="No.", by=None, at=AT)
    assert [
        line.file.pk
        for line in client.get(tracked.get_absolute_url()).context["files"].of("update", update.pk, None).lines
    ] == [each.pk for each in Attachment.objects.all()]
