"""The action plan for fire inspections: what the office does with it, and what everybody reads."""

from tests.security.line import MISSING, OFFICE, Line


def action_plans(world) -> list[Line]:
    return [*of_office(world), *of_public()]


def of_office(world) -> list[Line]:
    """The office prepares and sends back; an approving officer publishes and withdraws."""
    office, nobody, approver = frozenset(OFFICE), frozenset(), frozenset({"approver"})
    waiting, published = world.plan_waiting_a.pk, world.plan_published_a.pk
    return [
        *(Line("action_plan", (slug,), office, post=405) for slug in ("westmarch", "eastvale")),
        Line("action_plan", ("nowhere",), nobody, post=405),
        Line("prepare_action_plan", ("westmarch",), office, post=422),
        Line("prepare_action_plan", ("nowhere",), nobody),
        *(Line("action_plan_version", (pk,), office, post=405) for pk in (waiting, published, world.plan_waiting_b.pk)),
        Line("action_plan_version", (MISSING,), nobody, post=405),
        Line("return_action_plan", (waiting,), office, post=422),
        Line("return_action_plan", (published,), office, get=302, post=422),
        Line("return_action_plan", (MISSING,), nobody),
        Line("publish_action_plan", (waiting,), approver, post=422),
        Line("publish_action_plan", (published,), approver, get=302, post=302),
        Line("publish_action_plan", (MISSING,), nobody),
        Line("withdraw_action_plan", (published,), approver, post=422),
        Line("withdraw_action_plan", (waiting,), approver, get=302, post=302),
        Line("withdraw_action_plan", (MISSING,), nobody),
    ]


def of_public() -> list[Line]:
    """Of the second force nothing was published, so it is not there."""
    a, b = ("westmarch",), ("eastvale",)
    return [
        Line("public_action_plans", post=405),
        Line("public_action_plan", a, post=405),
        Line("public_action_plan", b, get=404, post=405),
        Line("public_action_plan_feed", a, post=405),
        Line("public_action_plan_feed", b, get=404, post=405),
        *(
            Line("public_action_plan_version", (*a, number), get=get, post=405)
            for number, get in ((1, 200), (2, 200), (3, 404))
        ),
        *(Line("public_action_plan_file", (*a, 2, form), post=405) for form in ("pdf", "csv", "json")),
        Line("public_action_plan_file", (*a, 2, "xlsx"), get=404, post=405),
        Line("public_action_plan_file", (*a, 1, "pdf"), get=410, post=405),
    ]
