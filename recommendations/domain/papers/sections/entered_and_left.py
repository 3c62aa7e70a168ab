"""Lines for what entered or left a paper.

An open paper lists nothing that is restricted now: the sum counts that it left, and its details are only in the closed
paper.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from recommendations.domain.papers.data.lines import Closed, New, Reopened
from recommendations.domain.papers.data.paper import ForceTransfer
from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.papers.sections.movement import SOURCE, Crossing, Movement
from recommendations.domain.papers.sections.register_annex import Annex, with_item
from recommendations.enums import Outcome
from recommendations.models import Closure, TrackedRecommendation, Transfer
from recommendations.periods import london_day, say

GONE = (
    "pk",
    "reference",
    "recommendation_id",
    "recommendation__kind",
    "recommendation__cause_id",
    *SOURCE,
    "tracked_on",
    "withdrawn_at",
    "withdrawn_why",
)


def gone_rows(moved: Movement, ours: list[dict]) -> list[dict]:
    """Return rows in the opening that are no longer in the register. One query, or none if there are no such rows."""
    gone = moved.opening - {row["pk"] for row in ours}
    return list(TrackedRecommendation.on_file.filter(pk__in=gone).values(*GONE)) if gone else []


def _new_line(annex: Annex, pk: int, how: str) -> New:
    """Return a line for what entered; `how` says how."""
    row = annex.rows[pk]
    return with_item(
        annex,
        New,
        pk,
        published_on=annex.recommendations[row["recommendation_id"]].inspection.published_on,
        tracked_on=row["tracked_on"],
        deadline=annex.deadline(pk),
        lead=row["chief_officer_lead"],
        how=how,
    )


def entered_lines(moved: Movement, annex: Annex, scope: PaperScope) -> Iterator[New]:
    """Yield lines for what entered: new, added late, transferred in, moved from the other paper."""
    for pk in moved.new:
        yield _new_line(annex, pk, "New")
    late = "Added late from older reports" if annex.format > 3 else "Recorded late"
    for each in moved.crossings_of("recorded_late"):
        yield _new_line(annex, each.pk, late)
    for each in moved.crossings_of("transferred_in"):
        transfer = scope.transfer_on(each.pk, each.on or annex.day)
        force = origin_name(transfer) if annex.format > 3 else str(transfer.from_force)
        yield _new_line(annex, each.pk, f"Transferred in from {force} on {say(transfer.effective_on)}")
    for each in moved.crossings_of("from_other_paper"):
        yield _new_line(annex, each.pk, f"Moved from the {other_paper(scope.closed)}")


def left_lines(moved: Movement, annex: Annex, scope: PaperScope) -> Iterator[Closed]:
    """Yield lines for what left, with the reason: closed, withdrawn, transferred out, moved to the other paper."""
    for closure in moved.left:
        yield _closure_line(annex, closure)
    for each in moved.crossings_of("withdrawn"):
        yield _withdrawn_line(annex, each)
    for each in moved.crossings_of("transferred_out"):
        transfer = scope.transfer_on(each.pk, each.on or annex.day)
        facts = {"closed_on": transfer.effective_on, "reason": transfer.reason}
        force = destination_name(transfer) if annex.format > 3 else str(transfer.to_force)
        yield with_item(annex, Closed, each.pk, outcome=f"Transferred to {force}", **facts)
    if not scope.closed:
        return
    for each in moved.crossings_of("to_other_paper"):
        lifted = scope.latest_restriction(each.pk)
        facts = {"closed_on": lifted.effective_on, "reason": lifted.reason}
        yield with_item(annex, Closed, each.pk, outcome="No longer restricted: moved to the open paper", **facts)


def transfer_counts(moved: Movement, scope: PaperScope, end: datetime.date) -> dict:
    """Return how many came from and went to each force until the period's end, and how many of the open went since."""
    came, went = (
        [scope.transfer_on(each.pk, each.on or end) for each in moved.crossings_of(term)]
        for term in ("transferred_in", "transferred_out")
    )
    since = (scope.transfer_out_after(pk, end) for pk in sorted(moved.closing))
    return {
        "came_from": _count_transfers((origin_name(row), row.effective_on) for row in came),
        "went_to": _count_transfers((destination_name(row), row.effective_on) for row in went),
        "goes_to": _count_transfers((destination_name(row), row.effective_on) for row in since if row),
    }


def _count_transfers(transfers: Iterable[tuple[str, datetime.date]]) -> tuple[ForceTransfer, ...]:
    counts = sorted(Counter(transfers).items(), key=lambda each: (each[0][1], each[0][0]))
    return tuple(ForceTransfer(force=force, on=on, count=count) for (force, on), count in counts)


def origin_name(transfer: Transfer) -> str:
    """Return the name that the force had on the last day before the transfer."""
    return str(transfer.from_force.details_on(transfer.effective_on - datetime.timedelta(days=1)))


def destination_name(transfer: Transfer) -> str:
    """Return the name that the force had on the day of the transfer."""
    return str(transfer.to_force.details_on(transfer.effective_on))


def reopened_lines(moved: Movement, annex: Annex) -> Iterator[Reopened]:
    """Yield lines for what was reopened."""
    for closure in moved.reopened:
        yield with_item(
            annex,
            Reopened,
            closure.tracked_id,
            reopened_on=closure.reopened_on,
            closed_on=closure.closed_on,
            reason=closure.reopened_why,
            reopened_by=str(closure.reopened_by or ""),
        )


def _closure_line(annex: Annex, closure: Closure) -> Closed:
    return with_item(
        annex,
        Closed,
        closure.tracked_id,
        outcome=Outcome(closure.outcome).label,
        closed_on=closure.closed_on,
        reason=closure.request_reason,
        evidence=closure.evidence,
        requested_by=str(closure.requested_by or ""),
        decided_by=str(closure.decided_by or ""),
        hmicfrs=annex.hmicfrs_on_closure(closure.tracked_id),
    )


def _withdrawn_line(annex: Annex, each: Crossing) -> Closed:
    if each.pk in annex.gone and annex.gone[each.pk]["withdrawn_at"]:
        row = annex.gone[each.pk]
        facts = {"closed_on": london_day(row["withdrawn_at"]), "reason": row["withdrawn_why"]}
        return with_item(annex, Closed, each.pk, outcome="Taken out of the register", **facts)
    day = (annex.rows.get(each.pk) or annex.gone[each.pk])["tracked_on"]
    reason = f"The day of its report was corrected: it is tracked from {say(day)} now."
    return with_item(annex, Closed, each.pk, outcome="Not tracked then", closed_on=day, reason=reason)


def other_paper(closed: bool) -> str:
    """Return the name of the period's other paper, given whether this one is `closed`."""
    return "open paper" if closed else "closed paper"
