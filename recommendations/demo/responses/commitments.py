"""The demonstration's commitments, read from commitments.toml: marked, checked, moved, and some checks withdrawn."""

import datetime
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from recommendations.domain.commitments import commitments
from recommendations.domain.responses import following
from recommendations.domain.text.quotations import occurs_in
from recommendations.models import Commitment, CommitmentCheck, ResponseVersion

COMMITMENTS = Path(__file__).with_name("commitments.toml")


def happenings(office) -> Iterator[tuple[int, tuple, Callable]]:
    """Yield each event: its day counted from today, its order in the day, and the function to call at a moment."""
    for place, read in enumerate(tomllib.loads(COMMITMENTS.read_text(encoding="utf-8"))["commitment"]):
        yield read["marked"], (place, 0), partial(_mark, office, read)
        for number, step in enumerate(read["steps"], start=1):
            yield step["day"], (place, number), partial(_take, office, read, step)
            if "withdrawn" in step:
                yield step["withdrawn"], (place, number, 1), partial(_withdraw, office, read, step)


def _mark(office, read: dict, at: datetime.datetime) -> None:
    version = ResponseVersion.objects.get(response__answers__inspection=office.reports[read["report"]])
    comment = next((each for each in version.comments.all() if occurs_in(read["quote"], each.text)), None)
    following.mark_commitment(
        version=version,
        comment=comment,
        quote=read["quote"],
        keeper=read["keeper"],
        check_on=office.day(read["first"]),
        every=read["every"],
        by=_who(office, read),
        at=at,
    )


def _who(office, read: dict):
    return office.people[read.get("by", "officer")]


def _commitment(office, read: dict) -> Commitment:
    return Commitment.objects.get(of__response__answers__inspection=office.reports[read["report"]], quote=read["quote"])


def _take(office, read: dict, step: dict, at: datetime.datetime) -> None:
    """Record a check, or move the next one."""
    made, by = _commitment(office, read), _who(office, read)
    if "move" in step:
        facts = {"keeper": made.keeper, "every": made.every, "next_on": office.day(step["move"]), "reason": step["why"]}
        commitments.edit_commitment(commitment=made, version=made.version, by=by, at=at, **facts)
        return
    commitments.check_commitment(
        commitment=made,
        outcome=step["found"],
        said=office.words(step["said"]),
        evidence=step.get("evidence", ""),
        next_on=office.day(step["again"]) if "again" in step else None,
        by=by,
        at=at,
    )


def _withdraw(office, read: dict, step: dict, at: datetime.datetime) -> None:
    check = (
        CommitmentCheck.objects.standing().filter(commitment=_commitment(office, read), said=step["said"]).latest("pk")
    )
    commitments.withdraw_check(check=check, reason=step["why"], by=_who(office, read), at=at)
