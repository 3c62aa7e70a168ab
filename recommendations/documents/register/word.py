"""A recommendation, an inspection, or the filtered register as a Word document, for use in a colleague's paper."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from recommendations.documents.formats.docx import WordFile, WordParagraph
from recommendations.documents.formats.export_cover import ExportCover
from recommendations.domain.actions.queries import ActionLine
from recommendations.domain.inspections.statutory_clock import Clock
from recommendations.domain.register.dates import ShownDate
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.export.line_words import date_words, force_word
from recommendations.domain.register.export.lines import RegisterLine
from recommendations.domain.register.notices import Notice
from recommendations.domain.register.sheet_columns import BY_KEY, PLANNED, WHO_TEXTS, paper_text
from recommendations.domain.register.timeline import TimelineEvent
from recommendations.domain.sources.naming import HMICFRS_WORD, SEVERAL, status_label, word_of
from recommendations.enums.actions import ActionVoice
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say

# Each voice has its own line on paper: the force a dotted one, the office a solid one, the inspectorate a double one.
FORCE, OFFICE = "Force position", "OPCC assurance"
VOICE_BORDERS = ("dotted", "single", "double")
REGISTER = ("Reference", "Recommendation", "Dates and RAG")
SHARES = (33, 56, 40, 58, 48, 27)
IN_A_ROW, IN_AN_EVENT = 260, 420  # letters of a text in a long list
MOST_EVENTS = 15
ACTIONS, ACTION_SHARES = ("Action", "Who", "By when", "How it stands"), (62, 34, 30, 48)
NONE_FITS = "No recommendation fits what was asked."


@dataclass(frozen=True, kw_only=True)
class WordRecommendation:
    """A report's recommendation, verbatim, and the state of each force."""

    label: str
    text: str
    parts: tuple[str, ...] = ()
    directed_to: str = ""
    deadline: str = ""
    lines: tuple[RegisterLine, ...] = ()


@dataclass(frozen=True)
class WordNote:
    """A colleague's note: day, author and text."""

    on: datetime.date
    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RecommendationPaper:
    """One tracked recommendation. `events` are newest first; `rag` is colour and reason.
    `parts` is the state of each part, if they are closed one by one, `actions` what is done about it, soonest first.
    `notes` are the office's, newest first, or None if they were not requested.
    """

    about: ExportCover
    asked: WordRecommendation
    line: RegisterLine
    rag: str
    flags: tuple[str, ...]
    notices: list[Notice]
    dates: list[ShownDate]
    events: list[TimelineEvent]
    parts: list[str] = field(default_factory=list)
    actions: list[ActionLine] = field(default_factory=list)
    notes: list[WordNote] | None = None


@dataclass(frozen=True, kw_only=True)
class InspectionPaper:
    """An inspection: its facts as (label, words), its clock, and all its recommendations."""

    about: ExportCover
    facts: list[tuple[str, str]]
    clock: Clock
    asked: list[WordRecommendation]


def register_docx(lines: list[RegisterLine], about: ExportCover) -> bytes:
    """The rows as a table on landscape A4, with the latest entries of the three voices, shortened."""
    file = WordFile(about, wide=True)
    file.say(f"{_as_at_sentence(about)} {_rows(len(lines))}: {'; '.join(about.asked)}. {about.order}.", "Second")
    if lines:
        file.table((*REGISTER, *voices_of(lines)), SHARES, map(_row, lines), ("", "", "", *VOICE_BORDERS))
    else:
        file.say(NONE_FITS)
    return _sign_and_close(file)


