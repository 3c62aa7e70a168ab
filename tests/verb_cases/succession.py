"""How changes ahead are entered, changed, confirmed, withdrawn and done, and a force succeeded, once."""

from copy import copy
from datetime import UTC, datetime

from recommendations.domain.succession import carrying_out, plans
from recommendations.models import Succession
from tests.conftest import AT

LATER = datetime(2028, 5, 5, 0, 5, tzinfo=UTC)


def cases(world) -> dict:
    by = {"by": world.people["administrator"], "at": AT}

    def version(plan: Succession) -> dict:
        return {"plan": plan, "version": Succession.objects.get(pk=plan.pk).version}

    def enter() -> Succession:
        plan = Succession(kind="force_details", day=LATER.date(), reason="The order of 2027.", force_name="Marches")
        return plans.enter_succession(plan=plan, forces=[world.force_b], **by)

    def change() -> Succession:
        plan = copy(world.entered_change)
        plan.holder = "Edith Marlowe"
        facts = version(plan) | {"forces": [world.force_a], "why": "Her name is known."}
        return plans.change_succession(**facts, **by)

    return {
        "succession.enter_succession": enter,
        "succession.change_succession": change,
        "succession.confirm_succession": lambda: plans.confirm_succession(**version(world.entered_change), **by),
        "succession.withdraw_succession": lambda: plans.withdraw_succession(
            **version(world.confirmed_change), why="It is not made.", **by
        ),
        "succession.carry_out": lambda: carrying_out.carry_out(plan=world.confirmed_change, by=None, at=LATER),
    }
