"""The register's rows in words: each cell states a fact and, below it, the basis. Templates only print them."""

import datetime
from collections import defaultdict, namedtuple
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.urls import reverse

from recommendations.domain.register.entries import in_sentence, join_words
from recommendations.domain.register.later import later
from recommendations.domain.register.listing import Listing, links_of
from recommendations.domain.register.parts.states import parts_in_words
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.rag_reasons import ColourBasis, days_until_due, quiet_for, reason
from recommendations.domain.register.risk_strip import BARS
from recommendations.domain.register.row_data import DATED, NOW, RecordFacts, facts_of
from recommendations.enums import AssuranceView, DeadlineKind, Outcome, Position, Rag, Vocabulary
from recommendations.models import SimilarPair, Thresholds, User
from recommendations.models.inspections.inspections import short_label, shorten
from recommendations.periods import say_days, say_times

ENOUGH = 400  # characters of a text without a heading: the row shows the first 120
HEADING = "tracked__recommendation__heading"
# The columns of the page's rows besides the shared facts.
SHOWN: dict[str, str | Combinable] = {
    "short_name": "tracked__recommendation__inspection__short_name",
    "source_word": "tracked__recommendation__inspection__source_word",
    "business_lead": "tracked__business_lead",
    "text": Case(When(**{HEADING: ""}, then=Left("tracked__recommendation__text", ENOUGH)), default=F(HEADING)),
    "is_linked": Exists(
        SimilarPair.objects.order_by().linked().filter(Q(one=OuterRef("tracked")) | Q(other=OuterRef("tracked")))
    ),
}


class RegisterCell(NamedTuple):
    """The two lines of a cell. `runs_on`: the words need both lines, and the note follows them on the second."""

    words: str
    note: str = ""
    runs_on: bool = False


@dataclass(frozen=True)
class ViewCell:
    """A cell of a saved view: the block of the row template that prints it, its heading, and words and a note if they
    differ from the row's own.
    """

    template: str
    label: str
    words: str = ""
    note: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One row, in words. `rag` is the colour's key; a flag, if any, replaces a note and has a mark.

    `later` is what happened since, for a row of a past day; `linked` names the linked recommendations that share this
    line; `cells` are those of the open saved view.
    """

    pk: int
    url: str
    reference: str
    source: str
    text: str
    lead: RegisterCell
    due: RegisterCell
    due_from: str
    due_flag: str
    rag: str
    rag_word: str
    rag_reason: str
    position: RegisterCell
    assurance: RegisterCell
    status: RegisterCell
    updated: RegisterCell
    updated_flag: str
    risk: RegisterCell
    risk_bars: int
    later: str
    is_linked: bool = False
    linked: str = ""
    cells: tuple[ViewCell, ...] = ()


def rows_of(query: RegisterQuery, ids: Sequence[int], user: User, rule: Thresholds, words: dict) -> list[RegisterRow]:
    """The rows with these ids, in their order, as far as `user` may see them. `words`: Label.objects.words()."""
    return _rows(facts_of(query, ids, user, rule, _RowFacts, SHOWN), query, user, rule, words)


@dataclass(frozen=True)
class ListedRows:
    """The rows of a listing in words, for a paginator: two queries for a page. `words`: Label.objects.words()."""

    listing: Listing
    words: dict

    def count(self) -> int:
        return len(self.listing.lines)

    def __getitem__(self, place: slice) -> list[RegisterRow]:
        of = self.listing
        return rows_of(of.query, of.lines[place], of.user, of.rule, self.words)


def _rows(
    facts: list["_RowFacts"], query: RegisterQuery, user: User, rule: Thresholds, words: dict
) -> list[RegisterRow]:
    pks = [each.pk for each in facts]
    since = later(pks, query.day) if query.past else {}
    linked = _linked_references(query, pks, user) if query.one_line else {}
    rows = [
        _row(each, query.day, rule, words, since.get(each.pk, "").format(source=each.source_word)) for each in facts
    ]
    return [replace(row, linked=linked[row.pk]) if row.pk in linked else row for row in rows]


def _linked_references(query: RegisterQuery, pks: Sequence[int], user: User) -> dict[int, str]:
    """The references of the recommendations linked with each of these."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    pairs = links_of(query).visible_to(user)
    for this, other in (("one", "other"), ("other", "one")):
        for pk, reference in pairs.filter(**{f"{this}__in": pks}).values_list(this, f"{other}__reference"):
            found[pk].append(reference)
    return {pk: join_words(sorted(references)) for pk, references in found.items()}


