"""The feeds: five tables that other programs fetch by URL, each a generator that holds only some rows at a time.

A table contains what the user can see on the day asked about, in order of its identifiers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from recommendations.domain.commitments.status import Row as CheckOrMove
from recommendations.domain.commitments.status import latest_first, next_of
from recommendations.domain.compliance.status import ComplianceRow, compliance
from recommendations.domain.feeds import columns
from recommendations.domain.register.export.lines import lines_by_id, one_kind_of_line
from recommendations.domain.register.export.updates import entries_out
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import RegisterQuery
from recommendations.domain.register.sheet_columns import SheetField
from recommendations.domain.text.quotations import without_marks
from recommendations.enums import CheckOutcome, Every, PaperState
from recommendations.enums.api import ApiScope
from recommendations.models import (
    Commitment,
    CommitmentCheck,
    CommitmentMove,
    Inspection,
    Response,
    ScrutinyReport,
    Thresholds,
    User,
)
from recommendations.periods import day_end, london_day
from recommendations.permissions import May

AT_ONCE = 250  # recommendations read together

# The export columns that are in the feed, as the exports can have more (columns.LATER).
OF_LINE = attrgetter(*(field.key for field in columns.REGISTER[1:]))
OF_UPDATE = attrgetter(*(field.key for field in columns.UPDATES[2:]))

type Values = tuple[Any, ...]  # for each column a text ("" if empty), a number or None, or a day or None


@dataclass(frozen=True)
class FeedQuestion:
    """A request for a feed: a register query, of which the other tables use only the day, and the office's `words`."""

    query: RegisterQuery
    user: User
    rule: Thresholds
    words: dict
    origin: str = ""


@dataclass(frozen=True)
class FeedTable:
    """A table: its name, columns, rows, and the right and token scope that it requires."""

    name: str
    fields: tuple[SheetField, ...]
    rows: Callable[[FeedQuestion], Iterator[Values]]
    may: May
    scope: ApiScope
    of_register: bool = False  # whether it takes the register's filters

    @property
    def slug(self) -> str:
        """The table's name in CSV addresses."""
        return self.name.lower()


def register_rows(question: FeedQuestion) -> Iterator[Values]:
    """Yield a row for each recommendation in the register query."""
    for some in batched(_recommendations(question), AT_ONCE):
        found = lines_by_id(question.query, some, question.user, question.rule, question.words)
        yield from ((pk, *OF_LINE(line)) for pk, line in found.items())


def update_rows(question: FeedQuestion) -> Iterator[Values]:
    """Yield a row for each entry of the three voices, including withdrawn ones."""
    for some in batched(_recommendations(question), AT_ONCE):
        for said, line in entries_out(question.query, some, question.user, question.words):
            yield f"{said.voice}-{said.id}", said.tracked, *OF_UPDATE(line)


def _recommendations(question: FeedQuestion) -> list[int]:
    return sorted(Listing(question.query, question.user, question.rule).ids)


def response_rows(question: FeedQuestion) -> Iterator[Values]:
    """Yield a row for each report: whether its response was in time, late or is awaited, and what is missing."""
    user = question.user
    found = Inspection.objects.visible_to(user)
    rows = compliance(found, Response.objects.visible_to(user), question.query.day)
    for row in sorted(rows, key=lambda row: row.inspection.pk):
        yield _response(row, question.origin)


def _response(row: ComplianceRow, origin: str) -> Values:
    inspection, response = row.inspection, row.response
    public = bool(row.answered_on and response and response.slug)
    return (
        *(inspection.pk, one_kind_of_line(inspection.title), str(inspection.get_kind_display()), row.forces),
        *(inspection.published_on, row.last_day, row.answered_on),
        *(row.days_left if row.days_left is None or row.days_left >= 0 else None, row.days_late or None),
        *(str(row.stage.label), row.waits_for, ", ".join(row.who)),
        f"{origin}{response.get_public_url()}" if public and response else "",
    )


