"""The addresses of what the office uses, of sources and their rules, and of answers that the office follows."""

from tests.security.line import MISSING, OFFICE, Line


def sources(world) -> list[Line]:
    """The lists and their pages, and the answer to what another source than HMICFRS made."""
    administrator = frozenset({"administrator"})
    found = {"iopc": administrator, "hmicfrs": administrator, "no-such-source": frozenset()}
    rules = {"coroner": administrator, "section-55": administrator, "no-such-rule": frozenset()}
    answers = {world.iopc.pk: frozenset(OFFICE), world.inspection_a.pk: frozenset(), MISSING: frozenset()}
    return [
        Line("what_you_use"),
        Line("sources", post=422),
        *(Line("source", (key,), seen_by, post=422) for key, seen_by in found.items()),
        *(Line("basis", (key,), seen_by, post=422) for key, seen_by in rules.items()),
        *(Line("answer", (pk,), seen_by, post=405) for pk, seen_by in answers.items()),
        *(Line("record_answer", (pk, "seen"), seen_by, post=422) for pk, seen_by in answers.items()),
        *(Line("add_basis", (key,), seen_by, post=422) for key, seen_by in found.items()),
        Line("confirm_basis", ("coroner",), administrator, post=302),
        Line("confirm_basis", ("no-such-rule",), frozenset()),
    ]
