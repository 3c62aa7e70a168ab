"""The lines of a scrutiny report's lists and register, as frozen values. No queries.

Text that readers see (labels, names, reasons) is stored as it was on the day.
"""

from dataclasses import dataclass
from datetime import date

from recommendations.enums import Outcome
from recommendations.periods import say, say_days, say_times


@dataclass(frozen=True, kw_only=True)
class PaperDeadline:
    """The source's deadline: the verbatim words, how they were read (enums.DeadlineKind) and the day, if any."""

    words: str = ""
    kind: str = "none"
    on: date | None = None

    @property
    def as_words(self) -> str:
        """The day with the words: "9 Sep 2023 (“within six months”)", "immediate", "none given"."""
        if self.kind == "immediate":
            read = "immediate"
        else:
            read = f"{self.on.day} {self.on:%b %Y}" if self.on else "none given"
        return f"{read} (“{self.words}”)" if self.words else read


@dataclass(frozen=True, kw_only=True)
class LatestVoice:
    """The latest entry of one voice: its label ("In progress"), its text, and the day it applies to."""

    label: str = ""
    words: str = ""
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecommendationLine:
    """The fields that every line has about its tracked recommendation. `label` is kind and number: "Recommendation 2".

    `source` is the name of the source. Papers filed before this field existed are about HMICFRS only.
    """

    reference: str
    heading: str
    label: str
    inspection: str
    source: str = "HMICFRS"


class Movable:
    """A line with a target date that can move; `times_moved` is how often it did."""

    times_moved: int

    @property
    def moved_words(self) -> str:
        """ "not moved", "moved once", "moved twice", "moved 3 times"."""
        if not self.times_moved:
            return "not moved"
        return f"moved {say_times(self.times_moved)}"


@dataclass(frozen=True, kw_only=True)
class Overdue(Movable, RecommendationLine):
    """An overdue recommendation. `counts_from` is HMICFRS's deadline, else the first target, else (immediate)
    publication.

    The recovery plan is the latest forecast and the force's latest update (`recovery`, on `recovery_on`). `targets` are
    all target days in the order they were set; `published_on` is the report's day and `assurance_words` the office's
    reason. Papers of format 1 have none of these three.
    """

    deadline: PaperDeadline = PaperDeadline()
    counts_from: date | None = None
    days_over: int = 0
    first_target_on: date | None = None
    target_on: date | None = None
    forecast_on: date | None = None
    times_moved: int = 0
    why_moved: str = ""
    lead: str = ""
    assurance: str = ""
    assurance_on: date | None = None
    recovery: str = ""
    recovery_on: date | None = None
    published_on: date | None = None
    targets: tuple[date, ...] = ()
    assurance_words: str = ""


@dataclass(frozen=True, kw_only=True)
class WasOverdue(RecommendationLine):
    """A recommendation overdue when the period opened. `became` is its state now ("Still overdue"), `words` the detail.

    `group` is the label under which page 1 counts it ("Moved, still overdue"); empty in papers before format 3.
    """

    became: str
    words: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class MovedTarget(Movable, RecommendationLine):
    """One change of a target in the period. `times_moved` counts all changes up to the period's end."""

    moved_on: date
    was_on: date | None = None
    now_on: date | None = None
    reason: str = ""
    moved_by: str = ""
    times_moved: int = 1

    @property
    def when(self) -> date:
        return self.moved_on

    @property
    def why(self) -> str:
        """ "From 30 June 2026 to 31 July 2026: two posts were empty."."""
        return f"From {_say(self.was_on)} to {_say(self.now_on)}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class New(RecommendationLine):
    """A recommendation that entered the paper. `how` says how: "New", "Recorded late", "Transferred in"."""

    published_on: date | None = None
    tracked_on: date | None = None
    deadline: PaperDeadline = PaperDeadline()
    lead: str = ""
    how: str = "New"

    @property
    def when(self) -> date | None:
        return self.tracked_on

    @property
    def why(self) -> str:
        return f"{self.how}. {self.inspection}, {self.label}"


@dataclass(frozen=True, kw_only=True)
class Closed(RecommendationLine):
    """A recommendation that left. `outcome` and `hmicfrs` are words: "Implemented", "HMICFRS has not said"."""

    outcome: str
    closed_on: date
    reason: str = ""
    evidence: str = ""
    requested_by: str = ""
    decided_by: str = ""
    hmicfrs: str = ""

    @property
    def when(self) -> date:
        return self.closed_on

    @property
    def is_closure(self) -> bool:
        """Whether it was closed, implemented or not, rather than superseded, withdrawn or gone."""
        return bool(self.hmicfrs) and self.outcome not in (Outcome.SUPERSEDED.label, Outcome.WITHDRAWN.label)

    @property
    def ended(self) -> str:
        """ "Implemented, closed", or "Taken out" if it left without a closure, on which HMICFRS has no view."""
        return f"{self.outcome}, closed" if self.hmicfrs else self.outcome

    @property
    def why(self) -> str:
        how = ", ".join(filter(None, (self.outcome, self.hmicfrs)))
        return f"{how}. {self.reason}".strip()


