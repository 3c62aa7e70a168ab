"""What is published, brought in as import_response does it, gives the same parts: from each of its forms."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string

from recommendations.documents.pdf.render import press
from recommendations.documents.responses import form_text
from recommendations.documents.responses.response_pdf import response_document
from recommendations.documents.responses.response_text import plain_response
from recommendations.documents.responses.response_word import response_docx
from recommendations.domain.responses.text import ResponseItem, ResponseText
from recommendations.domain.responses.text_builders import KIND_WORDS
from recommendations.domain.text.markdown import Note, plain_paragraphs, plain_text
from recommendations.exchange.documents_in.addressees import find_addressees
from recommendations.exchange.documents_in.lines import read_lines
from recommendations.exchange.documents_in.responses.reading import read_response
from recommendations.exchange.documents_in.results import ReadResponse
from tests.documents.responses import samples
from tests.documents.responses.random_responses import random_response

ACTIONS = {"taken": "Action taken.", "proposed": "Action proposed.", "none": "No action.", "": ""}


def page(text: ResponseText) -> bytes:
    document = response_document(text, created_at=samples.AT)
    return render_to_string(document.template, {"document": document}).encode()


def pdf(text: ResponseText) -> bytes:
    return press(page(text).decode(), response_document(text, created_at=samples.AT).stylesheets)


FORMS = {
    ".txt": lambda text: plain_response(text).encode(),
    ".html": page,
    ".docx": lambda text: response_docx(text, by="Hannah Whitlock", at=samples.AT),
    ".pdf": pdf,
}


def read(text: ResponseText, suffix: str) -> ReadResponse:
    return read_response(read_lines(FORMS[suffix](text), f"response{suffix}"), text.report_on)


def expected(text: ResponseText) -> dict:
    """The parts of a response, in plain words."""
    narrative, notes = plain_paragraphs(form_text.markdown_of(text))
    return {
        "title": text.title,
        "inspectorate": text.inspectorate,
        "body": text.body_name,
        "published_on": text.report_on,
        "narrative": narrative,
        "footnotes": [(note.mark, note.text) for note in notes],
        "recommendations": [
            (item.kind, item.number, one(item.text), item.parts, addressees(item)) for item in text.items
        ],
        "comments": comments(text),
        "chief": one("\n\n".join(said.text for said in text.chief_officers if said.text)),
        "reply": plain_text(text.reply),
        "unplaced": (),
    }


def addressees(item: ResponseItem) -> tuple[str, ...]:
    return item.addressees or tuple(find_addressees(item.text))


def comments(text: ResponseText) -> list[tuple[list[int], str]]:
    """The places of the recommendations that each comment answers, and its words with what they explain."""
    found, places = [], {item.label: place for place, item in enumerate(text.items)}
    hosts = {item.label: said(text, item) for item in text.items if not item.with_label}
    for place, item in enumerate(text.items):
        if not item.with_label:
            also = [other for other, each in enumerate(text.items) if each.with_label == item.label]
            found.append(([place, *also], said(text, item)))
        elif own := said(text, item):
            opening = f"{hosts[item.with_label].partition('.')[0]}."
            found += [] if own == opening else [([places[item.label]], own)]
    return [comment for comment in found if comment[1]]


def said(text: ResponseText, item: ResponseItem) -> str:
    """What it explains, and the comment: bullets stay with the line that they stand under."""
    paragraphs = list(plain_paragraphs(form_text.comment_of(text, item.comment))[0])
    first = [ACTIONS[item.action], item.reason]
    if not item.reason and paragraphs and not re.match(r"•|\d+\. ", paragraphs[0]):
        first.append(paragraphs.pop(0))
    return "\n\n".join(filter(None, [" ".join(filter(None, first)), *paragraphs])).replace("\n\n•", "\n•")


def given(found: ReadResponse) -> dict:
    labels = [rec.label for rec in found.recommendations]
    return {
        "title": found.title,
        "inspectorate": found.inspectorate,
        "body": found.body,
        "published_on": found.published_on,
        "narrative": found.narrative,
        "footnotes": [(note.mark, note.text) for note in found.footnotes],
        "recommendations": [
            (rec.kind, rec.number, one(rec.text), rec.limbs, rec.addressees) for rec in found.recommendations
        ],
        "comments": [([labels.index(each) for each in comment.answers], comment.text) for comment in found.comments],
        "chief": one(found.chief_officer_comments),
        "reply": found.reply,
        "unplaced": found.unplaced,
    }


def one(text: str) -> str:
    """The words, whatever white space parts them."""
    return " ".join(text.split())


def numbered(number: str, **said) -> ResponseItem:
    return replace(samples.ITEMS[1], number=number, label=f"Recommendation {number}", **said)


UNSAID = numbered("2", with_label="Recommendation 1", action="", reason="")
SAMPLES = {
    "whole": samples.response(),
    "two forces": samples.response(
        forces=("Westmarch Police", "Eastvale Constabulary"), chief_officers=(samples.CHIEF, samples.SILENT)
    ),
    "correction": samples.response(number=2, correction="The number of calls in the second paragraph, " * 6),
    "corrected": samples.response(number=2, first_on=date(2026, 7, 1), published_on=date(2026, 9, 30)),
    "outside section 55": samples.response(is_stated=True, last_day=None),
    "late": samples.response(published_on=date(2026, 8, 30)),
    "bare": samples.response(markdown="", chief_officers=(), reply="", holder="", report_link=""),
    "nothing asked": samples.response(items=()),
    "brought in": samples.response(
        markdown="",
        narrative=("The level is substantial¹ (meaning *likely*).", "We ask:\n• for care; and\n• for words."),
        footnotes=(Note("1", "https://www.example.org/levels"),),
        items=(replace(samples.ITEMS[0], comment="We *do*.\n\nAnd [so] on:\n• one\n• two", also=()), samples.ITEMS[1]),
        general=(),
    ),
    "lists": samples.response(
        items=(
            numbered("1", reason="", comment="We will:\n\n1. look;\n2. ask."),
            numbered("2", reason="", comment="1. We should see.\n\nEnd."),
            numbered("3"),
            numbered("7.1", parts=("(a) one;", "(b) two.")),
            numbered("8787", comment="- first\n- second"),
        )
    ),
    "leads to a later one": samples.response(
        items=(
            numbered("1", with_label="AFI 11", reason="It is for others."),
            replace(samples.ITEMS[3], also=("Recommendation 1",)),
        )
    ),
    "answered elsewhere without a word": samples.response(
        items=(replace(samples.ITEMS[0], also=("Recommendation 2",)), UNSAID),
    ),
    "welsh": samples.response(
        title="Galwadau’r nos: adolygiad o’r ŵyl a’r ŷd",
        body_name="Comisiynydd Heddlu a Throseddu Dyfed-Powys",
        markdown="Mae’r heddlu’n ateb galwadau’n gyflym[^1]. Âi’r ŵyn i’r tŷ.\n\n[^1]: Ffynhonnell: yr ŵyl.",
    ),
}  # fmt: skip


# What the others read like as PDF and as Word file is asked in the soak.
MADE = {".pdf": ("whole",), ".docx": ("whole", "brought in", "welsh")}
CASES = [
    pytest.param(name, suffix, marks=() if name in MADE.get(suffix, SAMPLES) else pytest.mark.soak)
    for name in SAMPLES
    for suffix in FORMS
]


@pytest.mark.parametrize(("name", "suffix"), CASES)
def test_the_same_parts_come_back(name, suffix):
    text = SAMPLES[name]
    assert given(read(text, suffix)) == expected(text)


@pytest.mark.parametrize("kind", KIND_WORDS)
def test_each_kind_comes_back(kind):
    text = samples.response(title="Fit to serve", kind_words=KIND_WORDS[kind])
    found = read(text, ".txt")
    assert (found.kind, found.title) == (kind, "Fit to serve")


def differences(suffix: str, seeds: range) -> dict[int, list[str]]:
    """For each seed whose response comes back changed, the parts that differ."""
    found = {}
    for seed in seeds:
        text = random_response(seed)
        before, after = expected(text), given(read(text, suffix))
        if before != after:
            found[seed] = [part for part in before if before[part] != after[part]]
    return found


@pytest.mark.parametrize(("suffix", "count"), [(".txt", 20), (".html", 8), (".docx", 2), (".pdf", 1)])
def test_whatever_is_said_comes_back(suffix, count):
    assert differences(suffix, range(count)) == {}


@pytest.mark.soak
@pytest.mark.parametrize(("suffix", "count"), [(".txt", 2000), (".html", 2000), (".docx", 500), (".pdf", 100)])
def test_whatever_is_said_comes_back_many_times(suffix, count):
    assert differences(suffix, range(1000, 1000 + count)) == {}