def recommendation_docx(paper: RecommendationPaper) -> bytes:
    """Its text, its three dates, its three voices, and its history, shortened."""
    file, line = WordFile(paper.about), paper.line
    file.say(_as_at_sentence(paper.about), "Second")
    file.facts(_facts(paper))
    for notice in paper.notices:
        file.say(f"{notice.title} {notice.text}")
    file.heading("What is asked")
    _words(file, paper.asked)
    file.heading("Dates")
    file.table(
        tuple(each.label for each in paper.dates),
        (1,) * len(paper.dates),
        [[[WordParagraph(d.value, "Cell strong"), WordParagraph(_date_notes(d), "Cell second")] for d in paper.dates]],
    )
    file.heading("Where it stands")
    file.table(voices_of([line]), (1, 1, 1), [_voices(line)], VOICE_BORDERS)
    if paper.actions:
        file.heading("Actions")
        file.table(ACTIONS, ACTION_SHARES, map(_action, paper.actions))
    file.heading("What happened")
    _write_timeline(file, paper.events)
    if paper.notes is not None:
        _write_notes(file, paper.notes)
    return _sign_and_close(file)


def _action(line: ActionLine) -> list[list[WordParagraph]]:
    """The cells of an action: what, who, by when, and how it stands with what holds it up."""
    of_office = line.action.voice == ActionVoice.OFFICE
    return [
        [WordParagraph(line.words)],
        [WordParagraph(line.owner), WordParagraph(line.action.get_voice_display() if of_office else "", "Cell second")],
        [WordParagraph(say(line.due_on)), WordParagraph(line.moved, "Cell second")],
        [
            WordParagraph(line.stands, "Cell strong" if line.is_late else "Cell"),
            *(WordParagraph(text, "Cell second") for text in (line.waits, line.row.note) if text),
        ],
    ]


def inspection_docx(paper: InspectionPaper) -> bytes:
    """Its facts, its clock, and each recommendation with the three voices for each force."""
    file = WordFile(paper.about)
    file.say(_as_at_sentence(paper.about), "Second")
    file.facts([*paper.facts, ("Response", f"{paper.clock.headline}. {paper.clock.second}")])
    file.heading("What it asks")
    if not paper.asked:
        file.say("Nothing is added yet.")
    for asked in paper.asked:
        file.heading(asked.label, 2)
        _words(file, asked)
        for line in asked.lines:
            file.heading(f"{line.reference}, {line.force}. {line.rag}: {line.rag_reason}", 3)
            file.table(voices_of([line]), (1, 1, 1), [_voices(line)], VOICE_BORDERS)
    return _sign_and_close(file)


def voices_of(lines: Sequence[RegisterLine]) -> tuple[str, str, str]:
    """The headings of the voices; the third is named after the source, if all lines have the same one."""
    words = {word_of(line.source) for line in lines} or {HMICFRS_WORD}
    return FORCE, OFFICE, status_label(words.pop() if len(words) == 1 else SEVERAL)


def _as_at_sentence(about: ExportCover) -> str:
    known = f", using entries made by {about.known}" if about.known else ""
    return f"As it stood on {say(about.as_at)}{known}."


def _rows(number: int) -> str:
    return f"{number:,} recommendation" if number == 1 else f"{number:,} recommendations"


def _sign_and_close(file: WordFile) -> bytes:
    """Add the final line: the office, and the state of the records from which the file was made."""
    about = file.about
    office = f" {about.office}." if about.office else ""
    trail = f" Trail head {about.trail_head}, {about.trail_count:,} entries." if about.trail_head else ""
    file.say(f"Downloaded on {about.moment} by {about.by}.{office}{trail}", "Cell second")
    return file.bytes()


def _words(file: WordFile, recommendation: WordRecommendation) -> None:
    """The published text, its parts, its deadline and addressees."""
    for text in (recommendation.text, *recommendation.parts):
        file.say(text, "Verbatim")
    deadline = f"Deadline: {recommendation.deadline}." if recommendation.deadline else ""
    to = f"Directed to: {recommendation.directed_to}." if recommendation.directed_to else ""
    file.say(f"{deadline} {to}".strip(), "Second")


