"""Fictional registers, as offices and forces keep them: each a JSON file of what its sheets hold and what a person
reads in it.

`columns` has the field of each column by its heading, empty where it is to be left out; `says` is what a person
answers, as a mapping file does, beside the columns that are asked about; `rows` are the recommendations, with the
inspection, kind and number of each, and what else is said of it. Those that are `apart` were written after the
guessing, and read once before it was mended.
"""

import csv
import datetime
import io
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.styles import PatternFill

from recommendations.domain.imports.lines import ImportLine, SheetContext, SheetLines
from recommendations.exchange.imports.around_tables import read_register
from recommendations.exchange.imports.asked_columns import asked_columns
from recommendations.exchange.imports.column_guessing import doubts_of
from recommendations.exchange.imports.guesses import fill_in
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.mapping_file import read_mapping
from recommendations.exchange.imports.questions import questions_of
from recommendations.exchange.imports.rows import read_rows
from recommendations.exchange.readers.workbook import Workbook
from recommendations.models import Force
from recommendations.models.settings import DEFAULT_LABELS
from tests.makers.spreadsheet_file import saved
from tests.readers.score import words_of

REGISTERS = Path(__file__).parent / "registers"
TODAY = datetime.date(2026, 5, 1)
FORCES = {
    "westmarch": ("Westmarch Police", "Westmarch", "westmarch"),
    "eastvale": ("Eastvale Police", "Eastvale", "eastvale"),
}
MEASURES = ("columns", "or asked", "rows", "kind", "number", "inspection", "rest", "comes in")
NAMED = ("inspection", "kind", "number", "text")
RECOMMENDATION = "recommendation"


@dataclass(frozen=True)
class Register:
    """A register and its facts."""

    name: str
    facts: dict[str, Any]

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.facts.get('file', 'xlsx')}"

    @property
    def force(self) -> str:
        return str(self.facts.get("force", "westmarch"))

    @property
    def is_apart(self) -> bool:
        return bool(self.facts.get("apart"))

    def content(self) -> bytes:
        """The file that an office would bring in."""
        return _csv(self.facts) if self.file_name.endswith(".csv") else _xlsx(self.facts)


@dataclass
class RegisterScore:
    """Pairs of right and all by measure, how many questions were asked, the texts that stand nowhere.

    `columns` has how many columns are read as a person would (right), are shown to a person with some of their cells
    because nothing or something doubtful was guessed (asked), and are neither (lost).
    """

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def count(self, measure: str, wrong: list[str], of: int) -> None:
        self.counts[measure] = (max(of - len(wrong), 0), of)
        self.wrong += [f"{measure}: {each}" for each in wrong]


@cache
def registers() -> list[Register]:
    """All of them, in the order of their names."""
    return [Register(path.stem, json.loads(path.read_text())) for path in sorted(REGISTERS.glob("*.json"))]


def percentages(found: list[RegisterScore]) -> dict[str, float]:
    """Each measure over these registers, in hundredths."""
    sums = {}
    for measure in MEASURES:
        right, of = (sum(each.counts[measure][place] for each in found) for place in (0, 1))
        sums[measure] = 100 * right / of if of else 100.0
    return sums


def scored(register: Register) -> RegisterScore:
    """How well a register is read, and whether it could come in once its questions are answered."""
    workbook, answers = _guessed(register)
    context, found = _context(), RegisterScore()
    _columns(register.facts["columns"], workbook, answers, found)
    found.asked = len(questions_of(workbook, answers, context))
    said = with_asked_columns(register, workbook, answers)
    read_mapping(json.dumps(said).encode(), answers, workbook, context)
    read = read_rows(workbook, answers, context)
    _rows(register.facts["rows"], read, found)
    _comes_in(read, found)
    _lost(workbook, answers, read, found)
    return found


def answers_of(register: Register) -> dict[str, Any]:
    """What a person answers, as a mapping file."""
    return with_asked_columns(register, *_guessed(register))


def _guessed(register: Register) -> tuple[Workbook, Answers]:
    """A register as it is read, and what is guessed of it."""
    workbook, answers = read_register(register.content(), register.file_name), Answers()
    forces = [Force(slug=slug, name=name[0], short_name=name[1]) for slug, name in FORCES.items()]
    fill_in(workbook, answers, next((each for each in forces if each.slug == register.force), None), forces)
    return workbook, answers


def with_asked_columns(register: Register, workbook: Workbook, answers: Answers) -> dict[str, Any]:
    """What a person answers: what the register's file says, and what each column is that is asked about."""
    facts, said = register.facts["columns"], json.loads(json.dumps(register.facts["says"]))
    for sheet in workbook.sheets:
        for each in asked_columns(sheet, answers):
            fact = facts.get(sheet.name, {}).get(each.heading, "")
            said.setdefault("columns", {}).setdefault(sheet.name, {}).setdefault(each.heading, fact)
    return said


def _context() -> SheetContext:
    return SheetContext(TODAY, FORCES, {str(name): dict(labels) for name, labels in DEFAULT_LABELS.items()})


