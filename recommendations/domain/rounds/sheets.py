"""An update round as a spreadsheet: its columns, the exported lines, and what each imported row would do.

Rows are matched to lines by reference. Each row also carries a signed mark with its round and a digest of the draft at
the time of the export, so that a sheet of another round is recognised, and a newer draft is not overwritten unseen.
"""

import datetime
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction

from recommendations.domain.register.sheet_columns import BY_KEY, PLANNED, UPDATE_TEXTS
from recommendations.domain.rounds.drafts import BLANK, TO_DO, SaveOutcome, Typed, initial_values, mark, save_drafts
from recommendations.domain.rounds.force_rows import WorkLine, lines_with_shelf, work_lines
from recommendations.domain.sources.naming import is_mixed
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import LineState, Outcome
from recommendations.enums.sources import HMICFRS
from recommendations.models import Recommendation, RoundLine, SheetDraft, UpdateRound, User
from recommendations.trail import digest

# Key and heading of each column: the information given, then the force's columns, then the mark.
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
# The delay columns, between the force's other columns and the closure, if a line is late.
OF_DELAY = {"delay_cause": "Cause of delay", "delay_words": "Why it is late", "mitigation": "Mitigation"}
# The last that is said, where an action plan answers a line; it is changed on its page alone.
OF_PLAN = {PLANNED: BY_KEY[PLANNED].heading}
MARK = "mark"
OF_SOURCES = {"deadline_words": "Source deadline words", "deadline_on": "Source deadline"}
HEADINGS = SAID | FILLED | {MARK: "Do not change"}
OUTCOMES = dict(Outcome.choices)
KEPT = datetime.timedelta(days=1)
PURPOSE = "round"


@dataclass(frozen=True)
class SheetLine:
    """An exported row. `filled` has a text for each column in FILLED; `is_open` is whether it can be answered.

    `causes` are the causes of delay to choose from if the line is late; then the OF_DELAY columns are filled in too.
    """

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
    """Return the lines of a round, in order. Pass `with_drafts` only for the force, whose drafts are private."""
    lines = lines_with_shelf(round).prefetch_related("tracked__recommendation__parts")
    return [_line_out(work, round.note, with_drafts) for work in work_lines(lines)]


def _line_out(work: WorkLine, note: str, with_drafts: bool) -> SheetLine:
    """Return one exported row. `note` is the office's question about all lines; the one about this line goes first."""
    line, tracked = work.line, work.line.tracked
    recommendation = tracked.recommendation
    values = initial_values(line, work.draft if with_drafts else None)
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
    """Return the column headings by key.

    Deadlines are labelled HMICFRS's, or the source's if there are several sources; the planned action appears if a line
    has one, delay columns if a line is late.
    """
    said = SAID | OF_PLAN if any(line.planned_action for line in lines) else SAID
    filled = FILLED | OF_DELAY if any(line.causes for line in lines) else FILLED
    closing = {key: heading for key, heading in FILLED.items() if key.startswith("closure_")}
    headings = said | {key: heading for key, heading in filled.items() if key not in closing} | closing
    named = headings | OF_SOURCES if is_mixed(line.source for line in lines) else headings
    return named | {MARK: HEADINGS[MARK]}


def _parts(recommendation: Recommendation) -> list[str]:
    """Return the sub-recommendations, each with its number."""
    return [f"{part.number} {part.text}".strip() for part in recommendation.parts.all()]


def causes_of(line: RoundLine) -> dict[str, str]:
    """Return the causes of delay by key that `work_lines` adds to a late line; empty for any other line."""
    return getattr(line, "causes", {})


def as_words(values: dict, causes: dict[str, str]) -> dict:
    """Return a draft's values as the sheet shows them: texts for FILLED and OF_DELAY. `causes` are labels by key."""
    words = {name: values[name] for name in FILLED | OF_DELAY}
    outcome, cause = OUTCOMES.get(values["closure_outcome"], ""), values["delay_cause"]
    words |= {"no_change": "yes" if values["no_change"] else "", "closure_outcome": outcome}
    return words | {"delay_cause": causes.get(cause, cause)}


def sign(line: RoundLine, values: dict) -> str:
    """Return a row's signed mark: its round, and the digest of its draft."""
    return _signer().sign(f"{line.round_id}-{mark(values)}")


def _signer() -> Signer:
    return Signer(salt="round sheet")


def unsign(text: str) -> tuple[int, str] | None:
    """Return the round and the draft's digest from a row's mark, or None if it was not signed here."""
    try:
        round, _, shown = _signer().unsign(text.strip()).partition("-")
    except BadSignature:
        return None
    return int(round), shown


