"""Handing over one force's register: the bag is made whole beside its name, then the register is marked, then the bag
gets its name. A process that is killed leaves either no mark, or a whole bag that the next run names.
"""

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from oversight.operations.handing_over import BagDamaged, bag
from oversight.operations.handing_over.bag import FORMAT, Statement
from oversight.operations.handing_over.packing import Packed, pack, seal, write_tar
from oversight.operations.handing_over.unpacking import Unpacked, unpack
from oversight.version import version
from recommendations.domain.audit.verification import one_moment
from recommendations.domain.handing_over.gathering import Gathered
from recommendations.domain.handing_over.marking import check_not_handed_over, check_office_named, mark_handed_over
from recommendations.domain.handing_over.verification import problems_of
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Force, TrailEntry

APP = "recommendations"


@dataclass(frozen=True)
class Order:
    """What is handed over, when, to which office and into which file."""

    force: Force
    on: datetime.date
    office: str
    to: Path

    @property
    def unfinished(self) -> Path:
        """Where the bag is until the register is marked."""
        return self.to.with_name(f"{self.to.name}.unfinished")


@dataclass(frozen=True)
class MadeBag:
    """A bag that was made: what it has, its fingerprint, and what of the register could not go."""

    fingerprint: str
    records: int
    entries: int
    files: int
    stays: list[str]


def last_migration() -> str:
    """The name of the newest migration of this version."""
    found: str = MigrationLoader(None).graph.leaf_nodes(APP)[0][1]
    return found


def hand_over(order: Order, work: Path, *, at: datetime.datetime, say: Callable[[str], object]) -> MadeBag:
    """Make the bag and mark the register. `work` is an empty folder.

    Raises Refusal if it was handed over, the office's name does not fit, the file is there already or cannot be made,
    something is recorded in between, or the records do not agree with the trail.
    """
    check_not_handed_over(order.force)
    check_office_named(order.office)
    if order.to.exists():
        raise Refusal(f"{order.to} is there already. Name another file.")
    if not os.access(order.to.parent, os.W_OK | os.X_OK):
        raise Refusal(f"No file can be made in {order.to.parent}. Name one in another folder.")
    (work / "bag").mkdir()
    with one_moment():
        gathered = Gathered(order.force)
        packed = pack(gathered, work / "bag")
    statement = _statement(order, gathered, at)
    say("The register is read. Its own trail and papers are verified.")
    papers, stays = _verify(packed, statement)
    packed = seal(packed, replace(statement, papers=papers))
    try:
        with order.unfinished.open("wb") as out:
            order.unfinished.chmod(0o600)
            write_tar(packed, f"{order.force.slug}-{order.on.isoformat()}", int(at.timestamp()), out)
        mark_handed_over(
            force=order.force,
            on=order.on,
            to=order.office,
            head=gathered.head,
            fingerprint=packed.fingerprint,
            by=None,
            at=at,
        )
    except BaseException:
        order.unfinished.unlink(missing_ok=True)
        raise
    order.unfinished.replace(order.to)
    with (packed.folder / bag.ENTRIES).open("rb") as lines:
        entries = sum(1 for _ in lines)
    records = sum(map(len, gathered.ids.values()))
    return MadeBag(packed.fingerprint, records, entries, len(packed.stored), stays)


def finish(order: Order, work: Path) -> str:
    """Name a whole bag that a killed process left after it had marked the register. Returns its fingerprint, or "".

    `work` is an empty folder. Raises Refusal if the file that was left is not that bag.
    """
    force = order.force
    if force.handed_over_on is None or not order.unfinished.exists() or order.to.exists():
        return ""
    entry = TrailEntry.objects.filter(verb="hand_over", subject_id=force.pk).order_by("sequence").last()
    fingerprint = unpack(order.unfinished, work).fingerprint
    if entry is None or fingerprint not in entry.reason:
        raise Refusal(f"{order.unfinished} is not the bag that {force} was handed over with.")
    order.unfinished.replace(order.to)
    return fingerprint


def _statement(order: Order, gathered: Gathered, at: datetime.datetime) -> Statement:
    count, head = gathered.head
    return Statement(
        format=FORMAT,
        version=version(),
        migration=last_migration(),
        force=order.force.pk,
        force_name=order.force.name,
        origin=gathered.origin(),
        to=order.office,
        on=order.on.isoformat(),
        made_at=at.isoformat(timespec="seconds"),
        head_count=count,
        head_hash=head,
        papers=[],
    )


def _verify(packed: Packed, statement: Statement) -> tuple[list[int], list[str]]:
    """The ids of papers whose figures the bag alone gives again, and a line for each other. Raises BagDamaged."""
    unpacked = Unpacked(packed.folder, statement, "", sorted(packed.sums))
    problems, checks = problems_of(unpacked.origin())
    if problems:
        raise BagDamaged("\n".join(["The records and the trail do not agree. Run verify_audit.", *problems[:20]]))
    stays = [
        f"{check.title}: its figures count records that stay here, and are not recomputed there ({check.problems[0]})"
        for check in checks
        if check.problems
    ]
    return [check.pk for check in checks if not check.problems], stays
