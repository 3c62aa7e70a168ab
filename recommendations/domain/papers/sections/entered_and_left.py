"""Lines for what entered or left a paper.

An open paper lists nothing that is restricted now: the sum counts that it left, and its details are only in the closed
paper.
"""

from collections.abc import Iterator

from recommendations.domain.papers.data.lines import Closed, New, Reopened
from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.papers.sections.movement import SOURCE, Crossing, Movement
from recommendations.domain.papers.sections.register_annex import Annex, with_item
from recommendations.enums import Outcome
from recommendations.models import Closure, TrackedRecommendation
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
        yield _new_line(annex, each.pk, f"Transferred in from {transfer.from_force} on {say(transfer.effective_on)}")
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
        yield with_item(annex, Closed, each.pk, outcome=f"Transferred to {transfer.to_force}", **facts)
    if not scope.closed:
        return
    for each in moved.crossings_of("to_other_paper"):
        lifted = scope.latest_restriction(each.pk)
        facts = {"closed_on": lifted.effective_on, "reason": lifted.reason}
        yield with_item(annex, Closed, each.pk, outcome="No longer restricted: moved to the open paper", **facts)


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
