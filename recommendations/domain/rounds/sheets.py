"""An update round as a sheet: the columns, its lines on the way out, and what each row would do on the way in.

Rows find their lines by reference. Each row also carries a signed mark: of which round it is, and what the draft said
when the sheet was taken out, so that a sheet of another round is known, and a newer draft is not overwritten unseen.
"""

import datetime
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction

from recommendations.domain.register.sheet_columns import BY_KEY, PLANNED, UPDATE_TEXTS
from recommendations.domain.rounds.drafts import BLANK, TO_DO, SaveOutcome, Typed, mark, save_drafts, to_begin_with
from recommendations.domain.rounds.force_rows import WorkLine, shelved, told
from recommendations.domain.sources.naming import is_mixed
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LineState, Outcome
from recommendations.enums.sources import HMICFRS
from recommendations.models import Recommendation, RoundLine, SheetDraft, UpdateRound, User
from recommendations.trail import digest

# The key of each column and its heading: what is said, then what the force fills in, then the mark.
SAID = {
    "reference": "Reference",
    "report": "Report",
    "number": "Number",
    "text": "Recommendation",
    "deadline_words": "HMICFRS deadline words",
    "deadline_on": "HMICFRS deadline",
    "target_on": "Target",
    "last": "Your last answer",
    "last_on": "Day of last answer",
    "asks": "The OPCC asks",
}
FILLED = {
    "done": "What was done since",
    "no_change": "No change (yes)",
    "forecast": "Forecast",
    **{field.key: field.heading for field in UPDATE_TEXTS},
    "said_by": "Said by",
    "closure_outcome": "Ask to close (outcome)",
    "closure_reason": "Why it can be closed",
}
# Between what the force fills in of every line and the closure, where a line is late.
OF_DELAY = {"delay_cause": "Cause of delay", "delay_words": "Why it is late", "mitigation": "Mitigation"}
# After the target, where an action plan answers a line: said, and changed on its page alone.
OF_PLAN = {PLANNED: BY_KEY[PLANNED].heading}
MARK = "mark"
OF_SOURCES = {"deadline_words": "Source deadline words", "deadline_on": "Source deadline"}
HEADINGS = SAID | FILLED | {MARK: "Do not change"}
OUTCOMES = dict(Outcome.choices)
KEPT = datetime.timedelta(days=1)
PURPOSE = "round"


@dataclass(frozen=True)
class SheetLine:
    """A row on its way out. `filled` has a text for each of FILLED; `is_open` says whether it can be answered,
    `causes` are those to choose from where the line is late: then OF_DELAY is filled in too."""

    reference: str
    report: str
    number: str
    text: str
    deadline_words: str
    deadline_on: datetime.date | None
    target_on: datetime.date | None
    last: str
    last_on: datetime.date | None
    asks: str
    filled: dict
    mark: str
    is_open: bool
    source: str = HMICFRS
    planned_action: str = ""
    causes: tuple[str, ...] = ()


def lines_out(round: UpdateRound, *, with_drafts: bool) -> list[SheetLine]:
    """The lines of a round in their order. The force's drafts are among them for its own people only."""
    lines = shelved(round).prefetch_related("tracked__recommendation__parts")
    return [_line_out(work, round.note, with_drafts) for work in told(lines)]


def _line_out(work: WorkLine, note: str, with_drafts: bool) -> SheetLine:
    """`note` is what the office asks about all of them; what it asks about this one comes first."""
    line, tracked = work.line, work.line.tracked
    recommendation = tracked.recommendation
    values = to_begin_with(line, work.draft if with_drafts else None)
    is_open, causes = line.state in TO_DO, causes_of(line)
    asks = "\n".join(filter(None, (work.question.text if work.question else "", note)))
    return SheetLine(
        reference=tracked.reference,
        report=recommendation.inspection.short_name,
        number=recommendation.short_label,
        text="\n".join((recommendation.text, *_parts(recommendation))),
        deadline_words=recommendation.deadline_words,
        deadline_on=tracked.deadline_on,
        target_on=tracked.standing.target_on,
        last=work.before.text if work.before else "",
        last_on=work.before.on if work.before else None,
        asks=asks if is_open else "Answered. Nothing to do.",
        filled=as_words(values, causes) if is_open else dict.fromkeys(FILLED | OF_DELAY, ""),
        mark=sign(line, values),
        is_open=is_open,
        source=recommendation.inspection.source,
        planned_action=tracked.planned_action,
        causes=tuple(causes.values()) if is_open else (),
    )


