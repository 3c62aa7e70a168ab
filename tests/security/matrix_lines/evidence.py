"""The addresses of evidence: what they answer to an empty form."""

from tests.security.line import MISSING, OFFICE, Line


def evidence(world) -> list[Line]:
    """Pointing from a record of each force, and withdrawing: for the office only."""
    office, nobody = frozenset(OFFICE), frozenset()
    table = []
    for letter in "ab":
        for name, of in (("commitment", "commitment"), ("recommendation", "open"), ("assurance", "assurance")):
            pk = getattr(world, f"{of}_{letter}").pk
            table.append(Line(f"point_from_{name}", (pk,), office, post=422))
        table.append(Line("withdraw_evidence", (getattr(world, f"evidence_{letter}").pk,), office, post=422))
    names = ("point_from_commitment", "point_from_recommendation", "point_from_assurance", "withdraw_evidence")
    return [*table, *(Line(name, (MISSING,), nobody) for name in names)]