def _facts(paper: RecommendationPaper) -> list[tuple[str, str]]:
    line = paper.line
    portal = f", {word_of(line.source)} reference {line.portal_reference}" if line.portal_reference else ""
    return [
        ("Reference", f"{line.reference}{portal}"),
        ("Report", f"{line.inspection}, published {say(line.published_on)}"),
        ("Item", paper.asked.label),
        ("Force", line.force),
        ("Leads", _leads(line)),
        ("RAG", ". ".join((paper.rag, *paper.flags))),
        *([("Parts", "; ".join(paper.parts))] if paper.parts else []),
        *([(BY_KEY[PLANNED].heading, line.planned_action)] if line.planned_action else []),
    ]


def _leads(line: RegisterLine) -> str:
    named = ((in_sentence(field.heading), getattr(line, field.key)) for field in WHO_TEXTS)
    words = "; ".join(f"{role} {name}" for role, name in named if name)
    return words[:1].upper() + words[1:]


def _date_notes(date: ShownDate) -> str:
    return ". ".join(filter(None, (date.note, date.moves, date.counting)))


def _row(line: RegisterLine) -> list[list[WordParagraph]]:
    number = f"{line.kind} {line.number}".strip()
    lead = f"Lead: {line.chief_officer_lead}" if line.chief_officer_lead else "No lead"
    return [
        [
            WordParagraph(line.reference, "Cell strong"),
            WordParagraph(line.inspection, "Cell second"),
            WordParagraph(line.force, "Cell second"),
        ],
        [
            WordParagraph(line.heading or shorten(line.text, IN_A_ROW)),
            WordParagraph(f"{number}. {lead}", "Cell second"),
        ],
        [
            WordParagraph(f"{line.rag}: {line.rag_reason}", "Cell strong"),
            *(WordParagraph(each, "Cell second") for each in date_words(line)),
        ],
        *_voices(line, most=IN_A_ROW),
    ]


def _voices(line: RegisterLine, most: int = 0) -> list[list[WordParagraph]]:
    """A cell for each voice: its value, its text (shortened to `most` letters, if given), its day."""
    return [
        _voice(force_word(line), paper_text(line.update, line), _day_and_author(line.update_on, line.said_by), most),
        _voice(line.assurance or "No view yet", line.assurance_why, _day_and_author(line.assurance_on), most),
        _voice(line.inspectorate_status or "No status yet", "", _day_and_author(line.inspectorate_status_on), most),
    ]


def _voice(word: str, text: str, under: str, most: int) -> list[WordParagraph]:
    said = shorten(text, most) if most else text
    return [WordParagraph(word, "Cell strong"), WordParagraph(said), WordParagraph(under, "Cell second")]


def _day_and_author(day: datetime.date | None, by: str = "") -> str:
    return ", ".join(filter(None, (say(day) if day else "", by)))


def _write_timeline(file: WordFile, events: list[TimelineEvent]) -> None:
    """The latest events that were not withdrawn, shortened."""
    holding = [event for event in events if not event.withdrawn]
    rows = [
        [
            [WordParagraph(say(event.on)), WordParagraph(_late(event), "Cell second")],
            [
                WordParagraph(event.title, "Cell strong"),
                *(WordParagraph(shorten(text, IN_AN_EVENT)) for text in event.lines),
                WordParagraph(event.by, "Cell second"),
            ],
        ]
        for event in holding[:MOST_EVENTS]
    ]
    file.table(("Day", "What"), (30, 144), rows)
    if len(holding) > MOST_EVENTS:
        file.say(f"The latest {MOST_EVENTS} of {len(holding)} entries. The record has all of them.", "Second")


def _write_notes(file: WordFile, notes: list[WordNote]) -> None:
    """All notes, for the office that requested them."""
    file.heading("Notes, inside the office")
    file.say("Do not send this document outside the office." if notes else "There are none.", "Second")
    rows = [
        [[WordParagraph(say(note.on))], [WordParagraph(note.text), WordParagraph(note.by, "Cell second")]]
        for note in notes
    ]
    if rows:
        file.table(("Day", "Note"), (30, 144), rows)


def _late(event: TimelineEvent) -> str:
    return f"recorded {say(event.recorded_on)}" if event.recorded_on else ""
