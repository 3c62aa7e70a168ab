"""What is public about the open recommendations of a force: words, dates and moves, and the three voices."""

import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

from recommendations.domain.force_pages.data import MOST_IN_FULL, PublicLine, PublicReport, PublicVoice
from recommendations.domain.register.rag import annotate_colours, is_overdue
from recommendations.domain.register.rag_reasons import ColourBasis, days_over
from recommendations.enums import AssuranceView, Position, Vocabulary
from recommendations.enums.sources import OF_HMICFRS
from recommendations.models import Assurance, Enforcement, Force, ForceUpdate, Label, RagRule, Standing
from recommendations.models.register.standing import StandingQuerySet

type Texts = dict[int, str]  # tracked recommendation → the voice's latest text


def open_standings(force: Force) -> StandingQuerySet:
    """How the open recommendations of HMICFRS to a force stand today, restricted ones included.

    Other sources publish their own recommendations, so theirs are left out.
    """
    rows = Standing.objects.now().open().filter(force=force)
    return rows.filter(
        tracked__recommendation__inspection__source__in=OF_HMICFRS,
        tracked__recommendation__withdrawn_at__isnull=True,
        tracked__recommendation__inspection__withdrawn_at__isnull=True,
    )


class OpenLines(NamedTuple):
    """The open recommendations that may be shown, how many restricted ones are left out, and whether those whose texts
    are shown are the longest overdue.
    """

    lines: tuple[PublicLine, ...]
    left_out: int
    shows_longest: bool


def longest_overdue(force: Force, on: datetime.date) -> list[int]:
    """The ids of the longest overdue recommendations that may be shown, as many as are shown in full. Two queries."""
    rows = open_standings(force).filter(restricted=False)
    return _longest(list(annotate_colours(rows, on, RagRule.objects.on(on))), on)


def _longest(rows: list[Standing], on: datetime.date) -> list[int]:
    """Their ids among `rows`.

    The days count from the date that each counts from or, if it was to be done at once, from its report; of two with as
    many days, the lower reference comes first.
    """
    late = [(days_over(ColourBasis.of_record(row), on), row) for row in rows if is_overdue(row.rag)]
    late.sort(key=lambda each: (-each[0], each[1].reference))
    return [row.tracked_id for _, row in late[:MOST_IN_FULL]]


def open_lines(force: Force, in_full: Collection[int], on: datetime.date) -> OpenLines:
    """What is open, the most overdue first.

    `in_full` are those (ids of tracked recommendations) whose texts are shown. Seven queries at most.
    """
    rows = annotate_colours(open_standings(force), on, RagRule.objects.on(on))
    rows = rows.select_related("tracked__recommendation__inspection")
    shown = [row for row in rows if not row.restricted]
    chosen = {row.tracked_id for row in shown} & set(in_full)
    said = {"force": _texts(ForceUpdate, "done", chosen), "office": _texts(Assurance, "rationale", chosen)}
    words = Label.objects.words()
    directions = _directions([row.tracked_id for row in shown if row.direction_due_on])
    lines = [
        _line(row, on, said, words, in_full=row.tracked_id in chosen, direction=directions.get(row.tracked_id, ""))
        for row in shown
    ]
    longest = _longest(shown, on)[: len(chosen)]
    return OpenLines(tuple(sorted(lines, key=_most_late_first)), len(rows) - len(shown), chosen == set(longest))


def _most_late_first(line: PublicLine) -> tuple[bool, bool, datetime.date, str]:
    """What a direction enforces comes first."""
    return (not line.direction, not line.in_full, line.due_on or datetime.date.max, line.reference)


def _directions(tracked: list[int]) -> dict[int, str]:
    """The title of the direction that enforces each of these. No query if there are none."""
    if not tracked:
        return {}
    rows = Enforcement.objects.filter(tracked__in=tracked).standing().latest_of_each()
    return dict(rows.values_list("tracked", "direction__title"))


def _texts(model: Any, column: str, tracked: set[int]) -> Texts:
    """What the latest row of a voice says, by tracked recommendation."""
    rows = model.objects.filter(tracked__in=tracked).standing().latest_of_each()
    return dict(rows.values_list("tracked", column))


def _line(
    row: Standing, on: datetime.date, texts: dict[str, Texts], words: dict, *, in_full: bool, direction: str
) -> PublicLine:
    asked, late = row.tracked.recommendation, is_overdue(row.rag)
    report = asked.inspection
    return PublicLine(
        reference=row.reference,
        label=asked.short_label,
        heading=asked.heading,
        text=asked.text,
        report=PublicReport(title=report.title, published_on=report.published_on, link=report.link),
        **_voices(row, texts, words),
        deadline_words=asked.deadline_words,
        due_on=row.counts_from,
        first_target_on=row.first_target_on,
        target_on=row.target_on,
        moves=row.target_moves,
        is_late=late,
        days_late=(on - row.counts_from).days if late and row.counts_from else 0,
        in_full=in_full,
        is_own_date=row.deadline_on is None and row.direction_due_on is None,
        direction=direction,
    )


def _voices(row: Standing, texts: dict[str, Texts], words: dict) -> dict[str, PublicVoice]:
    """What each of the three said last: the force's stage and position, how far the office is assured, the status."""
    statuses, stages = words[Vocabulary.INSPECTORATE_STATUS], words[Vocabulary.STAGE]
    position = Position(row.position).label if row.position else ""
    stage = stages.get(row.stage, row.stage) if row.last_update_on else ""
    return {
        "force": PublicVoice(
            word=". ".join(filter(None, (position, stage))),
            on=row.last_update_on,
            text=texts["force"].get(row.tracked_id, ""),
        ),
        "office": PublicVoice(
            word=AssuranceView(row.assurance).label if row.assurance else "",
            on=row.assurance_on,
            text=texts["office"].get(row.tracked_id, ""),
        ),
        "inspectorate": PublicVoice(
            word=statuses.get(row.inspectorate_status, row.inspectorate_status), on=row.inspectorate_status_on
        ),
    }
