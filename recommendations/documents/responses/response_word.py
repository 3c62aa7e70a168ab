"""A response as a Word document, for those who comment in Word: text, order and numbers as in the PDF.
Footnotes are a section at the end, as in the PDF; their marks are superscript.
"""

import datetime
from collections.abc import Iterable, Sequence

from recommendations.documents.formats.docx import WordFile
from recommendations.documents.formats.export_cover import ExportCover
from recommendations.documents.responses import form_text
from recommendations.documents.responses.response_pdf import paragraphs
from recommendations.domain.responses.text import ChiefOfficer, ResponseItem, ResponseText
from recommendations.domain.text.markdown import BULLET, MarkdownBlock, TextRun, blocks_of
from recommendations.exchange.documents_in.recommendation_starts import read_limb
from recommendations.periods import london_day

DRAFT = "DRAFT: not published. It can change until it is approved and published."


def response_docx(text: ResponseText, *, by: str, at: datetime.datetime) -> bytes:
    """The document of a response, exported at `at` (UTC) by `by`."""
    file = WordFile(_cover(text, by, at))
    if text.published_on is None:
        file.say_in([TextRun(DRAFT, strong=True)])
    file.say_in([TextRun(f"{form_text.FROM} ", strong=True), TextRun(text.body_name)])
    file.facts(form_text.facts(text))
    narrative, notes = blocks_of(form_text.markdown_of(text))
    _write(file, narrative)
    for comment in text.general:
        _write(file, _with_label(text, blocks_of(form_text.comment_of(text, comment))[0]))
    for said in text.chief_officers:
        _chief_officer(file, text, said)
    if text.reply.strip():
        file.heading(form_text.reply_heading(text))
        _write(file, blocks_of(form_text.comment_of(text, text.reply))[0])
    if text.items:
        file.heading(form_text.RECOMMENDATIONS)
    for item in text.items:
        _item(file, text, item)
    if notes:
        file.heading(form_text.NOTES)
    for note in notes:
        first, *further = note.blocks
        file.listed([TextRun(f"{note.mark}."), *first.runs], 0)
        _write(file, further)
    file.heading(form_text.ABOUT)
    link = [TextRun(" "), TextRun(text.report_link, link=text.report_link)] if text.report_link else []
    file.say_in([TextRun(form_text.about_document(text)), *link])
    return file.bytes()


def _cover(text: ResponseText, by: str, at: datetime.datetime) -> ExportCover:
    return ExportCover(
        office=text.body_name,
        title=text.heading,
        asked=(),
        order="",
        rows=len(text.items),
        as_at=london_day(at),
        at=at,
        by=by,
        trail_count=0,
        trail_head="",
        marking=text.marking,
    )


def _write(file: WordFile, blocks: Iterable[MarkdownBlock], level: int = 1) -> None:
    """Write Markdown blocks as Word elements: headings from `level`, lists, quotations, paragraphs."""
    for block in blocks:
        if block.kind == "heading":
            file.heading(block.plain, min(level + block.level - 2, 3))
        elif block.kind == "item":
            _write_list_item(file, block)
        else:
            file.say_in(block.runs, "Quote" if block.kind == "quote" else "Normal")


def _write_list_item(file: WordFile, block: MarkdownBlock) -> None:
    """A list item: bullets are Word's, numbers are printed as written, further paragraphs are indented."""
    if block.sign == BULLET:
        file.say_in(block.runs, "List Bullet", block.level)
    else:
        file.listed([TextRun(block.sign), *block.runs], block.level)


def _chief_officer(file: WordFile, text: ResponseText, chief_officer: ChiefOfficer) -> None:
    file.heading(form_text.chief_heading(text, chief_officer))
    for paragraph in paragraphs(chief_officer.text):
        file.say(paragraph)
    if chief_officer.text:
        signed = TextRun(f"{form_text.signature(chief_officer)} ".lstrip(), strong=True)
        file.say_in([signed, TextRun(form_text.AS_SUBMITTED)])
    else:
        file.say_in([TextRun(f"{form_text.NONE_SUBMITTED} ", strong=True), TextRun(chief_officer.why)])


def _item(file: WordFile, text: ResponseText, item: ResponseItem) -> None:
    file.heading(": ".join(filter(None, (item.label, form_text.heading(item)))), 2)
    for paragraph in paragraphs(item.text):
        file.say(paragraph, "Verbatim")
    for part in item.parts:
        file.say(part, "Verbatim" if read_limb(part) else "List Bullet")
    for label, fact in form_text.deadline_and_addressees(item):
        file.say(f"{label}: {fact}", "Second")
    if form_text.says_nothing(item):
        if text.published_on is None:
            file.say_in([TextRun(f"{form_text.label(text)} ", strong=True), TextRun(form_text.UNWRITTEN)])
        return
    blocks = list(blocks_of(form_text.comment_of(text, item.comment))[0]) if item.comment else []
    _write(file, _answer(text, item, blocks))


def _answer(text: ResponseText, item: ResponseItem, blocks: list[MarkdownBlock]) -> list[MarkdownBlock]:
    """The answer, after the label: the explanation, the comment, and what else it answers."""
    opening = [TextRun(f"{form_text.action(item)} ", strong=True)] if item.action else []
    reason, pointer = " ".join(item.reason.split()), form_text.pointer(item)
    if reason:
        opening.append(TextRun(reason))
    elif blocks and blocks[0].kind in ("paragraph", "heading"):
        opening += blocks.pop(0).runs
    if pointer and not blocks:
        opening.append(TextRun(f" {pointer}" if reason else pointer))
    under = [pointer if blocks else "", form_text.also(item)]
    told = [
        MarkdownBlock("paragraph", tuple(opening)),
        *blocks,
        *(MarkdownBlock("paragraph", (TextRun(each),)) for each in under if each),
    ]
    return _with_label(text, told)


def _with_label(text: ResponseText, blocks: Sequence[MarkdownBlock]) -> list[MarkdownBlock]:
    """The blocks, with the label of the body's comments at the start of the first."""
    label = TextRun(f"{form_text.label(text)} ", strong=True)
    if blocks and blocks[0].kind == "paragraph":
        return [MarkdownBlock("paragraph", (label, *blocks[0].runs)), *blocks[1:]]
    return [MarkdownBlock("paragraph", (label,)), *blocks]
