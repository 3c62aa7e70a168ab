"""Taking over a bag: it is unpacked and checked, its attached files are stored, and then the records are added."""

import datetime
import json
from pathlib import Path

from oversight.operations.handing_over import BagDamaged, bag
from oversight.operations.handing_over.making import last_migration
from oversight.operations.handing_over.unpacking import Unpacked, unpack
from oversight.version import version
from recommendations.domain.attachments.attachments import store_file
from recommendations.domain.handing_over.choices import TakeOverChoices, read_choices
from recommendations.domain.handing_over.rows import WrongRow, columns_of, value_of
from recommendations.domain.handing_over.taking_over import Received, TakeOver, take_over
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ReceivedRegister


def take(
    file: Path, work: Path, *, choices: TakeOverChoices, fingerprint: str, at: datetime.datetime, keep: bool
) -> tuple[Unpacked, TakeOver]:
    """Take over a bag, or look at what would be; `work` is an empty folder. Raises Refusal as `take_over`.

    To keep it, the fingerprint that the other office told must be the bag's.
    """
    unpacked = unpack_here(file, work)
    received = received_of(unpacked)
    if keep and fingerprint.strip().lower() != unpacked.fingerprint:
        raise BagDamaged(
            "The fingerprint is not the one of this bag. Ask the office that handed it over, by another way than the "
            "file, and give it with --fingerprint."
        )
    if keep:
        for path in unpacked.files():
            with path.open("rb") as content:
                store_file(content=content, text="", at=at, is_read_whole=False)
    done = take_over(received=received, origin=unpacked.origin(), choices=choices, by=None, at=at, keep=keep)
    return unpacked, done


def unpack_here(file: Path, work: Path) -> Unpacked:
    """Unpack a bag of this version's tables. Raises BagDamaged, also for a bag of another version."""
    unpacked = unpack(file, work)
    ours, theirs = last_migration(), unpacked.statement.migration
    if ours != theirs:
        raise BagDamaged(
            f"{bag.STATEMENT}: Oversight {unpacked.statement.version} made this bag ({theirs}), and this is "
            f"{version()} ({ours}). Bring both offices to the same version, and hand over again."
        )
    return unpacked


def received_of(unpacked: Unpacked) -> Received:
    """What a bag's statement says. Raises BagDamaged for a day that is none, and for what no record here could hold."""
    statement = unpacked.statement
    try:
        on = datetime.date.fromisoformat(statement.on)
    except ValueError:
        raise BagDamaged(f"{bag.STATEMENT}: the day of handing over cannot be read.") from None
    head = (statement.head_count, statement.head_hash)
    columns = columns_of(ReceivedRegister)
    try:
        value_of(columns["handed_over_on"], statement.on)
        for name in ("origin", "force_name", "head_count", "head_hash"):
            value_of(columns[name], getattr(statement, name))
    except WrongRow as wrong:
        raise BagDamaged(f"{bag.STATEMENT}: {wrong}.") from None
    return Received(statement.origin, statement.force_name, on, head, unpacked.fingerprint, tuple(statement.papers))


def choices_in(file: Path | None) -> TakeOverChoices:
    """The choices in a map's file; none without one. Raises Refusal if it cannot be read."""
    if file is None:
        return TakeOverChoices()
    try:
        return read_choices(json.loads(file.read_bytes()))
    except (OSError, ValueError, RecursionError) as error:
        raise Refusal(f"{file} cannot be read: {error}.") from None