def _columns(facts: dict[str, dict[str, str]], workbook: Workbook, answers: Answers, found: RegisterScore) -> None:
    wrong, lost = [], []
    for sheet in workbook.sheets:
        said = answers.columns.get(sheet.name, {})
        keys = {place: said.get(str(place), "") for place in range(len(sheet.headings))}
        shown = {each.place for each in asked_columns(sheet, answers)}
        shown |= {place for place in doubts_of(sheet.headings, sheet.rows, keys) if keys[place]}
        for place, heading in enumerate(sheet.headings):
            fact = facts.get(sheet.name, {}).get(heading)
            if fact is not None and keys[place] != fact:
                wrong.append(f"{sheet.name}, {heading} is {keys[place]!r}, not {fact!r}")
                lost += [] if place in shown else [wrong[-1]]
    wrong += [f"{name}: no such sheet" for name in facts if name not in {sheet.name for sheet in workbook.sheets}]
    of = sum(map(len, facts.values()))
    found.count("columns", wrong, of)
    found.count("or asked", lost, of)
    found.columns = {"right": of - len(wrong), "asked": len(wrong) - len(lost), "lost": len(lost)}


def _rows(facts: list[dict[str, str]], read: SheetLines, found: RegisterScore) -> None:
    lines: dict[str, ImportLine] = {_plain(line.get("text", "")): line for line in read.lines}
    pairs = [(row, lines[_plain(row["text"])]) for row in facts if _plain(row["text"]) in lines]
    there = [_plain(row["text"]) for row, _ in pairs]
    missed = [row["text"] for row in facts if _plain(row["text"]) not in lines]
    more = [f"no row: {text}" for text in lines if text not in there]
    found.count("rows", [*missed, *more], len(facts))
    said: dict[str, list[str]] = {measure: [] for measure in MEASURES[3:7]}
    for row, line in pairs:
        for key, fact in row.items():
            was = _said(line, key)
            if key != "text" and was != _plain(fact):
                said[key if key in said else "rest"].append(f"{row['text'][:40]}: {key} is {was!r}, not {fact!r}")
    for measure in MEASURES[3:6]:
        found.count(measure, said[measure], len(pairs))
    found.count("rest", said["rest"], sum(len(row) - len(NAMED) for row, _ in pairs))


def _said(line: ImportLine, key: str) -> str:
    """What a line says of a field, as text."""
    whole: dict[str, Any] = {
        "inspection": line.report.title if line.report else "",
        "kind": line.get("kind") or RECOMMENDATION,
        "update": " ".join(each.text for each in line.updates),
        "target_on": line.targets[-1] if line.targets else "",
        "closed": line.closed,
        "parts": " ".join(line.parts),
        "force": line.force,
    }
    return _plain(str(whole.get(key, line.get(key, ""))))


def _comes_in(read: SheetLines, found: RegisterScore) -> None:
    """Whether nothing stands in the way that can be seen without the register itself."""
    wrong = [f"{each.place}: {each.message}" for each in read.problems]
    about: set[tuple[str, ...]] = set()
    for line in read.lines:
        key = _about(line)
        if not (line.force and line.get("text") and line.report and line.report.published_on):
            wrong.append(f"{line.place}: the text, the inspection or its day is missing")
        elif key in about:
            wrong.append(f"{line.place}: two rows are about the same recommendation")
        about.add(key)
    found.count("comes in", wrong[:1], 1)
    found.wrong += wrong[1:]


def _about(line: ImportLine) -> tuple[str, ...]:
    number, title = line.get("number", ""), line.report.title if line.report else ""
    return line.force, title, line.get("kind") or RECOMMENDATION, number or line.get("text", "")


def _lost(workbook: Workbook, answers: Answers, read: SheetLines, found: RegisterScore) -> None:
    """Rows of a table that are in no line, and are not said to be left out."""
    numbers = {(line.sheet, member.number) for line in read.lines for member in line.members}
    several = len(workbook.sheets) > 1
    for sheet in workbook.sheets:
        if answers.forces.get(sheet.name) == "":
            continue
        for row in sheet.rows:
            if (sheet.name if several else "", row.number) not in numbers:
                found.lost.append(" ".join(cell.text for cell in row.cells if cell.text))


def _plain(text: str) -> str:
    return " ".join(words_of(text)) or text.strip()


# -- the files


def _xlsx(facts: dict[str, Any]) -> bytes:
    book = Book()
    book.remove(book.active)
    for name, rows in facts["sheets"].items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if isinstance(value, dict) or value == "" else value for value in row])
            for column, value in enumerate(row, start=1):
                if isinstance(value, dict):
                    sheet.cell(sheet.max_row, column).fill = PatternFill("solid", fgColor=value["fill"])
        for each in facts.get("merged", {}).get(name, ()):
            sheet.merge_cells(each)
    return saved(book)


def _csv(facts: dict[str, Any]) -> bytes:
    out = io.StringIO()
    (rows,) = facts["sheets"].values()
    csv.writer(out, delimiter=facts.get("separator", ",")).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