@dataclass(frozen=True, kw_only=True)
class Reopened(RecommendationLine):
    reopened_on: date
    closed_on: date | None = None
    reason: str = ""
    reopened_by: str = ""

    @property
    def when(self) -> date:
        return self.reopened_on

    @property
    def why(self) -> str:
        return f"Closed on {_say(self.closed_on)}. {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ResponseDue:
    """A statutory response due or late in the period. `state` is in words: "Late by 3 days", "Answered on day 42"."""

    inspection: str
    published_on: date
    due_on: date | None = None
    responded_on: date | None = None
    state: str = ""
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperAction(Movable):
    """An action on a recommendation: open at the period's end, or done or dropped in the period.

    `of_office`: the office does it, not the force. `state` is its label ("Under way") and `since` the first day on
    which it stood so. `waits` says what holds it up ("waits for “Train staff”, 12 days late"), `why` why it was
    dropped.
    """

    words: str
    owner: str
    due_on: date
    state: str
    of_office: bool = False
    is_open: bool = True
    since: date | None = None
    days_late: int = 0
    times_moved: int = 0
    waits: str = ""
    why: str = ""

    @property
    def stands(self) -> str:
        """ "Under way, 12 days late; waits for the contract", "Done, 3 June 2026"."""
        first = [self.state, f"{say_days(self.days_late)} late" if self.days_late else ""]
        if not self.is_open and self.since:
            first.append(say(self.since))
        return "; ".join(filter(None, (", ".join(filter(None, first)), self.waits, self.why)))

    def in_words(self, office: str) -> str:
        """The whole action on one line, for the register's files. `office` is the label of the office's voice."""
        who = f"{self.owner} ({office})" if self.of_office else self.owner
        moved = f" ({self.moved_words})" if self.times_moved else ""
        return f"{self.words.rstrip('.')}: {who}, by {say(self.due_on)}{moved}. {self.stands.rstrip('.')}."


@dataclass(frozen=True, kw_only=True)
class RegisterEntry(Movable, RecommendationLine):
    """A tracked recommendation as in the register, with the latest entry of each voice.

    `text` and `limbs` (sub-recommendations) are verbatim. `rag` is the colour's key, `rag_word` its label.
    `hmicfrs.words` is the inspectorate's free text with its status, mostly empty. `counts_from` and `close_down_on` are
    defined in domain/register/rag.py; they are missing if Figures.has_dates is false. `risk` is the key and `risk_word`
    the office's label; both are empty if risk is not assessed, and before format 3. `actions` are empty where actions
    were off, and in papers filed before there were any.
    """

    text: str
    limbs: tuple[str, ...] = ()
    directed_to: str = ""
    under: str = ""
    deadline: PaperDeadline = PaperDeadline()
    first_target_on: date | None = None
    target_on: date | None = None
    times_moved: int = 0
    forecast_on: date | None = None
    counts_from: date | None = None
    close_down_on: date | None = None
    position: str = ""
    chief_officer_lead: str = ""
    business_lead: str = ""
    office_lead: str = ""
    risk: str = ""
    risk_word: str = ""
    rag: str = ""
    rag_word: str = ""
    rag_reason: str = ""
    flags: tuple[str, ...] = ()
    closed_on: date | None = None
    outcome: str = ""
    closure: str = ""
    hmicfrs: LatestVoice = LatestVoice()
    force: LatestVoice = LatestVoice()
    office: LatestVoice = LatestVoice()
    actions: tuple[PaperAction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisterPart:
    """One inspection's section of the register. `source` is the name that sums by source have for who made it.

    It is "" in papers filed before their register's files named the sources.
    """

    title: str
    source: str = ""
    kind: str = ""
    published_on: date | None = None
    open: int = 0
    closed: int = 0
    entries: tuple[RegisterEntry, ...] = ()

    @property
    def what(self) -> str:
        """The kind of an HMICFRS inspection, or the source's name for a report of another source."""
        return self.kind if self.source in ("", "HMICFRS") or self.kind != "Other" else self.source


def _say(day: date | None) -> str:
    return say(day) if day else "no day"


@dataclass(frozen=True, kw_only=True)
class SinceLine:
    """An event after the period. `reference` is the recommendation concerned, or ""."""

    on: date
    words: str
    reference: str = ""
