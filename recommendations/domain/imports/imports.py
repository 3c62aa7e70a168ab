"""Import a spreadsheet into the register: one verb, all or nothing."""

import datetime
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recommendations import trail
from recommendations.domain.imports.layouts import keep_layouts
from recommendations.domain.imports.plan import ImportPlan, plan_of
from recommendations.domain.imports.writes import ImportWriter
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import Force, Inspection, Recommendation, SheetImport, TrackedRecommendation, User
from recommendations.periods import london_day
from recommendations.trail import VerbContext, verb

LONGEST_NAME = 200


def bring_in(
    *, plan: ImportPlan, by: User | None, at: datetime.datetime, progress: Callable[[int, int], None] | None = None
) -> SheetImport:
    """Carry out a plan: create and change records, and store every row and how its columns were read.

    `progress` is called with the number of rows done and the total. Raises Refusal, with nothing done, if there are
    problems or the plan no longer fits the register. Either way the plan cannot be used again.
    """
    if not plan.ready:
        raise Refusal(f"Fix {_count(len(plan.problems), 'problem', 'problems')} first: see the preview.")
    if not plan.entries:
        raise Refusal("There is no row to bring in.")
    with _not_looked_through(), verb("bring_in_sheet", by=by, at=at) as act:
        _lock(plan)
        act.subject = _write_plan(act, plan, progress or _tell_nobody)
        keep_layouts(act, plan.read.mappings, act.subject, {line.force for line in plan.read.lines})
        act.settle()
    return act.subject


def _write_plan(act: VerbContext, plan: ImportPlan, progress: Callable[[int, int], None]) -> SheetImport:
    """Write the plan and return the import. The working data is freed before the audit trail entry is made."""
    now = _current_plan(plan, act.at)
    sheet_import = SheetImport(
        source_name=plan.source.name[:LONGEST_NAME],
        source_sha256=plan.source.sha256,
        recorded_at=act.at,
        recorded_by=act.by,
        created=now.created,
        changed=now.changed,
        unchanged=now.unchanged,
    )
    act.save(sheet_import)
    ImportWriter(act, now, sheet_import, progress).write()
    return sheet_import


def _lock(plan: ImportPlan) -> None:
    """Lock what the plan is about, and prevent other imports, until the transaction ends."""
    list(Force.objects.select_for_update().order_by("pk"))
    tracked = TrackedRecommendation.objects.filter(force__slug__in={line.force for line in plan.read.lines})
    list(tracked.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    asked = Recommendation.objects.filter(pk__in=tracked.order_by().values("recommendation"))
    list(asked.select_for_update().order_by("pk").values_list("pk", flat=True))
    # their words are in what is searched; to one of them recommendations can be added meanwhile
    list(Inspection.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _current_plan(plan: ImportPlan, at: datetime.datetime) -> ImportPlan:
    """Return the plan under lock: the same one if the audit trail has no new entry, or else a new one.

    Raises Refusal if the new one differs from the one that was shown.
    """
    if (plan.head, plan.on) == (trail.head(), london_day(at)) and not plan.entries[0].register.used:
        return plan
    seen = plan.signatures
    for entry in plan.entries:
        entry.let_go()
    now = plan_of(plan.read, source=plan.source, on=london_day(at))
    differing = sum(one != other for one, other in zip(seen, now.signatures, strict=True))
    if differing:
        rows = _count(differing, "row of the register was", "rows of the register were")
        raise Refusal(f"{rows} changed since you opened the page. Check the preview again.")
    return now


@contextmanager
def _not_looked_through() -> Iterator[None]:
    """Keep the garbage collector off the plan's many small objects: scanning them takes a third of an import's time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _tell_nobody(done: int, total: int) -> None:
    pass
