"""One line of a spreadsheet compared with the register: its changes, in words and as values, and its problems."""

import datetime
import hashlib
from dataclasses import asdict, dataclass, field

from recommendations.domain.imports.conflicts import FILE, ImportConflict
from recommendations.domain.imports.lines import ImportLine, ImportProblem, ImportSource, NamedInspection
from recommendations.domain.imports.register_snapshot import RegisterSnapshot
from recommendations.domain.register.sheet_columns import BY_KEY
from recommendations.enums import RecommendationKind, RowOutcome
from recommendations.models import Force, Inspection, Recommendation, TrackedRecommendation
from recommendations.models.inspections.inspections import short_label, shorten
from recommendations.periods import say


@dataclass(frozen=True)
class ImportChange:
    """One changed fact, in words. `before` is "" for a new one."""

    field: str
    before: str
    after: str


@dataclass
class Writes:
    """What a line writes, as field values: `facts` of the tracked recommendation, `asked` of the recommendation."""

    facts: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    updates: list[dict] = field(default_factory=list)
    assurances: list[dict] = field(default_factory=list)
    statuses: list[dict] = field(default_factory=list)
    targets: list[dict] = field(default_factory=list)
    weights: list[dict] = field(default_factory=list)
    delays: list[dict] = field(default_factory=list)
    closed: dict | None = None
    requested: dict | None = None


NOTHING = Writes()


@dataclass
class ImportEntry:
    """A line, the record it is about, and what it would change.

    `key` identifies a recommendation created by this line or another: lines of several forces may share one.
    """

    line: ImportLine
    register: RegisterSnapshot
    source: ImportSource
    on: datetime.date
    undated_on: datetime.date | None = None
    force: Force | None = None
    inspection: Inspection | None = None
    report: NamedInspection | None = None
    recommendation: Recommendation | None = None
    tracked: TrackedRecommendation | None = None
    kind: str = ""
    key: tuple = ()
    shares: bool = False
    is_about_deaths: bool = False
    changes: list[ImportChange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    writes: Writes = field(default_factory=Writes)
    conflicts: list[ImportConflict] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """created, changed or unchanged; "" if it has problems."""
        if self.problems:
            return ""
        if self.is_new:
            return RowOutcome.CREATED
        return RowOutcome.CHANGED if self.changes else RowOutcome.UNCHANGED

    @property
    def is_new(self) -> bool:
        return self.tracked is None if self.is_tracked else self.recommendation is None

    @property
    def is_tracked(self) -> bool:
        return RecommendationKind(self.kind).is_tracked if self.kind else True

    @property
    def published_on(self) -> datetime.date | None:
        if self.inspection is not None:
            return self.inspection.published_on
        return self.report.published_on if self.report else None

    @property
    def file_reason(self) -> str:
        """The reason given for values from the file."""
        return f"Brought in from {self.source.name}."

    # For display

    @property
    def sheet(self) -> str:
        return self.line.sheet

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def place(self) -> str:
        return self.line.place

    @property
    def row(self) -> int | str:
        return self.line.row

    @property
    def pk(self) -> int | None:
        return self.tracked.pk if self.tracked else None

    @property
    def reference(self) -> str:
        return self.line.get("reference", "") or (self.tracked.reference if self.tracked else "")

    @property
    def label(self) -> str:
        number = self.line.get("number", "") or (self.recommendation.number if self.recommendation else "")
        return short_label(self.kind, number) if self.kind else number

    @property
    def title(self) -> str:
        if self.inspection is not None:
            return self.inspection.title
        return self.report.title if self.report else ""

    @property
    def source_name(self) -> str:
        """The source's name for a new report, or "" for HMICFRS."""
        return self.report.law[0].name if self.report and self.report.law else ""

    @property
    def text(self) -> str:
        text = self.line.get("heading", "") or self.line.get("text", "")
        return shorten(text) if text or not self.recommendation else self.recommendation.short_text

    def note_conflicts(self, conflicts: list[ImportConflict]) -> None:
        """Record the conflicts, and which units keep the register's values."""
        self.conflicts = conflicts
        stays = [conflict.heading for conflict in conflicts if conflict.choice != FILE]
        if stays:
            self.notes.append(f"{', '.join(stays)}: changed here since your export, so what is here stays.")

    def refuse(self, key: str, message: str, asks: tuple[str, ...] = ()) -> None:
        """Add a problem with the field `key`; `asks` is the unanswered question."""
        self.problems.append(self.line.problem(key, message, asks))

    def change(self, key: str, before: object, after: object) -> None:
        """Add a change in words, with dates formatted."""
        self.changes.append(ImportChange(BY_KEY[key].heading, _words(before), _words(after)))

    def day_fits(self, key: str, day: datetime.date) -> bool:
        """Whether a day is neither in the future nor before the report. Otherwise adds a problem."""
        if day > self.on:
            self.refuse(key, f"{say(day)} is in the future. Enter today or an earlier day.")
        elif self.published_on and day < self.published_on:
            self.refuse(key, f"{say(day)} is before the report was published, {say(self.published_on)}.")
        else:
            return True
        return False

    def not_before_report(self, key: str, day: datetime.date) -> bool:
        """Whether a future day is not before the report. Otherwise adds a problem."""
        if self.published_on and day < self.published_on:
            self.refuse(key, f"{say(day)} is before the report was published, {say(self.published_on)}.")
            return False
        return True

    def let_go(self) -> None:
        """Drop what it would write and its records, once written or to be planned again."""
        self.changes, self.writes = [], NOTHING
        self.recommendation = self.tracked = None

    @property
    def signature(self) -> str:
        """A digest of what this entry does to which version of which record: equal for plans that agree."""
        versions = [each.version if each and self.changes else 0 for each in (self.tracked, self.recommendation)]
        about = [each.pk if each else None for each in (self.tracked, self.recommendation, self.inspection)]
        law = self.report.law[1] if self.report and self.report.law else None
        said = [self.place, str(self.outcome), about, law, versions, sorted(asdict(self.writes).items()), self.problems]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def _words(value: object) -> str:
    return say(value) if isinstance(value, datetime.date) else str(value or "")