def headings_of(lines: list[SheetLine]) -> dict[str, str]:
    """The headings by key: the deadlines are HMICFRS's, or their source's where there are others among them; the action
    that is planned where there is one, those of a delay where a line is late."""
    planned = OF_PLAN if any(line.planned_action for line in lines) else {}
    said = {}
    for key, heading in SAID.items():
        said |= {key: heading} | (planned if key == "target_on" else {})
    filled = FILLED | OF_DELAY if any(line.causes for line in lines) else FILLED
    closing = {key: heading for key, heading in FILLED.items() if key.startswith("closure_")}
    headings = said | {key: heading for key, heading in filled.items() if key not in closing} | closing
    named = headings | OF_SOURCES if is_mixed(line.source for line in lines) else headings
    return named | {MARK: HEADINGS[MARK]}


def _parts(recommendation: Recommendation) -> list[str]:
    """Its sub-recommendations, each with its number."""
    return [f"{part.number} {part.text}".strip() for part in recommendation.parts.all()]


def causes_of(line: RoundLine) -> dict[str, str]:
    """The causes to choose from by key, as `told` gives them to a line that is late; none for any other."""
    return getattr(line, "causes", {})


def as_words(values: dict, causes: dict[str, str]) -> dict:
    """What a draft says, as a sheet has it: a text for each of FILLED and OF_DELAY; `causes` by key."""
    words = {name: values[name] for name in FILLED | OF_DELAY}
    outcome, cause = OUTCOMES.get(values["closure_outcome"], ""), values["delay_cause"]
    words |= {"no_change": "yes" if values["no_change"] else "", "closure_outcome": outcome}
    return words | {"delay_cause": causes.get(cause, cause)}


def sign(line: RoundLine, values: dict) -> str:
    """The mark of a row: of which round, and what its draft said."""
    return _signer().sign(f"{line.round_id}-{mark(values)}")


def _signer() -> Signer:
    return Signer(salt="round sheet")


def unsign(text: str) -> tuple[int, str] | None:
    """The round and the draft's mark that a row was signed with; None for any other text."""
    try:
        round, _, shown = _signer().unsign(text.strip()).partition("-")
    except BadSignature:
        return None
    return int(round), shown


@dataclass(frozen=True)
class RowIn:
    """A row as it was read: its place, its reference and mark, a value for each of FILLED and for the columns of
    OF_DELAY that the sheet has (the cause in words), what cannot be read."""

    number: int
    reference: str
    mark: str
    values: dict
    wrong: tuple[str, ...] = ()


def round_of(rows: list[RowIn]) -> int | None:
    """The round that the rows were taken out for; None where none says so. A mixture is of the round of most."""
    rounds = [signed[0] for row in rows if (signed := unsign(row.mark))]
    return max(set(rounds), key=rounds.count) if rounds else None


NEW, SAME, EMPTY, BOTH, WRONG, FOREIGN = "new", "same", "empty", "both", "wrong", "foreign"


