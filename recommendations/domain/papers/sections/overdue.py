"""What is overdue, longest first, and what became of what was overdue when the period opened."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import replace

from recommendations.domain.papers.data.lines import LabelledCount, Overdue, WasOverdue
from recommendations.domain.papers.data.overdue import OverdueChange
from recommendations.domain.papers.membership import PaperScope
from recommendations.domain.papers.sections.movement import Movement
from recommendations.domain.papers.sections.register_annex import Annex, with_item
from recommendations.domain.register.rag import is_overdue
from recommendations.domain.register.rag_reasons import days_over, reason
from recommendations.enums import AssuranceView, Outcome
from recommendations.models import ScrutinyReport, TargetDate, TrackedRecommendation
from recommendations.periods import say, say_days

CLOSED, EASED, GONE = "Closed", "No longer overdue", "Left the paper"
PARTLY, MOVED, NOT_MOVED = "Partly done, overdue", "Moved, still overdue", "Not moved, overdue"
GROUPS = (CLOSED, EASED, PARTLY, MOVED, NOT_MOVED, GONE)
ALWAYS_COUNTED = (CLOSED, MOVED, NOT_MOVED)


def overdue_lines(rows: list[dict], annex: Annex) -> tuple[Overdue, ...]:
    """Return the red ones of `rows`, longest overdue first."""
    red = [row for row in rows if is_overdue(row["rag"])]
    red.sort(key=lambda row: (-days_over(annex.basis(row["pk"]), annex.day), row["reference"]))
    targets = _targets(annex, [row["pk"] for row in red])
    return tuple(_overdue(annex, row, targets.get(row["pk"], [])) for row in red)


def _overdue(annex: Annex, row: dict, targets: list[TargetDate]) -> Overdue:
    pk = row["pk"]
    return with_item(
        annex,
        Overdue,
        pk,
        deadline=annex.deadline(pk),
        counts_from=row["counts_from"] or row["deadline_on"],
        days_over=days_over(annex.basis(pk), annex.day),
        first_target_on=row["first_target_on"],
        target_on=row["target_on"],
        forecast_on=row["forecast_on"],
        times_moved=row["target_moves"],
        why_moved=" ".join(each.reason for each in targets if each.reason),
        lead=row["chief_officer_lead"],
        assurance=AssuranceView(row["assurance"]).label if row["assurance"] else "",
        assurance_on=row["assurance_on"],
        **annex.recovery(pk),
        published_on=annex.published[row["recommendation_id"]],
        targets=tuple(each.target_on for each in reversed(targets)),
        assurance_words=annex.assurance(pk),
    )


def _targets(annex: Annex, pks: list[int]) -> dict[int, list[TargetDate]]:
    """Return every target set, by tracked id, latest first."""
    found: dict[int, list[TargetDate]] = {}
    for row in TargetDate.objects.filter(tracked__in=pks).standing(annex.day, annex.known_at).latest_first():
        found.setdefault(row.tracked_id, []).append(row)
    return found


def overdue_in(last: ScrutinyReport, moved: Movement) -> frozenset[int]:
    """Return the ids that the last paper listed as overdue, limited to this paper's opening. Two queries."""
    kept = ScrutinyReport.objects.filter(pk=last.pk).values_list("figures__overdue", flat=True).get()
    references = [line["reference"] for line in kept or ()]
    found = TrackedRecommendation.on_file.filter(pk__in=moved.opening, reference__in=references)
    return frozenset(found.values_list("pk", flat=True)) if references else frozenset()


def change_of(rows: list[dict], moved: Movement, then: frozenset[int]) -> OverdueChange:
    """Return the parts of the change from the ids overdue `then` to those of `rows` overdue now."""
    now = {row["pk"] for row in rows if is_overdue(row["rag"])}
    closed = {closure.tracked_id for closure in moved.left}
    over = then - now
    return OverdueChange(
        closed=len((over - moved.closing) & closed),
        gone=len(over - moved.closing - closed),
        eased=len(over & moved.closing),
        fell_due=len((now - then) & moved.opening),
        came=len(now - then - moved.opening),
    )


def groups_of(rows: list[dict], moved: Movement, then: frozenset[int], retargeted: Set[int]) -> dict[int, str]:
    """Return the group (from GROUPS) of each id overdue `then`. `retargeted` had a target moved in the period.

    One that is closed in parts and still overdue counts as partly done, whether or not its target moved.
    """
    red = {row["pk"]: row for row in rows if is_overdue(row["rag"])}
    closed = {closure.tracked_id for closure in moved.left}

    def group(pk: int) -> str:
        if pk in red:
            return PARTLY if red[pk]["parts_done"] else MOVED if pk in retargeted else NOT_MOVED
        return EASED if pk in moved.closing else CLOSED if pk in closed else GONE

    return {pk: group(pk) for pk in then}


def last_overdue_of(groups: Mapping[int, str]) -> tuple[LabelledCount, ...] | None:
    """Count `groups_of` by group, or return None if nothing was overdue then."""
    counted = Counter(groups.values())
    shown = [group for group in GROUPS if counted[group] or group in ALWAYS_COUNTED]
    return tuple(LabelledCount(label=group, count=counted[group]) for group in shown) if groups else None


def was_overdue_lines(
    rows: list[dict], moved: Movement, annex: Annex, scope: PaperScope, groups: Mapping[int, str]
) -> tuple[WasOverdue, ...]:
    """Return what became of each in `groups_of`, by reference. An open paper does not name those restricted now."""
    red = {row["pk"]: row for row in rows if is_overdue(row["rag"])}
    unnamed = () if scope.closed else {each.pk for each in moved.crossings_of("to_other_paper")}
    lines = [
        replace(_became(pk, red, moved, annex, scope), group=group) for pk, group in groups.items() if pk not in unnamed
    ]
    return tuple(sorted(lines, key=lambda line: line.reference))


def _became(pk: int, red: dict[int, dict], moved: Movement, annex: Annex, scope: PaperScope) -> WasOverdue:
    if pk in red:
        return with_item(annex, WasOverdue, pk, became="Still overdue", words=_still(annex, red[pk]))
    if pk in moved.closing:
        return with_item(annex, WasOverdue, pk, became="No longer overdue", words=_reason_sentence(annex, pk))
    closure = next((each for each in reversed(moved.left) if each.tracked_id == pk), None)
    if closure is None:
        return with_item(annex, WasOverdue, pk, became=_leaving_words(pk, moved, annex, scope))
    ended = f"Closed, {Outcome(closure.outcome).label.lower()}"
    words = f"{say(closure.closed_on)}. {annex.hmicfrs_on_closure(pk)}." if closure.closed_on else ""
    return with_item(annex, WasOverdue, pk, became=ended, words=words)


def _leaving_words(pk: int, moved: Movement, annex: Annex, scope: PaperScope) -> str:
    terms = {each.term: each for each in moved.crossings if each.pk == pk}
    if "transferred_out" in terms:
        day = terms["transferred_out"].on or annex.day
        return f"Transferred to {scope.transfer_on(pk, day).to_force}"
    return "Moved to the open paper" if "to_other_paper" in terms else "Taken out of the register"


def _reason_sentence(annex: Annex, pk: int) -> str:
    words = reason(annex.basis(pk), annex.day)
    return f"{words[:1].upper()}{words[1:]}."


def _still(annex: Annex, row: dict) -> str:
    forecast = f"forecast {say(row['forecast_on'])}" if row["forecast_on"] else "no forecast"
    return f"{say_days(days_over(annex.basis(row['pk']), annex.day))} over; {forecast}."
