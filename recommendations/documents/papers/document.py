"""The scrutiny report as a document for a board's members, made from the paper's figures alone."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.utils.formats import date_format
from django.utils.text import slugify

from recommendations.documents.papers.close_down_dates import CloseDownDates, close_down, number_sort_key
from recommendations.documents.papers.dates_by_when import DatesByWhen
from recommendations.documents.papers.entry_text import facts, says
from recommendations.documents.papers.high_risk import HighRisk
from recommendations.documents.papers.register_files import base_name, register_files
from recommendations.documents.papers.table_of_contents import ContentsPage
from recommendations.documents.pdf.render import Document, EmbeddedFile
from recommendations.domain.papers.data.lines import RegisterEntry, RegisterPart
from recommendations.domain.papers.data.overdue import OverdueChange
from recommendations.domain.papers.data.paper import ENTERING, LEAVING, Figures, PaperFigures, Sum
from recommendations.domain.papers.public_edition import leaves_out, public_figures
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.text.sentences import with_article
from recommendations.periods import LONDON

TEMPLATE = "documents/papers/paper.html"
ALWAYS_SHOWN = ("new", "closed")
TERM_WORDS = {
    "recorded_late": "added late from older reports",
    "new": "new",
    "reopened": "reopened",
    "transferred_in": "transferred in",
    "closed": "closed",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
    "transferred_out": "transferred out",
}
QUESTIONS = "the questions in this paper"  # the wording of sections/author_text.py
OTHER_PAPER = {"from_other_paper": "moved from the", "to_other_paper": "moved to the"}
LONG = 3_000  # characters: longer entries may break across pages, shorter ones are kept together
FEW = 2  # how many terms page 1 lists beside a change
PLUS, MINUS = "+", "−"
MADE_OVERDUE = {
    "closed": "closed",
    "gone": "left the paper",
    "eased": "no longer overdue",
    "fell_due": "fell due",
    "came": "came in",
}


class Term(NamedTuple):
    sign: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which is not used here
    words: str


class SumRow(NamedTuple):
    head: str
    cells: list[int]


class SumTable(NamedTuple):
    """The sum for each of several parts (`heads`) and in total, one term a row, so that each column adds up."""

    heads: list[str]
    opening: SumRow
    rows: list[SumRow]
    closing: SumRow


class EntryParagraph(NamedTuple):
    """An entry of the register with its facts in one paragraph: few boxes, as boxes make a PDF slow to render."""

    entry: RegisterEntry
    facts: str
    close_down: str
    force: str
    office: str
    long: bool
    anchor: str


class EntriesPart(NamedTuple):
    part: RegisterPart
    lines: list[EntryParagraph]


class Ask(NamedTuple):
    """A request to the committee: its first word, which is emphasised, the rest, and the anchor of the part it
    refers to."""

    word: str
    rest: str
    anchor: str


class CountChange(NamedTuple):
    label: str
    then: int
    now: int
    words: str


@dataclass(frozen=True, kw_only=True)
class ScrutinyPaper(HighRisk, CloseDownDates, DatesByWhen, ContentsPage, Document):
    """A scrutiny report. A draft says on every page that its figures are live.
    Its file is kept for ever: PDF/A-3a, with the register embedded as CSV and as a workbook.
    """

    figures: Figures
    draft: bool = False
    is_chapter: bool = False  # of a joint paper, which prints the definitions once
    leaves_out: str = ""  # what a public edition says that it leaves out
    archive: ClassVar[bool] = True
    is_page: ClassVar[bool] = False  # whether it is a web page, on which the register is paginated

    @property
    def is_printed(self) -> bool:
        return not self.is_page

    @property
    def attachments(self) -> tuple[EmbeddedFile, ...]:
        return register_files(self.figures, draft=self.draft)

    @property
    def files_name(self) -> str:
        """The common part of the names of the two embedded files."""
        return base_name(self.figures, self.draft)

    @property
    def trail(self) -> str:
        """The text at the bottom left of every page."""
        issue = "Draft" if self.draft else f"Issue {self.figures.issue}"
        groups = fours(self.figures.trail_head)
        if len(groups) > 4:
            groups = [*groups[:2], "…", *groups[-2:]]
        return f"{issue} · trail head {' '.join(groups)}" if groups else issue

    @property
    def trail_head(self) -> str:
        """The full hash, in groups of four."""
        return " ".join(fours(self.figures.trail_head))

    @property
    def known(self) -> str:
        return moment(self.figures.known_at)

    @property
    def known_words(self) -> str:
        """Up to which moment entries count: "using entries made by 14 July 2026 at 09:12"."""
        return f"{'using entries made by' if self.figures.format > 3 else 'as known on'} {self.known}"

    @property
    def created(self) -> str:
        return moment(self.created_at)

    @property
    def terms(self) -> list[Term]:
        """The terms between opening and closing that are printed in the sum."""
        each = self.figures.sum
        return [
            Term(sign, getattr(each, name), self.words_of(name))
            for sign, names in ((PLUS, ENTERING), (MINUS, LEAVING))
            for name in names
            if name in ALWAYS_SHOWN or getattr(each, name)
        ]

    def words_of(self, term: str) -> str:
        """A term of the sum in words. The counterpart of an open paper is the closed one of its period."""
        if term == "recorded_late" and self.figures.format < 4:
            return "recorded late"
        if term not in OTHER_PAPER:
            return TERM_WORDS[term]
        return f"{OTHER_PAPER[term]} {'open' if getattr(self.figures, 'restricted_only', False) else 'closed'} paper"

    @property
    def nothing(self) -> str:
        """The terms that are left out because they are zero: "Nothing was withdrawn or transferred." """
        absent = [name for name in TERM_WORDS if name not in ALWAYS_SHOWN and not getattr(self.figures.sum, name)]
        words = [self.words_of(name) for name in absent]
        if {"transferred_in", "transferred_out"} <= set(absent):
            words = [word for word in words if not word.startswith("transferred")] + ["transferred"]
        return f"Nothing was {any_of(words)}." if words else ""

    @property
    def kinds(self) -> list[str]:
        return [kind.kind for kind in self.figures.sums_by_kind]

    @property
    def what(self) -> str:
        """What the paper is about, at the top of each page."""
        return what_of(self.figures)

    @property
    def by_kind(self) -> SumTable:
        """The sum for each kind, and in total."""
        return self._table(self.kinds, [each.sum for each in self.figures.sums_by_kind])

    @property
    def by_source(self) -> SumTable | None:
        """The sum for each source, and in total; None if all are HMICFRS's."""
        found = self.figures.sums_by_source
        return self._table([each.source for each in found], [each.sum for each in found]) if found else None

    @property
    def sources_now(self) -> str:
        """The number open for each source: "HMICFRS 55, IOPC 3"."""
        return ", ".join(f"{each.source} {each.sum.closing}" for each in self.figures.sums_by_source)

    def _table(self, heads: list[str], parts: list[Sum]) -> SumTable:
        """One term a row, so that each column adds up."""
        sums = [*parts, self.figures.sum]
        shown = {term.words for term in self.terms}
        signs = {name: PLUS if name in ENTERING else MINUS for name in (*ENTERING, *LEAVING)}

        def row(name: str, head: str) -> SumRow:
            return SumRow(head, [getattr(each, name) for each in sums])

        return SumTable(
            heads=heads,
            opening=row("opening", f"Open on {full(self.figures.opening_on)}"),
            rows=[row(name, f"{signs[name]} {self.words_of(name)}") for name in signs if self.words_of(name) in shown],
            closing=row("closing", f"Open on {full(self.figures.period_end)}"),
        )

    @property
    def asked(self) -> list[Ask]:
        """What the committee is asked to do."""
        lines = (line.partition(" ") for line in (self.figures.front.asked if self.figures.front else ()))
        return [self._ask(word, rest) for word, _, rest in lines]

    def _ask(self, word: str, rest: str) -> Ask:
        """Add the number of questions and a link to them, if the request is about the questions in this paper."""
        questions = len(self.figures.front.questions) if self.figures.front else 0
        if self.figures.format == 1 or not questions or not rest.endswith(QUESTIONS):
            return Ask(word, rest, "")
        these = "question" if questions == 1 else f"{questions} questions"
        return Ask(word, f"{rest.removesuffix(QUESTIONS)}the {these}", "questions")

    @property
    def changes(self) -> list[CountChange]:
        """Open and overdue, then and now."""
        shown = self.figures.then_and_now
        rows = (
            ("Open", shown.open_then, shown.open_now, self.open_change_words),
            ("Overdue", shown.overdue_then, shown.overdue_now, self.overdue_change_words),
        )
        return [
            CountChange(label, then, now, change_with_terms(change(then, now), made)) for label, then, now, made in rows
        ]

    @property
    def open_change_words(self) -> str:
        """What made up the change in open: "4 new, 8 closed"; with many terms "36 came in, 12 left", as the sum
        lists them all; "" in a paper of format 1."""
        if self.figures.format == 1:
            return ""
        terms = [term for term in self.terms if term.count]
        if len(terms) <= FEW:
            return counts_of((term.count, term.words) for term in terms)
        came, left = (sum(term.count for term in terms if term.sign == sign) for sign in (PLUS, MINUS))
        return counts_of(((came, "came in"), (left, "left")))

    @property
    def overdue_change(self) -> OverdueChange | None:
        return self.figures.overdue_change

    @property
    def overdue_change_words(self) -> str:
        """What made up the change in overdue: "3 closed, 1 fell due"."""
        made = self.overdue_change
        return counts_of((getattr(made, name), words) for name, words in MADE_OVERDUE.items()) if made else ""

    @property
    def for_whom(self) -> str:
        """The body that holds the force to account, with its article; "" if none is recorded."""
        return with_article(self.figures.body)

    @property
    def is_rising(self) -> bool:
        """Whether the register is in the order of its numbers, so that page headers can show the first and last
        of a page."""
        numbers = [number_sort_key(entry.reference) for entry in self.figures.entries]
        return self.figures.format == 1 or numbers == sorted(numbers)

    @property
    def anchors(self) -> dict[str, str]:
        """Reference → the anchor of its entry in the register, for links."""
        return {entry.reference: f"#{anchor(entry.reference)}" for entry in self.figures.entries}

    @property
    def register(self) -> list[EntriesPart]:
        return [EntriesPart(part, [self._line(entry) for entry in part.entries]) for part in self.figures.register]

    def _line(self, entry: RegisterEntry) -> EntryParagraph:
        force, office = says(entry.force, "No update yet."), says(entry.office, "No view yet.")
        words = len(entry.text) + len(entry.force.words) + len(entry.office.words) + sum(map(len, entry.limbs))
        return EntryParagraph(
            entry,
            facts(entry, self.figures.office, self.figures.format),
            close_down(entry, self.figures.as_at) if self.figures.has_dates and not entry.closed_on else "",
            force,
            office,
            words > LONG,
            anchor(entry.reference),
        )