@dataclass(frozen=True)
class RowPlan:
    """What a row would do. `values` is the draft that it makes, `shown` the mark of what is there now, `theirs` what
    is there in other words; `why` says what is wrong."""

    number: int
    reference: str
    does: str
    line: RoundLine | None = None
    values: dict = field(default_factory=dict)
    shown: str = ""
    theirs: dict | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet would do: its rows, and the references of lines that have no row in it and wait for an answer."""

    rows: tuple[RowPlan, ...]
    removed: tuple[str, ...]

    def doing(self, *does: str) -> list[RowPlan]:
        return [row for row in self.rows if row.does in does]


def plan_of(
    round: UpdateRound, rows: list[RowIn], *, with_drafts: bool, check: Callable[[WorkLine, dict], list[str]]
) -> SheetPlan:
    """What each row would do. `check` says in words what is wrong with the values of a line.

    With drafts (for the force) a newer draft of other words is set against a row, and what is wrong comes in as it was
    typed. Without (for the office) drafts are not looked at, and a row with something wrong stays out.
    """
    works = {work.line.tracked.reference.casefold(): work for work in told(shelved(round))}
    found: list[RowPlan] = []
    seen: dict[str, int] = {}
    for row in rows:
        work = works.get(row.reference.casefold())
        before = seen.setdefault(row.reference.casefold(), row.number)
        if work is None or (unsign(row.mark) or (round.pk,))[0] != round.pk:
            found.append(RowPlan(row.number, row.reference, FOREIGN))
        elif before != row.number:
            found.append(RowPlan(row.number, row.reference, WRONG, work.line, why=(f"It is in row {before} too.",)))
        else:
            found.append(_plan_row(work, row, with_drafts, check))
    waiting = [work for reference, work in works.items() if reference not in seen and work.line.state in TO_DO]
    return SheetPlan(tuple(found), tuple(work.line.tracked.reference for work in waiting))


def _plan_row(work: WorkLine, row: RowIn, with_drafts: bool, check: Callable[[WorkLine, dict], list[str]]) -> RowPlan:
    line = work.line
    draft = work.draft if with_drafts else None
    now = to_begin_with(line, draft)
    row = _with_cause(row, causes_of(line))
    values = _values(now, row)
    empty = _says_nothing(row.values, now)

    def does(what: str, **more: Any) -> RowPlan:
        return RowPlan(row.number, line.tracked.reference, what, line, values, mark(now), **more)

    if line.state not in TO_DO:
        given = "accepted" if line.state == LineState.ACCEPTED else "released"
        return does(SAME) if empty else does(WRONG, why=(f"Its answer was {given} already.",))
    if empty or values == now:
        return does(EMPTY if empty and not _says_something(now) else SAME)
    why = (*row.wrong, *check(work, values))
    if row.wrong or (why and not with_drafts):
        return does(WRONG, why=why)
    shown = (unsign(row.mark) or ("", ""))[1]
    newer = with_drafts and _says_something(now) and mark(now) != shown
    return does(BOTH, theirs=now, why=why) if newer else does(NEW, why=why)


def _with_cause(row: RowIn, causes: dict[str, str]) -> RowIn:
    """The row with the key of its cause; without what it says of a delay where the line is not late."""
    if not causes:
        return replace(row, values={name: value for name, value in row.values.items() if name not in OF_DELAY})
    words = row.values.get("delay_cause", "")
    key = next((key for key, label in causes.items() if words.casefold() in (label.casefold(), key)), "")
    if not words or key:
        return replace(row, values=row.values | {"delay_cause": key} if words else row.values)
    wrong = f"{OF_DELAY['delay_cause']}: “{words[:40]}” is not one of: {', '.join(causes.values())}."
    return replace(row, wrong=(*row.wrong, wrong))


def _values(now: dict, row: RowIn) -> dict:
    """The draft that a row makes. Words that nobody agreed to yet are not ready."""
    values = now | row.values
    if values == now:
        return now
    return values | {"ready": False, "agreed_by": ""}


def _says_nothing(values: dict, now: dict) -> bool:
    """Whether a row is as empty as it went out: a forecast alone that was there already is no answer."""
    words = {name: value for name, value in values.items() if name != "forecast"}
    return not any(words.values()) and values["forecast"] in ("", now["forecast"])


def _says_something(now: dict) -> bool:
    return any(now[name] for name in BLANK if name not in ("forecast", "ready", "agreed_by"))


def fingerprint(plan: SheetPlan) -> str:
    """Equal for plans that would do the same."""
    rows = [[row.number, row.does, row.line and row.line.pk, row.values, row.shown, row.why] for row in plan.rows]
    return digest([rows, plan.removed])


def bring_in_drafts(*, round: UpdateRound, plan: SheetPlan, use: set[int], by: User, at: datetime.datetime) -> int:
    """Make drafts of the rows, and of those that stand against a newer draft where `use` has the line. Says how many.

    All or none: raises Refusal where a draft changed after the plan was made, or as save_drafts does.
    """
    rows = [(row, row.line.pk) for row in plan.doing(NEW, BOTH) if row.line and (row.does == NEW or row.line.pk in use)]
    typed = [Typed(line, row.values, row.shown) for row, line in rows]
    if not typed:
        raise Refusal("Nothing was chosen to be brought in.")
    with transaction.atomic():
        saved = save_drafts(round=round, typed=typed, by=by, at=at)
        late = [row.reference for row, line in rows if saved[line].kept in (SaveOutcome.THEIRS, SaveOutcome.SETTLED)]
        if late:
            raise Refusal(f"{', '.join(late)} changed after you opened the page. Check again.")
    return len(rows)


def keep_sheet(
    *, round: UpdateRound, by: User | None, at: datetime.datetime, name: str, sha256: str, table: dict
) -> SheetDraft:
    """Keep what was read of a round's sheet, for the person who brought it; their older ones are let go."""
    # written at once: a person's pending imports of more than a day ago are no records
    SheetDraft.objects.filter(by=by, purpose=PURPOSE, at__lt=at - KEPT).delete()
    draft = SheetDraft(token=secrets.token_urlsafe(24), by=by, at=at, purpose=PURPOSE, about=round.pk)
    draft.name, draft.sha256, draft.table = name[:200], sha256, table
    # no record: a pending import
    draft.save(force_insert=True)
    return draft


def find_sheet(*, round: UpdateRound, token: str, by: User | None, at: datetime.datetime) -> SheetDraft | None:
    """This person's sheet of this round with this token; None where there is none, or it is older than a day."""
    kept = SheetDraft.objects.filter(token=token, by=by, purpose=PURPOSE, about=round.pk, at__gte=at - KEPT)
    return kept.first()
