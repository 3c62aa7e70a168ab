"""Agenda, minutes and action log as Word documents, for offices that edit them or use their own letterhead."""

import datetime

from recommendations.documents.accountability.meeting_pdf import MeetingDocumentKind, about, marking_of, title_of
from recommendations.documents.formats.docx import WordFile, WordParagraph
from recommendations.documents.formats.export_cover import ExportCover
from recommendations.domain.accountability.data import AgendaEntry, LineWords, LogLine, MeetingFacts
from recommendations.domain.text.markdown import TextRun
from recommendations.periods import say

LINES = ("Recommendation", "How it stands", "Force position", "OPCC assurance")
LOG = ("Action", "Owner", "By", "How it stands")


def meeting_docx(facts: MeetingFacts, kind: MeetingDocumentKind, *, by: str, at: datetime.datetime) -> bytes:
    """The document, downloaded at `at` (UTC) by `by`."""
    file = WordFile(_cover(facts, kind, by, at))
    file.facts(about(facts, kind))
    if kind != MeetingDocumentKind.ACTION_LOG:
        if facts.agenda:
            file.heading("What was said" if facts.minuted else "Items")
        for item in facts.agenda:
            _write_item(file, item)
        if facts.carried:
            file.heading("Carried forward")
        for item in facts.carried:
            _write_item(file, item)
    if kind == MeetingDocumentKind.ACTION_LOG or (facts.minuted and facts.log):
        _write_log(file, facts.log, titled=kind != MeetingDocumentKind.ACTION_LOG)
    return file.bytes()


def _cover(facts: MeetingFacts, kind: MeetingDocumentKind, by: str, at: datetime.datetime) -> ExportCover:
    return ExportCover(
        office=facts.body,
        title=title_of(facts, kind),
        asked=(),
        order="",
        rows=len(facts.items),
        as_at=facts.as_at,
        at=at,
        by=by,
        trail_count=0,
        trail_head="",
        marking=marking_of(facts),
    )


def _write_item(file: WordFile, item: AgendaEntry) -> None:
    restricted = " (restricted)" if item.restricted else ""
    file.heading(f"{item.number}. {item.words.title}{restricted}", 2)
    if item.words.question:
        file.say_in([TextRun("To ask: ", strong=True), TextRun(item.words.question)])
    file.facts(item.words.facts)
    if item.words.lines:
        file.table(LINES, (52, 40, 52, 40), [_line(each) for each in item.words.lines])
    if item.words.more:
        file.say(f"{item.words.more} more are not listed.", "Second")
    if item.is_minuted:
        view = ": ".join(filter(None, (item.view, item.why)))
        said = [("Asked", item.asked), ("Answered", item.answered), ("The body’s view", view), ("Done", item.done)]
        agreed = [("Agreed", f"{each.words} {each.who_and_when}") for each in item.actions]
        file.facts([*said, *agreed])


def _line(line: LineWords) -> list[list[WordParagraph]]:
    restricted = " (restricted)" if line.restricted else ""
    return [
        [WordParagraph(f"{line.reference}{restricted}", "Cell strong"), WordParagraph(line.title)],
        [WordParagraph(line.stands, "Cell strong"), *(WordParagraph(each, "Cell second") for each in line.dates)],
        [
            WordParagraph(line.force, "Cell strong"),
            WordParagraph(line.force_text),
            WordParagraph(", ".join(filter(None, (line.force_on, line.force_by))), "Cell second"),
        ],
        [WordParagraph(line.assurance, "Cell strong"), WordParagraph(line.assurance_text)],
    ]


def _write_log(file: WordFile, lines: tuple[LogLine, ...], *, titled: bool) -> None:
    if titled:
        file.heading("Action log")
    if not lines:
        file.say("Nothing is open.")
        return
    rows = [
        [
            [WordParagraph(each.words, "Cell strong"), WordParagraph(each.agreed_at, "Cell second")],
            [WordParagraph(each.owner)],
            [WordParagraph(say(each.due_on))],
            [WordParagraph(each.stands), WordParagraph(each.done, "Cell second")],
        ]
        for each in lines
    ]
    file.table(LOG, (70, 36, 32, 46), rows)