def stylesheets_of(figures: PaperFigures, *, draft: bool) -> tuple[str, ...]:
    """The stylesheets of a paper. Those of earlier formats stay as they are, so that filed papers print the same."""
    also = [("scrutiny_format_4.css", figures.format > 3), ("draft.css", draft)]
    return ("print.css", "scrutiny.css", *(name for name, is_used in also if is_used))


def heading_of(*figures: Figures) -> str:
    """What papers are about: HMICFRS's recommendations, another source's, or those of several sources."""
    what = what_of(*figures)
    return f"Restricted {in_sentence(what)}" if any(each.restricted_only for each in figures) else what


def what_of(*figures: Figures) -> str:
    """The same for an open paper: "HMICFRS recommendations"."""
    if source := next((each.source for each in figures if each.source), ""):
        return f"{source} recommendations"
    return "Recommendations" if any(each.sums_by_source for each in figures) else "HMICFRS recommendations"


def scrutiny_paper(
    figures: Figures,
    *,
    author: str,
    created_at: datetime.datetime,
    draft: bool = False,
    is_chapter: bool = False,
    leaves_out: str = "",
    language: str = "en-GB",
) -> ScrutinyPaper:
    """The paper of `figures`. `author` prepared it; `created_at` (UTC) is when it was compiled.
    `leaves_out` is the statement in a public edition (domain/papers/public_edition.py).
    """
    heading = heading_of(figures)
    return ScrutinyPaper(
        template=TEMPLATE,
        stylesheets=stylesheets_of(figures, draft=draft),
        title=f"{heading}: {figures.force}, {figures.period_label}",
        author=author,
        created_at=created_at,
        language=language,
        figures=figures,
        draft=draft,
        is_chapter=is_chapter,
        leaves_out=leaves_out,
    )


