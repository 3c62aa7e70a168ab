"""The addresses of planned inspections and of the forces' pages: what they answer to an empty form."""

from tests.security.line import EVERYBODY, MISSING, OFFICE, Line
from tests.security.rights import RIGHTS


def ahead(world) -> list[Line]:
    """The pages of both forces, of what is not there, and the histories."""
    table = [Line("plan_inspection")]
    for letter in "ab":
        seen_by = frozenset(OFFICE | {f"lead_{letter}"})
        plan, gone = getattr(world, f"plan_{letter}"), getattr(world, f"gone_plan_{letter}")
        table += _plan(plan.pk, getattr(world, f"announcement_{letter}").pk, seen_by)
        table += _plan(gone.pk, gone.announcements.get().pk, seen_by)
        slug, rows = getattr(world, f"force_{letter}").slug, (f"grade_{letter}", f"stage_{letter}")
        table += _force(slug, *(getattr(world, name).pk for name in rows), seen_by)
        table += [_history("plan", pk, seen_by) for pk in (plan.pk, gone.pk)]
        for kind, name in (("grade", "grade"), ("monitoring", "stage")):
            rows = (getattr(world, f"{start}{name}_{letter}").pk for start in ("", "gone_"))
            table += [_history(kind, pk, seen_by) for pk in rows]
    nobody = frozenset()
    table += [*_plan(MISSING, MISSING, nobody), *_force("no-such-force", MISSING, MISSING, nobody)]
    table += _crossed(world)
    return table + [_history(kind, MISSING, nobody) for kind in ("plan", "grade", "monitoring")]


def _plan(pk: int, row: int, seen_by: frozenset) -> list[Line]:
    return [
        Line("plan", (pk,), seen_by, post=405),
        *(Line(name, (pk,), seen_by, get=302, post=422) for name in ("change_plan", "link_plan", "withdraw_plan")),
        Line("withdraw_announcement", (pk, row), seen_by, post=422),
    ]


def _force(slug: str, grade: int, stage: int, seen_by: frozenset) -> list[Line]:
    return [
        Line("force", (slug,), seen_by, post=405),
        Line("record_grades", (slug,), seen_by),
        Line("record_monitoring_stage", (slug,), seen_by),
        Line("withdraw_grade", (slug, grade), seen_by),
        Line("withdraw_monitoring_stage", (slug, stage), seen_by),
    ]


def _crossed(world) -> list[Line]:
    """Rows of one force under the address of the other."""
    a, nobody = world.force_a.slug, frozenset()
    return [
        Line("withdraw_grade", (a, world.grade_b.pk), nobody),
        Line("withdraw_monitoring_stage", (a, world.stage_b.pk), nobody),
        Line("withdraw_announcement", (world.plan_a.pk, world.announcement_b.pk), nobody),
    ]


def _history(kind: str, pk: int, seen_by: frozenset) -> Line:
    may = {persona for persona, rights in RIGHTS.items() if "see_inspections" in rights}
    refused = frozenset(EVERYBODY - may)
    return Line("history", (kind, pk), frozenset(seen_by | refused), post=405, refused=refused)
