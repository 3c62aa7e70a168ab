"""The histories of records."""

from tests.security.line import EVERYBODY, MISSING, OFFICE, Line
from tests.security.rights import RIGHTS


def by_force(world, name: str) -> dict:
    """The objects of this name, each with who may see it; and one that is not there."""
    both = {
        getattr(world, f"{name}_a").pk: frozenset(OFFICE | {"lead_a"}),
        getattr(world, f"{name}_b").pk: frozenset(OFFICE | {"lead_b"}),
    }
    return both | {MISSING: frozenset()}


def histories(world) -> list[Line]:
    """A page for each kind of record, each with the right that its own page takes."""

    def kind(word: str, right: str, found: dict) -> list[Line]:
        may = {persona for persona, rights in RIGHTS.items() if right in rights}
        refused = frozenset(EVERYBODY - may)
        return [
            Line("history", (word, pk), frozenset(seen_by | refused), post=405, refused=refused)
            for pk, seen_by in (found | {MISSING: set()}).items()
        ]

    def kept(word: str, *records) -> list[Line]:
        return kind(word, "administer", {record.pk: {"administrator"} for record in records})

    office = {pk: seen & OFFICE for name in ("draft", "final") for pk, seen in by_force(world, name).items()}
    asked = {record.recommendation_id: record for record in (world.open_a, world.open_b)}
    sees = {"a": OFFICE | {"lead_a"}, "b": OFFICE | {"lead_b"}}
    return [
        *kind("tracked", "see_register", by_force(world, "open")),
        *kind("inspection", "see_inspections", by_force(world, "inspection")),
        *kind("recommendation", "see_inspections", dict(zip(asked, sees.values(), strict=True))),
        *kind("response", "see_responses", dict.fromkeys((world.response_a.pk, world.response_b.pk), OFFICE)),
        *kind("action", "see_register", by_force(world, "action")),
        *kind("commitment", "see_responses", dict.fromkeys((world.commitment_a.pk, world.commitment_b.pk), OFFICE)),
        *kind("paper", "draft_paper", office),
        *kind("force-page", "draft_paper", {world.page_released_a.pk: OFFICE, world.page_waiting_b.pk: OFFICE}),
        *kept("force", world.force_a, world.force_b),
        *kept("body", world.body),
        *kept("oversight", world.oversight),
        *kept("panel", world.panel),
        *kept("cycle", world.cycle),
        *kept("recipient", world.recipient),
        *kept("person", world.people["lead_a"], world.people["lead_b"]),
        *kept("label", world.label),
        *kept("rule", world.rule),
        *kept("holiday", world.holiday),
        *kept("webhook", world.webhook),
        *kept("layout", world.layout),
        *kept("change-ahead", world.entered_change, world.withdrawn_change),
        Line("history", ("no-such-kind", world.force_a.pk), frozenset(), post=405),
    ]