def _row(facts: "_RowFacts", day: datetime.date, rule: Thresholds, words: dict, since: str) -> RegisterRow:
    basis = ColourBasis.of_record(facts)
    due_flag = _due_flag(basis, day, rule)
    status = words[Vocabulary.INSPECTORATE_STATUS].get(facts.inspectorate_status, facts.inspectorate_status)
    return RegisterRow(
        pk=facts.pk,
        url=reverse("tracked", args=[facts.pk]),
        reference=facts.reference,
        source=f"{facts.short_name}, {short_label(facts.kind, facts.number)}",
        text=shorten(facts.text),
        lead=_cell(facts.chief_officer_lead or facts.business_lead, facts.force, width=LEAD),
        due=_due_cell(facts, due_flag),
        due_from=_due_source(facts),
        due_flag=due_flag,
        rag=facts.rag,
        rag_word=rule.word(facts.rag),
        rag_reason=_reason(facts, basis, day),
        position=_position(facts, words[Vocabulary.STAGE]),
        assurance=_dated_cell(AssuranceView(facts.assurance).label, facts.assurance_on, day)
        if facts.assurance
        else NO_VIEW,
        status=_dated_cell(status, facts.inspectorate_status_on, day) if status else NOTHING_HEARD,
        updated=_update_cell(facts, day),
        updated_flag=_quiet_flag(basis, day, rule),
        risk=RegisterCell(words[Vocabulary.RISK].get(facts.risk, facts.risk)),
        risk_bars=BARS.get(facts.risk, 0),
        later=since,
        is_linked=facts.is_linked,
    )


NO_VIEW, NOTHING_HEARD = RegisterCell("No view yet"), RegisterCell("No status yet")
LEAD, VOICE = 12, 18  # characters that fit on one line of a column


def _cell(words: str, note: str, width: int = VOICE) -> RegisterCell:
    return RegisterCell(words, note, runs_on=bool(note) and len(words) > width)


def _dated_cell(words: str, on: datetime.date | None, day: datetime.date) -> RegisterCell:
    assert on is not None  # a statement has its day
    return _cell(words, short(on, day))


def _due_cell(facts: "_RowFacts", flag: str) -> RegisterCell:
    """The date that it counts from, with how often the target moved (shorter beside a flag) or when it was closed."""
    if facts.deadline_kind == DeadlineKind.IMMEDIATE and not facts.direction_due_on:
        assert facts.deadline_on is not None  # tracked_deadline_has_day
        day, note = "Immediate", f"from {full(facts.deadline_on)}"
    elif facts.counts_from is None:
        day, note = "No date set", ""
    else:
        day, note = full(facts.counts_from), ""
    if facts.closed_on:
        note = f"closed {full(facts.closed_on)}"
    elif flag and facts.target_moves:
        note = f"moved {say_times(facts.target_moves)}"
    elif facts.target_moves:
        note = f"{'target' if facts.deadline_on else 'first,'} moved {say_times(facts.target_moves)}"
    return RegisterCell(day, note)


def _due_source(facts: "_RowFacts") -> str:
    if facts.direction_due_on:
        return "direction"
    if facts.deadline_on:
        return facts.source_word
    return "target" if facts.counts_from else ""


def _due_flag(basis: ColourBasis, day: datetime.date, rule: Thresholds) -> str:
    left = days_until_due(basis, day, rule)
    if left is None:
        return ""
    return f"in {say_days(left)}" if left else "due today"


def _reason(facts: "_RowFacts", basis: ColourBasis, day: datetime.date) -> str:
    """Why it has its colour, as in domain/register/rag_reasons.py, with short dates."""
    if facts.rag == Rag.BLUE:
        return in_sentence(Outcome(facts.outcome).label)
    if facts.rag == Rag.AMBER and facts.counts_from and facts.forecast_on:
        far = (facts.forecast_on - day).days >= NEAR
        return f"forecast {facts.forecast_on:%b %Y}" if far else f"forecast {short(facts.forecast_on, day)}"
    return reason(basis, day)


def _position(facts: "_RowFacts", stages: dict) -> RegisterCell:
    """The stage and, below it, "Closure asked" unless the reason says so, else the position unless accepted, else how
    many parts are done.
    """
    stage = stages.get(facts.stage, facts.stage) if facts.directed_to_force else "Not for force"
    if facts.closure_requested_on and facts.rag != Rag.GREEN:
        return _cell(stage, "Closure asked")
    if facts.position in ("", Position.ACCEPTED):
        done = parts_in_words(facts.parts, facts.parts_done)
        return _cell(stage, done or ("" if facts.directed_to_force or facts.position else "No position"))
    return _cell(stage, Position(facts.position).label)


def _update_cell(facts: "_RowFacts", day: datetime.date) -> RegisterCell:
    if facts.last_update_on is None:
        return RegisterCell("None yet", "")
    age = (day - facts.last_update_on).days
    return RegisterCell(short(facts.last_update_on, day), say_days(age) if age else "today")


def _quiet_flag(basis: ColourBasis, day: datetime.date, rule: Thresholds) -> str:
    quiet = quiet_for(basis, day, rule)
    return "" if quiet is None else say_days(quiet)


def full(day: datetime.date) -> str:
    """31 Mar 2025."""
    return f"{day.day} {day:%b} {day.year}"


NEAR = 300  # days: a day and month within this distance can't be mistaken for those of another year


def short(day: datetime.date, on: datetime.date) -> str:
    """ "31 Mar" if `day` is near `on`, else "31 Mar 2025"."""
    return f"{day.day} {day:%b}" if abs((day - on).days) < NEAR else full(day)


class _RowFacts(namedtuple("_RowFacts", (*NOW, *SHOWN, *DATED)), RecordFacts):  # type: ignore[misc]  # names that are rows of tables
    """The columns that the register reads for one recommendation, as at the day."""

    short_name: str
    source_word: str
    business_lead: str
    text: str
    is_linked: bool
