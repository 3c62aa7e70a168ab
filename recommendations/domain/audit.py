"""Whether the register was tampered with: walk the chained trail and hold it against the rows as they are."""

import json

from django.apps import apps

from recommendations import trail
from recommendations.models import TrailEntry
from recommendations.models.base import Guarded


def guarded_models():
    """Every model whose rows only verbs write."""
    return [model for model in apps.get_app_config("recommendations").get_models() if issubclass(model, Guarded)]


def verify(head: str = "", count: int | None = None) -> list[str]:
    """Walk the chain, then compare each live row with the digests that the trail last gave its fields.

    `head` and `count` are a head kept outside, as printed on a board's paper: the entry at `count` (or any entry)
    must have that hash. Without one, a cut tail or a full rewrite can't be seen. Returns what is wrong, first
    bad entry first; an empty list where all is well.
    """
    problems, latest, hashes = _walk()
    count_now, head_now = trail.head()
    if count_now != len(hashes) or head_now != (hashes[-1] if hashes else ""):
        problems.append(
            f"The head says {count_now} entries, and the trail has {len(hashes)}, or its last hash differs."
        )
    problems += _outside_head(head, count, hashes)
    for model in guarded_models():
        problems += _compare(model, latest.get(model._meta.label_lower, {}))
    return problems


def _walk():
    problems, latest, hashes, previous = [], {}, [], ""
    for place, entry in enumerate(TrailEntry.objects.order_by("sequence").iterator(), start=1):
        if entry.sequence != place:
            problems.append(f"Entry {place} is missing: the next is {entry.sequence}.")
        if entry.previous != previous:
            problems.append(f"Entry {entry.sequence} does not follow the entry before it.")
        if trail.entry_hash(entry) != entry.hash:
            problems.append(f"Entry {entry.sequence} ({entry.verb}, {entry.about}) was changed.")
        if problems:
            break
        previous = entry.hash
        hashes.append(entry.hash)
        for change in json.loads(entry.changes):
            latest.setdefault(change["model"], {}).setdefault(change["id"], {}).update(change["fields"])
    return problems, latest, hashes


def _outside_head(head: str, count: int | None, hashes: list[str]) -> list[str]:
    if not head:
        return []
    if count is None:
        return [] if any(known.startswith(head) for known in hashes) else [f"No entry has the hash {head}."]
    if count > len(hashes):
        return [f"The trail had {count} entries, and has {len(hashes)} now."]
    return [] if count and hashes[count - 1].startswith(head) else [f"Entry {count} does not have the hash {head}."]


def _compare(model, told: dict) -> list[str]:
    problems, seen = [], set()
    for row in model._base_manager.order_by("pk").iterator():
        seen.add(row.pk)
        if row.pk not in told:
            problems.append(f"{model._meta.verbose_name} {row.pk} ({row}) is in no entry: it was inserted.")
            continue
        now = trail.digests(row)
        wrong = [name for name, said in told[row.pk].items() if name in now and now[name] != said]
        if wrong:
            problems.append(f"{model._meta.verbose_name} {row.pk} ({row}) was changed: {', '.join(sorted(wrong))}.")
    problems += [f"{model._meta.verbose_name} {pk} was deleted." for pk in sorted(set(told) - seen)]
    return problems
