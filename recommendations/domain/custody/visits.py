"""Custody suites, as administrators maintain them, and visits: recorded, answered by the force, withdrawn.

Only counts and findings are recorded: nothing is about an individual detainee.
"""

import datetime

from recommendations.domain.writing.records import claim, lock_row, mark_withdrawn
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import CustodySuite, CustodyVisit, User
from recommendations.periods import london_day, say
from recommendations.trail import verb

MOST = 999  # the largest count
COUNTS = {
    "visitors": "visitors",
    "tact_trained": "trained visitors",
    "held": "detainees held",
    "offered": "offered a visit",
    "seen": "seen",
    "refused": "refused",
}


def check_suite(suite: CustodySuite, before: CustodySuite | None, who: User | None, moment: datetime.datetime) -> None:
    """Raise Refusal if a suite changes its force, or begins after or ends before a recorded visit."""
    suite.name = suite.name.strip()
    if before is None:
        return
    if before.force_id != suite.force_id:
        raise Refusal(
            "A suite stays with its force. End it, and add it to the other force.", "force", code="another-force"
        )
    days = list(suite.visits.order_by("on").values_list("on", flat=True))
    if days and suite.until and days[-1] > suite.until:
        raise Refusal(
            f"A visit on {say(days[-1])} is recorded. Enter that day or a later one.", "until", code="later-on-record"
        )
    if days and suite.since and days[0] < suite.since:
        raise Refusal(
            f"A visit on {say(days[0])} is recorded. Enter that day or an earlier one.",
            "since",
            code="earlier-on-record",
        )


def record_visit(
    *,
    suite: CustodySuite,
    on: datetime.date,
    start: datetime.time,
    visitors: int,
    held: int,
    offered: int,
    seen: int,
    refused: int,
    by: User | None,
    at: datetime.datetime,
    end: datetime.time | None = None,
    tact_trained: int = 0,
    findings: str = "",
) -> CustodyVisit:
    """Record a visit: when it was, the number of visitors, and the counts of detainees.

    Raises Refusal for a future day or one on which the suite did not exist, times out of order, impossible counts, or
    another visit to the suite with the same start.
    """
    counts = {"visitors": visitors, "tact_trained": tact_trained, "held": held, "offered": offered}
    counts |= {"seen": seen, "refused": refused}
    with verb("record_visit", by=by, at=at, subject=suite) as act:
        suite = lock_row(suite)
        _check_when(suite, on, start, end, at)
        _check_counts(counts)
        facts = {"suite": suite, "on": on, "start": start, "end": end, "findings": findings.strip()}
        return act.save(CustodyVisit(recorded_at=at, recorded_by=by, **facts, **counts))


def _check_when(
    suite: CustodySuite, on: datetime.date, start: datetime.time, end: datetime.time | None, at: datetime.datetime
) -> None:
    if on > london_day(at):
        raise Refusal(
            f"{say(on)} is in the future. Record a visit when it has taken place.", "on", code="in-the-future"
        )
    if suite.since and on < suite.since:
        raise Refusal(f"{suite} began on {say(suite.since)}.", "on", code="before-start")
    if suite.until and on > suite.until:
        raise Refusal(f"{suite} ended on {say(suite.until)}.", "on", code="after-end")
    if end and end <= start:
        raise Refusal(f"{end:%H:%M} is not after the start, {start:%H:%M}.", "end", code="ends-before-start")
    if CustodyVisit.objects.filter(suite=suite, on=on, start=start).exists():
        raise Refusal(
            f"A visit to {suite} on {say(on)} at {start:%H:%M} is recorded already.", "start", code="recorded-already"
        )


def _check_counts(counts: dict[str, int]) -> None:
    wrong = next((name for name, count in counts.items() if not 0 <= count <= MOST), None)
    if wrong:
        raise Refusal(f"Enter a number from 0 to {MOST}.", wrong, code="out-of-range")
    if not counts["visitors"]:
        raise Refusal("Enter at least one visitor.", "visitors", code="required")
    for part, whole in (("tact_trained", "visitors"), ("offered", "held")):
        if counts[part] > counts[whole]:
            raise Refusal(
                f"{counts[part]} {COUNTS[part]} is more than {counts[whole]} {COUNTS[whole]}.",
                part,
                code="more-than-whole",
            )
    met = counts["seen"] + counts["refused"]
    if met > counts["offered"]:
        raise Refusal(
            f"Seen and refused are {met} together, and {counts['offered']} were offered a visit.",
            "seen",
            code="more-than-whole",
        )


def answer_visit(
    *,
    visit: CustodyVisit,
    version: int,
    answer: str,
    by: User | None,
    at: datetime.datetime,
    answered_on: datetime.date,
) -> CustodyVisit:
    """Record or correct the force's answer to the findings.

    Raises Refusal for an empty answer or a day in the future or before the visit; Stale if someone else has changed
    the visit.
    """
    with verb("answer_visit", by=by, at=at, subject=visit) as act:
        visit = _standing(visit, version)
        if not answer.strip():
            raise Refusal("Enter the force’s answer.", "answer", code="required")
        if answered_on < visit.on:
            raise Refusal(
                f"{say(answered_on)} is before the visit, {say(visit.on)}.", "answered_on", code="before-visit"
            )
        if answered_on > london_day(at):
            raise Refusal(f"{say(answered_on)} is in the future. Enter today or an earlier day.", "answered_on")
        visit.answer, visit.answered_on = answer.strip(), answered_on
        return act.save(visit)


def withdraw_visit(
    *, visit: CustodyVisit, version: int, reason: str, by: User | None, at: datetime.datetime
) -> CustodyVisit:
    """Withdraw a visit recorded by mistake. It stays on record. Raises Refusal without a reason; Stale."""
    with verb("withdraw_visit", by=by, at=at, reason=reason.strip(), subject=visit) as act:
        visit = _standing(visit, version)
        return mark_withdrawn(act, visit, needs="Say why this visit is withdrawn.")


def _standing(visit: CustodyVisit, version: int) -> CustodyVisit:
    visit = CustodyVisit.on_file.select_for_update().get(pk=visit.pk)
    if visit.withdrawn_at:
        raise Refusal("This visit is withdrawn, and stays as it is.", code="withdrawn")
    claim(visit, version)
    return visit