def public_paper(figures: Figures, **options: Any) -> ScrutinyPaper:
    """The public edition; identical to the paper if nothing is left out. `options` as for scrutiny_paper."""
    return scrutiny_paper(public_figures(figures), leaves_out=leaves_out([figures]), **options)


def anchor(reference: str) -> str:
    """The anchor of an entry: "wm-0163". Anchors of the paper's parts never contain a digit."""
    name = slugify(reference)
    return name if any(each.isdigit() for each in name) else f"entry-{name}"


def fours(digest: str) -> list[str]:
    return [digest[start : start + 4] for start in range(0, len(digest), 4)]


def moment(at: datetime.datetime) -> str:
    """A moment in London: "14 July 2026 at 09:12"."""
    local = at.astimezone(LONDON)
    return f"{full(local)} at {local:%H:%M}"


def change_with_terms(change: str, made: str) -> str:
    """ "2 fewer: 3 closed, 1 fell due"."""
    return f"{change}: {made}" if made else change


def counts_of(counted: Iterable[tuple[int, str]]) -> str:
    """The counts that are not zero: "3 closed, 1 fell due"."""
    return ", ".join(f"{count} {words}" for count, words in counted if count)


def any_of(words: list[str]) -> str:
    """ "superseded, withdrawn or transferred"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def change(then: int, now: int) -> str:
    if then == now:
        return "no change"
    return f"{now - then} more" if now > then else f"{then - now} fewer"


def full(day: datetime.date) -> str:
    return date_format(day, "j F Y")
