"""Verifying a register by the trail of the office that handed it over, and its papers by its own records."""

from collections.abc import Iterator
from contextlib import closing

from recommendations import trail
from recommendations.domain.audit.chain import WalkedEntry
from recommendations.domain.audit.removals import Removals
from recommendations.domain.audit.told import TrailChanges, changes_of
from recommendations.domain.audit.trailed_rows import TrailedRows
from recommendations.domain.handing_over.received import origin_of, registers
from recommendations.domain.handing_over.rows import Row, value_of
from recommendations.domain.handing_over.scope import PARTS
from recommendations.domain.handing_over.shadow import OriginRegister, removals_in, shadow_of
from recommendations.domain.papers.verification import PaperCheck, check_against
from recommendations.enums import PaperState
from recommendations.models import ReceivedRecord, ReceivedRegister, ScrutinyReport, TrailEntry

STAYED = ("meetings",)  # accountability meetings stay with the body that held them: scope.py
AT = TrailEntry._meta.get_field("at")


def problems_of(origin: OriginRegister) -> tuple[list[str], list[PaperCheck]]:
    """What is wrong with a register by its own trail, and how each of its filed papers stands."""
    removals = removals_in(origin.entries())
    problems = [*chain_problems(origin, removals)]
    with shadow_of(origin) as shadow:
        problems += row_problems(origin, removals)
        shadow.add_names()
        papers = ScrutinyReport.objects.filter(state=PaperState.FINALISED).order_by("pk")
        checks = check_against(shadow.past, list(papers.values_list("pk", flat=True)), not_here=STAYED)
    return problems, checks


def check_received() -> Iterator[tuple[ReceivedRegister, list[str], list[PaperCheck]]]:
    """Each register that was taken over: what is wrong with it, and its filed papers, with their ids here."""
    for register in registers():
        problems, checks = problems_of(origin_of(register))
        rows = ReceivedRecord.objects.filter(register=register, model=ScrutinyReport._meta.label_lower)
        here = dict(rows.values_list("key", "record"))
        for check in checks:
            check.pk, check.title = here[check.pk] or check.pk, f"{check.title} (from {register.origin})"
        yield register, problems, checks


def chain_problems(origin: OriginRegister, removals: Removals) -> Iterator[str]:
    """Entries that are not what their hash says, or do not follow the one before where that came too."""
    before: Row = {}
    for each in origin.entries():
        named = f"Entry {each['sequence']} of the other office’s trail"
        if before and each["sequence"] <= before["sequence"]:
            yield f"{named} stands behind entry {before['sequence']}."
        elif before and each["sequence"] == before["sequence"] + 1 and each["previous"] != before["hash"]:
            yield f"{named} does not follow the entry before it."
        if each["sequence"] > origin.head[0]:
            yield f"{named} is behind its head."
        elif each["sequence"] == origin.head[0] and each["hash"] != origin.head[1]:
            yield f"{named} is not the one that its head names."
        if each["is_whole"] and not _is_itself(each, removals):
            yield f"{named} was changed."
        before = each


def _is_itself(each: Row, removals: Removals) -> bool:
    entry = WalkedEntry(
        pk=each["key"],
        sequence=each["sequence"],
        at=value_of(AT, each["at"]),  # type: ignore[arg-type]  # a moment
        by_id=each["by_key"],
        subject_id=each["subject_key"],
        **{name: each[name] for name in ("by_name", "verb", "subject_model", "about", "reason", "changes")},
        **{name: each[name] for name in ("previous", "hash", "scheme")},
    )
    try:
        return trail.entry_hash(entry) == removals.hash_of(entry)  # type: ignore[arg-type]  # read-only
    except (KeyError, TypeError, AttributeError):
        return False


def row_problems(origin: OriginRegister, removals: Removals) -> Iterator[str]:
    """Rows and histories that are not what the entries say, inside the shadow."""
    tables = {part.label: TrailedRows(part.model) for part in PARTS}
    counted = {label: frozenset(each.columns) for label, each in tables.items()}
    with closing(TrailChanges(counted)) as told:
        for entry in TrailEntry.objects.order_by("sequence").iterator():
            for change in changes_of(entry, removals):
                told.note(change)
        told.sort()
        for label, each in tables.items():
            yield from each.differences(told.records(label))
