"""The entries of the trail that go over with a register.

An entry that speaks of these records alone goes whole: its hash can be made again by whoever receives it. Of any other
go its hash, the hash before it, who, when and why, and of what it changed the digests of these records alone. Who, when
and why are also in the records' histories. What other records it names stays (docs/adr/0045).
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from recommendations import trail
from recommendations.domain.handing_over.rows import WrongRow, plain, value_of
from recommendations.models import ReceivedEntry, TrailEntry
from recommendations.models.audit.retention import REWRITING

ENTRY = TrailEntry._meta.label_lower
CHUNK = 200
type Ids = Mapping[str, Collection[int]]  # of the rows that go over, by table


def entries_of(ids: Ids, heads: Collection[int]) -> Iterator[dict[str, Any]]:
    """Each entry that changed any of these rows or is about one, in order, as JSON can hold it.

    Of those numbered in `heads`, which papers print, at least the hash.
    """
    for entry in TrailEntry.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        found = plain_entry(entry, ids)
        if found or entry.sequence in heads:
            yield found or _bare_entry(entry)


def hashes() -> Iterator[tuple[int, str]]:
    """(number, hash) of every entry, in order."""
    yield from TrailEntry.objects.order_by("sequence").values_list("sequence", "hash").iterator()


def plain_entry(entry: TrailEntry, ids: Ids) -> dict[str, Any] | None:
    """One entry, whole or with what it says of these rows; None if it says nothing of them."""
    changes = json.loads(entry.changes)
    removing = entry.verb in REWRITING
    ours = [each for each in changes if _is_ours(each, ids) or (removing and each["model"] == ENTRY)]
    is_about = entry.subject_id in ids.get(entry.subject_model, ())
    if not is_about and not any(each["model"] != ENTRY for each in ours):
        return None
    is_whole = len(ours) == len(changes) and (is_about or not entry.subject_model)
    return _bare_entry(entry) | {
        "is_whole": is_whole,
        "by_key": entry.by_id,
        "by_name": entry.by_name,
        "verb": entry.verb,
        "subject_model": entry.subject_model if is_about else "",
        "subject_key": entry.subject_id if is_about else None,
        "about": entry.about if is_about else "",
        "reason": entry.reason if is_whole or any(each["fields"] for each in ours) else "",
        "changes": entry.changes if is_whole else trail.canonical(ours),
    }


def _bare_entry(entry: TrailEntry) -> dict[str, Any]:
    """An entry's place in the chain, and nothing that it says."""
    return {
        "is_whole": False,
        "key": entry.pk,
        "sequence": entry.sequence,
        "at": plain(entry.at),
        "by_key": None,
        "by_name": "",
        "verb": "",
        "subject_model": "",
        "subject_key": None,
        "about": "",
        "reason": "",
        "changes": "[]",
        "previous": entry.previous,
        "hash": entry.hash,
        "scheme": entry.scheme,
    }


def _is_ours(change: Mapping[str, Any], ids: Ids) -> bool:
    return change["id"] in ids.get(change["model"], ())


def check_entry(line: Mapping[str, Any], tables: Collection[str]) -> None:
    """Raise WrongRow unless a line that was read is an entry about rows of these tables."""
    columns = {each.attname: each for each in ReceivedEntry._meta.concrete_fields}
    wanted = columns.keys() - {"id", "register_id"}
    if unknown := sorted(line.keys() ^ wanted):
        raise WrongRow(f"an entry has other columns ({unknown[0]})")
    for name in wanted:
        value_of(columns[name], line[name])
    if len(line["by_name"]) > 200 or len(line["verb"]) > 60 or len(line["about"]) > 400:
        raise WrongRow("a text is too long")
    try:
        changes = json.loads(line["changes"])
        named = {change["model"] for change in changes if type(change["fields"]) is dict}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise WrongRow("its changes cannot be read") from None
    if unknown := sorted(named - {*tables, ENTRY}):
        raise WrongRow(f"it names the table {unknown[0]}, which does not go over")
