"""What each item of an agenda says on a day: of the register as its pages say it, of a report, a grade, a commitment.

While an agenda is prepared this is read anew; when it is made ready it is kept (meetings.py).
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from recommendations.domain.accountability.data import ItemWords, LineWords
from recommendations.domain.accountability.restricted import restricted_tracked
from recommendations.domain.actions.actions import latest_row
from recommendations.domain.commitments.queries import rows_for, with_latest
from recommendations.domain.register.entries import in_sentence
from recommendations.domain.register.export.line_words import date_words, force_word
from recommendations.domain.register.export.lines import RegisterLine, lines_by_id
from recommendations.domain.register.listing import Listing
from recommendations.domain.register.queries import CountedRows, RegisterQuery
from recommendations.domain.register.rag import annotate_colours, is_overdue
from recommendations.domain.register.sheet_columns import paper_text
from recommendations.enums import Rag
from recommendations.enums.accountability import ItemKind
from recommendations.models import (
    Action,
    AgendaItem,
    Commitment,
    CommitteeRequest,
    Label,
    PeelGrade,
    RagRule,
    Standing,
    Thresholds,
    User,
)
from recommendations.models.inspections.inspections import shorten
from recommendations.periods import say, say_days

MOST_LINES = 40  # of part of the register that are listed
LONGEST = 400  # letters of a recommendation's text in a list


class Part(NamedTuple):
    """Part of the register: the ids of its recommendations that are listed, and how many are not."""

    ids: tuple[int, ...]
    more: int


def item_words(items: Iterable[AgendaItem], *, user: User, day: datetime.date) -> dict[int, ItemWords]:
    """What each of these items of one force says on a London day, by its id, as far as `user` may see it."""
    items = list(items)
    rule = RagRule.objects.on(day)
    parts = {each.pk: _part(each, user, day, rule) for each in items if each.kind == ItemKind.REGISTER}
    ids: set[int] = {pk for part in parts.values() for pk in part.ids} | {
        each.tracked_id for each in items if each.tracked_id
    }
    lines = lines_by_id(RegisterQuery(day=day), sorted(ids), user, rule, Label.objects.words()) if ids else {}
    hidden = restricted_tracked(ids)
    return {each.pk: _words(each, parts.get(each.pk), lines, hidden, rule, day) for each in items}


def _part(item: AgendaItem, user: User, day: datetime.date, rule: Thresholds) -> Part:
    query = RegisterQuery(
        day=day,
        forces=(item.meeting.force_id,),
        colours=tuple(item.colours.split()),
        show=CountedRows.OVERDUE if item.late_only else CountedRows.OPEN,
    )
    ids = Listing(query, user, rule).ids
    return Part(ids[:MOST_LINES], max(len(ids) - MOST_LINES, 0))


def _words(
    item: AgendaItem,
    part: Part | None,
    lines: dict[int, RegisterLine],
    hidden: set[int],
    rule: Thresholds,
    day: datetime.date,
) -> ItemWords:
    said: dict[str, Any] = {"kind": item.kind, "question": item.question}
    if part is not None:
        listed = tuple(_line(lines[pk], pk in hidden, LONGEST) for pk in part.ids if pk in lines)
        number = ("Recommendations", f"{len(part.ids) + part.more:,}")
        title = item.heading or part_title(item, rule)
        return ItemWords(title=title, facts=(number,), lines=listed, more=part.more, **said)
    if item.tracked_id and item.tracked_id in lines:
        line = _line(lines[item.tracked_id], item.tracked_id in hidden)
        title = item.heading or f"{line.reference}: {shorten(line.title, 100)}"
        return ItemWords(title=title, lines=(line,), **said)
    facts = tuple(pair for pair in _facts(item, day, rule) if pair[1])
    return ItemWords(title=item.heading or _title(item), facts=facts, **said)


def part_title(item: AgendaItem, rule: Thresholds) -> str:
    """ "Red and amber, past their date", or "All that is open"."""
    words = [in_sentence(rule.word(colour)) for colour in Rag.values if colour in item.colours.split()]
    colours = " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
    late = "past their date" if item.late_only else ""
    said = ", ".join(filter(None, (colours, late)))
    return said[:1].upper() + said[1:] if said else "All that is open"


def _line(line: RegisterLine, is_restricted: bool, most: int = 0) -> LineWords:
    text = line.heading or line.text
    return LineWords(
        reference=line.reference,
        title=shorten(text, most) if most else text,
        stands=f"{line.rag}: {line.rag_reason}",
        dates=tuple(filter(None, date_words(line))),
        force=force_word(line),
        force_text=_limited(paper_text(line.update, line), most),
        force_on=say(line.update_on) if line.update_on else "",
        force_by=line.said_by,
        assurance=line.assurance or "No view yet",
        assurance_text=_limited(line.assurance_why, most),
        restricted=is_restricted,
    )


def _limited(text: str, most: int) -> str:
    return shorten(text, most) if most else text


def _title(item: AgendaItem) -> str:
    if item.kind == ItemKind.REPORT:
        return item.inspection.title if item.inspection else ""
    if item.kind == ItemKind.GRADE:
        return f"PEEL: {item.grade.area}" if item.grade else ""
    if item.kind == ItemKind.ACTION:
        return shorten(item.action.words, 160) if item.action else ""
    if item.kind == ItemKind.REQUEST:
        return str(item.request) if item.request else ""
    if item.kind == ItemKind.COMMITMENT:
        return f"Commitment: {shorten(item.commitment.quote, 100)}" if item.commitment else ""
    return item.heading or "A recommendation that has left the register"


def _facts(item: AgendaItem, day: datetime.date, rule: Thresholds) -> Iterator[tuple[str, str]]:
    if item.kind == ItemKind.REPORT:
        yield from _report_facts(item, day, rule)
    elif item.kind == ItemKind.GRADE and item.grade is not None:
        yield from _grade_facts(item.grade)
    elif item.kind == ItemKind.ACTION and item.action is not None:
        yield from action_facts(item.action, day)
    elif item.kind == ItemKind.REQUEST and item.request is not None:
        yield from request_facts(item.request, day)
    elif item.kind == ItemKind.COMMITMENT and item.commitment is not None:
        (row,) = rows_for(with_latest(Commitment.objects.filter(pk=item.commitment.pk)), day)
        yield from (("What was promised", item.commitment.quote), ("Who keeps it", item.commitment.keeper))
        yield from (("Last check", row.latest), ("Next check", row.next_words))


def _report_facts(item: AgendaItem, day: datetime.date, rule: Thresholds) -> Iterator[tuple[str, str]]:
    assert item.inspection is not None  # a constraint
    about = {"tracked__recommendation__inspection": item.inspection_id, "force": item.meeting.force_id}
    rows = list(annotate_colours(Standing.objects.on(day).filter(**about), day, rule))
    still_open = [row for row in rows if not row.closed_on]
    late = sum(is_overdue(row.rag) for row in still_open)
    yield "Published", say(item.inspection.published_on)
    yield "Recommendations", f"{len(rows):,}, {len(still_open):,} open, {late:,} past their date"


def _grade_facts(grade: PeelGrade) -> Iterator[tuple[str, str]]:
    yield "Grade", grade.get_grade_display()
    yield "Cycle", str(grade.cycle)
    yield "Given on", say(grade.effective_on)


def action_facts(action: Action, day: datetime.date) -> Iterator[tuple[str, str]]:
    """Who does it and by when, how it stands, and at which meeting it was agreed. Two queries."""
    row = latest_row(action)
    yield "Owner", row.owner
    yield "To be done by", _due_words(row.due_on, day if row.is_open else row.due_on)
    yield "How it stands", row.get_state_display()
    yield "Last said", row.note
    agreed = getattr(action, "agreed_at", None)
    yield "Agreed at", str(agreed.item.meeting) if agreed else ""


def request_facts(request: CommitteeRequest, day: datetime.date) -> Iterator[tuple[str, str]]:
    """What a committee asked and when, and who answers by when. No query."""
    yield "What was asked", request.text
    yield "Asked on", say(request.asked_on)
    yield "Owner", request.owner
    yield "To be answered by", _due_words(request.due_on, day)


def _due_words(due_on: datetime.date, day: datetime.date) -> str:
    late = (day - due_on).days
    return f"{say(due_on)}{f', {say_days(late)} late' if late > 0 else ''}"
