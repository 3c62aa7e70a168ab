"""The forms of an action plan, filled in."""

from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.digests import sha256_of
from recommendations.domain.action_plans.compile import compile_plan


def about_action_plans(world, form) -> list:
    """Publishing what waits, sending it back, withdrawing what stands, preparing one. `form` is the class Form."""

    def at(name: str, of: object, typed: dict, who: str) -> object:
        address = reverse(name, args=[of])
        return form(name, address, address, typed, who)

    seen = sha256_of(compile_plan(force=world.force_c, on=localdate()).to_json())
    return [
        at("publish_action_plan", world.plan_waiting_b.pk, {}, "approver"),
        at("return_action_plan", world.plan_waiting_a.pk, {"reason": "An owner is missing."}, "officer"),
        at("withdraw_action_plan", world.plan_published_a.pk, {"reason": "It names a person."}, "approver"),
        at("prepare_action_plan", world.force_c.slug, {"seen": seen}, "officer"),
    ]