@dataclass(frozen=True)
class RowIn:
    """An imported row: its number, reference, mark, values and errors.

    `values` has FILLED, and the OF_DELAY columns that the sheet has, with the cause in words.
    """

    number: int
    reference: str
    mark: str
    values: dict
    wrong: tuple[str, ...] = ()


def round_of(rows: list[RowIn]) -> int | None:
    """Return the round that the rows were exported for, or None. In a mixture, the round of most rows."""
    rounds = [signed[0] for row in rows if (signed := unsign(row.mark))]
    return max(set(rounds), key=rounds.count) if rounds else None


NEW, SAME, EMPTY, BOTH, WRONG, FOREIGN = "new", "same", "empty", "both", "wrong", "foreign"


@dataclass(frozen=True)
class RowPlan:
    """What a row would do. `values` is the draft that it makes, `shown` the mark of the current draft.

    `theirs` is the current draft if it has other text; `why` lists errors.
    """

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
    """What a sheet would do: its rows, and the references of lines waiting for an answer that have no row in it."""

    rows: tuple[RowPlan, ...]
    removed: tuple[str, ...]

    def doing(self, *does: str) -> list[RowPlan]:
        return [row for row in self.rows if row.does in does]


def plan_of(
    round: UpdateRound, rows: list[RowIn], *, with_drafts: bool, check: Callable[[WorkLine, dict], list[str]]
) -> SheetPlan:
    """Return what each row would do. `check` returns the errors in a line's values, in words.

    With drafts (for the force), a row that differs from a newer draft is a conflict, and values with errors are
    imported as typed. Without (for the office), drafts are ignored, and rows with errors are left out.
    """
    works = {work.line.tracked.reference.casefold(): work for work in work_lines(lines_with_shelf(round))}
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
    now = initial_values(line, draft)
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
    """Return the row with its cause of delay as a key; without the delay columns if the line is not late."""
    if not causes:
        return replace(row, values={name: value for name, value in row.values.items() if name not in OF_DELAY})
    words = row.values.get("delay_cause", "")
    key = next((key for key, label in causes.items() if words.casefold() in (label.casefold(), key)), "")
    if not words or key:
        return replace(row, values=row.values | {"delay_cause": key} if words else row.values)
    wrong = f"{OF_DELAY['delay_cause']}: “{words[:40]}” is not one of: {', '.join(causes.values())}."
    return replace(row, wrong=(*row.wrong, wrong))


def _values(now: dict, row: RowIn) -> dict:
    """Return the draft that a row makes. Changed text is no longer marked as ready or agreed."""
    values = now | row.values
    if values == now:
        return now
    return values | {"ready": False, "agreed_by": ""}


def _says_nothing(values: dict, now: dict) -> bool:
    """Whether a row is as empty as when it was exported: an unchanged forecast alone is no answer."""
    words = {name: value for name, value in values.items() if name != "forecast"}
    return not any(words.values()) and values["forecast"] in ("", now["forecast"])


def _says_something(now: dict) -> bool:
    return any(now[name] for name in BLANK if name not in ("forecast", "ready", "agreed_by"))


def fingerprint(plan: SheetPlan) -> str:
    """Return a digest, equal for plans that would do the same."""
    rows = [[row.number, row.does, row.line and row.line.pk, row.values, row.shown, row.why] for row in plan.rows]
    return digest([rows, plan.removed])


def bring_in_drafts(*, round: UpdateRound, plan: SheetPlan, use: set[int], by: User, at: datetime.datetime) -> int:
    """Save the rows as drafts, including conflicting ones if `use` contains the line. Returns how many.

    All or none: raises Refusal if a draft changed after the plan was made, and as `save_drafts` does.
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
    """Store the rows read from a round's sheet for the user who uploaded it, and delete their older uploads."""
    # written at once: a person's pending imports of more than a day ago are no records
    SheetDraft.objects.filter(by=by, purpose=PURPOSE, at__lt=at - KEPT).delete()
    draft = SheetDraft(token=secrets.token_urlsafe(24), by=by, at=at, purpose=PURPOSE, about=round.pk)
    draft.name, draft.sha256, draft.table = name[:200], sha256, table
    # no record: a pending import
    draft.save(force_insert=True)
    return draft


def find_sheet(*, round: UpdateRound, token: str, by: User | None, at: datetime.datetime) -> SheetDraft | None:
    """Return this user's upload for this round with this token, or None if there is none or it is over a day old."""
    kept = SheetDraft.objects.filter(token=token, by=by, purpose=PURPOSE, about=round.pk, at__gte=at - KEPT)
    return kept.first()
