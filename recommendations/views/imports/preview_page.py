"""The preview of a spreadsheet import: what each row would do, what cannot be read, and how to correct it."""

import datetime
import hashlib
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from recommendations.domain.imports.conflict_details import ConflictDetails, details_of
from recommendations.domain.imports.conflicts import FILE, HERE
from recommendations.domain.imports.entries import ImportEntry
from recommendations.domain.imports.lines import FILE_NAME, ImportProblem, ImportSource, normalise
from recommendations.domain.imports.plan import ImportPlan
from recommendations.domain.register.sheet_columns import BY_KEY
from recommendations.enums import RowOutcome
from recommendations.exchange.imports.mapping_answers import Answers
from recommendations.exchange.imports.rows import plan_workbook
from recommendations.exchange.readers.workbook import Workbook
from recommendations.models import SheetDraft
from recommendations.views.imports.mapping_page import left_out_lines

PAGE = 100
MOST_TROUBLES = MOST_CONFLICTS = 60
ALL = {"all-here": HERE, "all-file": FILE}  # buttons that decide every conflict at once
ROW = "row"  # corrections of whole rows: the place of each row to leave out
PROBLEMS, LEFT_OUT = "problems", "left-out"
ROWS_A_SECOND = 250


def key_of(field: str, value: str) -> str:
    """The part of a field's name that identifies one value of one column."""
    return hashlib.sha256(f"{field}|{normalise(value)}".encode()).hexdigest()[:12]


@dataclass
class Trouble:
    """One error, however many rows have it. `typed` is the correction that was typed."""

    field: str
    column: str
    value: str
    message: str
    places: list[str]
    typed: str = ""
    is_right_elsewhere: bool = False
    names_person: bool = False

    @property
    def is_row(self) -> bool:
        """Whether leaving out the row is the only remedy: no cell is wrong, or the same value is right in other
        rows, which a correction would change too. A person's name is wrong in every row."""
        return not self.names_person and (self.is_right_elsewhere or not (self.field and self.value))

    @property
    def key(self) -> str:
        return key_of(ROW, self.places[0]) if self.is_row else key_of(self.field, self.value)

    @property
    def first_places(self) -> str:
        shown = ", ".join(self.places[:3])
        more = len(self.places) - 3
        return f"{shown} and {more:,} more" if more > 0 else shown


@dataclass(frozen=True)
class ValueCorrection:
    """A correction of a value. An empty one leaves the value out."""

    key: str
    column: str
    was: str
    now: str


@dataclass(frozen=True)
class RowOf:
    """One row of the plan as the page prints it; `additions` says what a new row adds."""

    entry: ImportEntry

    @property
    def additions(self) -> str:
        writes, cells = self.entry.writes, len(self.entry.changes)
        parts = [f"{cells} cell" if cells == 1 else f"{cells} cells"]
        updates = len(writes.updates)
        parts += [f"{updates} update" if updates == 1 else f"{updates} updates"] if updates else []
        parts += ["closed"] if writes.closed else ["closure requested"] if writes.requested else []
        return ", ".join(parts)


