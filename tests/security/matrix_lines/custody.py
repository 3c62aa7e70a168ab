"""The addresses of custody visits: what they answer to an empty form."""

from tests.security.line import EVERYBODY, MISSING, OFFICE, Line


def custody(world) -> list[Line]:
    """For the office only, each with a visit of each force, also a withdrawn one; and their histories."""
    office, nobody = frozenset(OFFICE), frozenset()
    table = [Line("custody", (), office, post=405), Line("record_visit", (), office, post=422)]
    for letter in "ab":
        for visit in (getattr(world, f"visit_{letter}"), getattr(world, f"gone_visit_{letter}")):
            table.append(Line("custody_visit", (visit.pk,), office, post=405))
            table += [Line(name, (visit.pk,), office, post=422) for name in ("answer_visit", "withdraw_visit")]
    table.append(Line("custody_visit", (MISSING,), nobody, post=405))
    table += [Line(name, (MISSING,), nobody) for name in ("answer_visit", "withdraw_visit")]
    for kind, pk, seen in (
        ("visit", world.gone_visit_b.pk, OFFICE),
        ("visit", MISSING, set()),
        ("suite", world.suite_b.pk, {"administrator"}),
    ):
        may = {"administrator"} if kind == "suite" else OFFICE
        refused = frozenset(EVERYBODY - may)
        table.append(Line("history", (kind, pk), frozenset(seen | refused), post=405, refused=refused))
    return table
