"""A round’s sheet by page: taken out, filled in, sent and brought in."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.rounds.sheets import HEADINGS
from tests.views.form_of import fields_among


def downloaded(client, asked):
    answer = client.get(reverse("round_sheet", args=[asked.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="updates-westmarch-november.xlsx"'
    return load_workbook(io.BytesIO(answer.content))


def downloaded_as(client, asked):
    return load_workbook(io.BytesIO(client.get(reverse("round_sheet", args=[asked.pk])).content))


def fill(book, row: int, **words):
    """Fill in a row of the table, counted from 1, by heading key."""
    for key, value in words.items():
        book.active.cell(row + 2, list(HEADINGS).index(key) + 1).value = value
    return book


def upload(client, asked, book, name="from Westmarch.xlsx"):
    out = io.BytesIO()
    book.save(out)
    return send(client, asked, out.getvalue(), name)


def send(client, asked, data: bytes, name: str):
    return client.post(
        reverse("bring_in_round_sheet", args=[asked.pk]), {"document": SimpleUploadedFile(name, data)}, follow=True
    )


def page_of(answer) -> LexborHTMLParser:
    return LexborHTMLParser(answer.content.decode())


def words(page, selector) -> list[str]:
    return [" ".join(each.text().split()) for each in page.css(selector)]


def bring_in(client, answer, **more):
    """Press the button of the page that was shown."""
    form = page_of(answer).css_first("main form")
    return client.post(form.attributes["action"], fields_among(form.css("[name]")) | more, follow=True)


def outcomes(page) -> list[tuple]:
    """Each row's reference and what happens to it."""
    return list(zip(words(page, "tbody th"), words(page, ".app-sheet__word"), strict=True))
