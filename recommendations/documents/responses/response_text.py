"""A response as plain text, in the published form: one paragraph a line, separated by empty lines.
import_response parses it back into the same parts (exchange/documents_in/responses/). Lists inside comments are
indented by two spaces, so that their numbers are not mistaken for those of recommendations.
"""

import re
from collections.abc import Iterator

from recommendations.documents.responses import form_text
from recommendations.documents.responses.response_pdf import paragraphs
from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from recommendations.domain.text.markdown import BULLET, plain_paragraphs
from recommendations.exchange.documents_in.recommendation_starts import read_limb

NUMBERED = re.compile(r"\d{1,4}\. ")
SET_IN = "  "
WHOLE_LINK = re.compile(r"https?://\S+")


def plain_response(text: ResponseText) -> str:
    """The whole response, ending with a newline."""
    return "\n\n".join(part for part in _parts(text) if part) + "\n"


def _parts(text: ResponseText) -> Iterator[str]:
    narrative, notes = plain_paragraphs(form_text.markdown_of(text))
    yield text.heading
    yield f"{form_text.FROM} {text.body_name}"
    yield "\n".join(f"{label}: {said}" for label, said in form_text.facts(text))
    yield from narrative
    for comment in text.general:
        yield f"{form_text.label(text)} {_one(form_text.comment_of(text, comment))}"
    for said in text.chief_officers:
        yield from _chief_officer(text, said)
    if text.reply.strip():
        yield form_text.reply_heading(text)
        yield _one(form_text.comment_of(text, text.reply))
    if text.items:
        yield form_text.RECOMMENDATIONS
    for item in text.items:
        yield from _item(text, item)
    if notes:
        yield form_text.NOTES
        yield from (f"{note.mark}. {_link(note.text)}" for note in notes)
    yield form_text.ABOUT
    yield f"{form_text.about_document(text)} {text.report_link}".strip()


def _one(markdown: str) -> str:
    return "\n\n".join(map(_indent, plain_paragraphs(markdown)[0]))


def _chief_officer(text: ResponseText, chief_officer: ChiefOfficer) -> Iterator[str]:
    yield form_text.chief_heading(text, chief_officer)
    if chief_officer.text:
        yield from paragraphs(chief_officer.text)
        yield f"{form_text.signature(chief_officer)} {form_text.AS_SUBMITTED}".strip()
    else:
        yield f"{form_text.NONE_SUBMITTED} {chief_officer.why}".strip()


def _item(text: ResponseText, item: ResponseItem) -> Iterator[str]:
    stem = paragraphs(item.text)
    if heading := form_text.heading(item):
        yield f"{item.label}: {heading}"
    else:
        yield f"{_number(item)} {stem.pop(0)}"
    yield from stem
    yield "\n".join(part if read_limb(part) else f"{BULLET} {part}" for part in item.parts)
    yield from (f"{label}: {said}" for label, said in form_text.deadline_and_addressees(item))
    if not form_text.says_nothing(item):
        said = list(map(_indent, form_text.answer_paragraphs(text, item)))
        yield f"{form_text.label(text)} {said[0].strip()}"
        yield from said[1:]
    elif text.published_on is None:
        yield f"{form_text.label(text)} {form_text.UNWRITTEN}"


def _number(item: ResponseItem) -> str:
    """ "1." as in the published form; other numbers are printed with their label."""
    return f"{item.number}." if form_text.hung(item).isdigit() else f"{item.label}:"


def _indent(paragraph: str) -> str:
    return f"{SET_IN}{paragraph}" if NUMBERED.match(paragraph) else paragraph


def _link(note: str) -> str:
    return f"<{note}>" if WHOLE_LINK.fullmatch(note) else note