def commitment_rows(question: FeedQuestion) -> Iterator[Values]:
    """Yield a row for each commitment in a response published by the day, with its checks up to then."""
    query = question.query
    found = Commitment.objects.visible_to(question.user).filter(of__published_on__lte=query.day)
    if query.known_at is not None:
        found = found.filter(recorded_at__lte=query.known_at)
    for some in batched(found.select_related("of__response").order_by("pk").iterator(), AT_ONCE):
        rows = _checks_and_moves(some, query)
        yield from (_commitment(each, latest_first(rows[each.pk])) for each in some)


def _checks_and_moves(commitments: Sequence[Commitment], query: RegisterQuery) -> dict[int, list[CheckOrMove]]:
    """Return the checks and moves in effect on the day, by commitment id. Two queries."""
    known = {} if query.known_at is None else {"recorded_at__lte": query.known_at}
    moves = CommitmentMove.objects.filter(commitment__in=commitments, effective_on__lte=query.day, **known)
    checks = CommitmentCheck.objects.standing(query.day, query.known_at).filter(commitment__in=commitments)
    of = defaultdict(list)
    for row in [*moves, *checks]:
        of[row.commitment_id].append(row)
    return of


def _commitment(each: Commitment, rows: list[CheckOrMove]) -> Values:
    last = next((row for row in rows if isinstance(row, CommitmentCheck)), None)
    return (
        *(each.pk, one_kind_of_line(each.of.response.title), one_kind_of_line(without_marks(each.quote)), each.keeper),
        *(each.of.published_on, each.check_on, str(Every(each.every).label), last and last.effective_on),
        *(str(CheckOutcome(last.outcome).label) if last else "", next_of(each, rows)),
    )


def paper_rows(question: FeedQuestion) -> Iterator[Values]:
    """Yield a row for each finalised paper on one force and all sources that the user can read, with its numbers."""
    rows = ScrutinyReport.objects.visible_to(question.user).filter(state=PaperState.FINALISED, force__isnull=False)
    rows = rows.filter(source="", finalised_at__lte=day_end(question.query.day)).order_by("pk")
    yield from map(_paper, _with_numbers(rows).iterator())


def _with_numbers(rows: QuerySet) -> QuerySet:
    """Select the papers' own columns and only the sums of their figures, which are small."""
    own = ("pk", "force__short_name", "start", "end", "closed", "panel__name", "issue", "finalised_at")
    return rows.values(*own, "replaced_by", "figures__sum", "figures__then_and_now")


def _paper(each: dict) -> Values:
    total, overdue = each["figures__sum"] or {}, each["figures__then_and_now"] or {}
    return (
        *(each["pk"], each["force__short_name"], each["start"], each["end"]),
        "Closed paper" if each["closed"] else "Open paper",
        *(each["panel__name"] or "", each["issue"], london_day(each["finalised_at"]), each["replaced_by"]),
        *(total.get(field.key) for field in columns.TERMS),
        *(overdue.get(field.key) for field in columns.THEN_AND_NOW),
    )


OF_REGISTER = ApiScope.READ_REGISTER
REGISTER = FeedTable("Register", columns.REGISTER, register_rows, May.SEE_REGISTER, OF_REGISTER, of_register=True)
UPDATES = FeedTable("Updates", columns.UPDATES, update_rows, May.SEE_REGISTER, OF_REGISTER, of_register=True)
RESPONSES = FeedTable("Responses", columns.RESPONSES, response_rows, May.SEE_RESPONSES, OF_REGISTER)
COMMITMENTS = FeedTable("Commitments", columns.COMMITMENTS, commitment_rows, May.SEE_RESPONSES, OF_REGISTER)
PAPERS = FeedTable("Papers", columns.PAPERS, paper_rows, May.SEE_PAPERS, ApiScope.READ_PAPERS)
TABLES = (REGISTER, UPDATES, RESPONSES, COMMITMENTS, PAPERS)