class Preview:
    """The values of the page. `params` is the query string."""

    def __init__(
        self, draft: SheetDraft, workbook: Workbook, answers: Answers, plan: ImportPlan, params: QueryDict
    ) -> None:
        self.draft, self.workbook, self.answers, self.plan = draft, workbook, answers, plan
        shown = {"", PROBLEMS, LEFT_OUT, *RowOutcome.values}
        self.show = params.get("show", "") if params.get("show", "") in shown else ""
        self.page = Paginator(self._entries(), PAGE).get_page(params.get("page"))

    def _entries(self) -> list:
        if self.show == PROBLEMS:
            return [entry for entry in self.plan.entries if entry.problems]
        return [entry for entry in self.plan.entries if not self.show or entry.outcome == self.show]

    @property
    def query(self) -> str:
        return urlencode({"show": self.show}) + "&" if self.show else ""

    @cached_property
    def counts(self) -> list[dict]:
        """The number of rows of each outcome, as links to them."""
        plan = self.plan
        numbers = [
            ("", len(plan.entries), "recommendations"),
            (RowOutcome.CREATED, plan.created, "new"),
            (RowOutcome.CHANGED, plan.changed, "changed"),
            (RowOutcome.UNCHANGED, plan.unchanged, "unchanged"),
            (PROBLEMS, sum(bool(entry.problems) for entry in plan.entries), "with problems"),
            (LEFT_OUT, len(self.left_out), "left out"),
        ]
        here = reverse("check_sheet", args=[self.draft.token])
        return [
            {"number": f"{number:,}", "words": words, "url": f"{here}?show={show}#rows" if show else f"{here}#rows",
             "current": self.show == show}
            for show, number, words in numbers
        ]  # fmt: skip

    @cached_property
    def left_out(self) -> list:
        """The lines above and below the tables that are imported."""
        return left_out_lines(sheet for sheet in self.workbook.sheets if self.answers.forces.get(sheet.name))

    @property
    def shows_left_out(self) -> bool:
        return self.show == LEFT_OUT

    @cached_property
    def troubles(self) -> list[Trouble]:
        """Each wrong value of a column once, with its rows; then errors of whole rows. Problems that only wait
        for an answer about columns or words are not included."""
        found: dict[tuple, Trouble] = {}
        for problem in self.plan.problems:
            if problem.asks:
                continue
            trouble = self._trouble(problem)
            about = (problem.place, problem.message) if trouble.is_row else (problem.field, normalise(problem.value))
            found.setdefault(about, trouble).places.append(problem.place)
        return sorted(found.values(), key=lambda trouble: trouble.is_row)

    @cached_property
    def _right(self) -> set[tuple[str, str]]:
        """(field, folded value) of every cell without a problem."""
        wrong = {(problem.place, problem.field) for problem in self.plan.problems}
        return {
            (key, normalise(value))
            for entry in self.plan.entries
            for key, (_, value) in entry.line.cells.items()
            if (entry.place, key) not in wrong
        }

    @cached_property
    def unanswered(self) -> int:
        """The number of open questions about columns and words that keep rows from being imported."""
        return len({problem.asks for problem in self.plan.problems if problem.asks})

    def _trouble(self, problem: ImportProblem) -> Trouble:
        value = normalise(problem.value)
        typed = self.answers.corrections.get(problem.field, {}).get(value, "")
        is_right_elsewhere = (problem.field, value) in self._right
        about = problem.field, problem.column, problem.value, problem.message
        return Trouble(*about, [], typed, is_right_elsewhere, problem.names_person)

    @property
    def first_troubles(self) -> list[Trouble]:
        return self.troubles[:MOST_TROUBLES]

    @property
    def more_troubles(self) -> int:
        return max(0, len(self.troubles) - MOST_TROUBLES)

    @cached_property
    def first_conflicts(self) -> list[ConflictDetails]:
        """What changed both here and in the file, in words; undecided conflicts first."""
        return details_of(sorted(self.plan.conflicts, key=lambda each: bool(each.choice))[:MOST_CONFLICTS])

    @property
    def more_conflicts(self) -> int:
        return max(0, len(self.plan.conflicts) - MOST_CONFLICTS)

    @property
    def undecided_count(self) -> int:
        return sum(not conflict.choice for conflict in self.plan.conflicts)

    def choices(self, typed: QueryDict) -> dict[str, str]:
        """Which side wins in each conflict, by its key, including what was chosen on the page."""
        everywhere, found = ALL.get(typed.get("do", "")), {}
        for each in self.plan.conflicts:
            said = everywhere or typed.get(f"hold-{each.key}", "")
            found[each.key] = said if said in (HERE, FILE) else each.choice
        return found

    def has_new_choices(self, typed: QueryDict) -> bool:
        """Whether a choice was made on the page that the rows shown below it do not reflect yet."""
        return self.choices(typed) != {each.key: each.choice for each in self.plan.conflicts}

    @cached_property
    def corrections(self) -> list[ValueCorrection]:
        """The corrections made so far, each of which can be undone."""
        other = {ROW: "The whole row", FILE_NAME: "File name"}
        return [
            ValueCorrection(key_of(field, was), BY_KEY[field].heading if field in BY_KEY else other[field], was, now)
            for field, values in self.answers.corrections.items()
            for was, now in values.items()
        ]

    @property
    def is_done(self) -> bool:
        """Whether the register already matches every row."""
        return self.plan.ready and not (self.plan.created or self.plan.changed or self.undecided_count)

    @property
    def act(self) -> str:
        """The button's text: "640 new and 31 changed"."""
        parts = ((self.plan.created, "new"), (self.plan.changed, "changed"))
        return " and ".join(f"{number:,} {word}" for number, word in parts if number)

    @property
    def takes(self) -> str:
        """Roughly how long the import takes, in words."""
        seconds = (self.plan.created + self.plan.changed) // ROWS_A_SECOND
        return "a second or two" if seconds < 2 else f"about {seconds} seconds"

    @property
    def rows(self) -> list[RowOf]:
        return [RowOf(entry) for entry in self.page]


def preview(draft: SheetDraft, *, on: datetime.date, show: QueryDict) -> Preview:
    """Return the preview of importing the draft `on` that day. `show` is the query string."""
    workbook, answers = Workbook.from_json(draft.table), Answers.from_json(draft.answers)
    plan = plan_workbook(workbook, answers, source=ImportSource(draft.name, draft.sha256), on=on)
    return Preview(draft, workbook, answers, plan, show)


def corrected_answers(page: Preview, typed: QueryDict) -> Answers:
    """Return the answers updated with the submitted form: values corrected, cells or rows left out, corrections
    undone, conflicts decided."""
    answers = deepcopy(page.answers)
    answers.conflicts = page.choices(typed)
    taken_back = typed.get("do", "").removeprefix("take-back:")
    for field, values in page.answers.corrections.items():
        for was in values:
            if key_of(field, was) == taken_back:
                del answers.corrections[field][was]
    for trouble in page.first_troubles:
        if trouble.names_person and f"same-{trouble.key}" in typed:
            answers.corrections.setdefault(trouble.field, {})[normalise(trouble.value)] = trouble.value
            continue
        says, is_left_out = typed.get(f"fix-{trouble.key}", "").strip(), f"leave-{trouble.key}" in typed
        if trouble.is_row and is_left_out:
            answers.corrections.setdefault(ROW, {})[trouble.places[0]] = ""
        elif not trouble.is_row and (says or is_left_out):
            answers.corrections.setdefault(trouble.field, {})[normalise(trouble.value)] = "" if is_left_out else says
    return answers
