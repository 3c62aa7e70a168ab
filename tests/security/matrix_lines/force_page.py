"""The public page of a force: what the office does with it, and what everybody reads and sends."""

from tests.security.line import MISSING, OFFICE, Line
from tests.security.worlds.force_page import TOKEN


def force_pages(world) -> list[Line]:
    return [*of_office(world), *of_public()]


def of_office(world) -> list[Line]:
    """The office prepares and sends back; an approving officer releases and withdraws."""
    office, nobody, approver = frozenset(OFFICE), frozenset(), frozenset({"approver"})
    waiting, released = world.page_waiting_a.pk, world.page_released_a.pk
    return [
        *(Line("force_page", (slug,), office, post=405) for slug in ("westmarch", "eastvale")),
        Line("force_page", ("nowhere",), nobody, post=405),
        *(Line(name, ("westmarch",), office, post=422) for name in ("prepare_force_page", "remove_page_address")),
        *(Line(name, ("nowhere",), nobody) for name in ("prepare_force_page", "remove_page_address")),
        *(Line("force_release", (pk,), office, post=405) for pk in (waiting, released, world.page_waiting_b.pk)),
        Line("force_release", (MISSING,), nobody, post=405),
        Line("return_force_page", (waiting,), office, post=422),
        Line("return_force_page", (released,), office, get=302, post=422),
        Line("return_force_page", (MISSING,), nobody),
        Line("release_force_page", (waiting,), approver, post=302),
        Line("release_force_page", (MISSING,), nobody),
        Line("withdraw_force_page", (released,), approver, post=422),
        Line("withdraw_force_page", (waiting,), approver, get=302, post=302),
        Line("withdraw_force_page", (MISSING,), nobody),
    ]


def of_public() -> list[Line]:
    """Of the second force nothing was released, so it is not there."""
    a, b = ("westmarch",), ("eastvale",)
    return [
        Line("public_forces", post=405),
        Line("public_force", a, post=405),
        Line("public_force", b, get=404, post=405),
        Line("public_force_feed", a, post=405),
        Line("public_force_feed", b, get=404, post=405),
        *(
            Line("public_force_release", (*a, number), get=get, post=405)
            for number, get in ((1, 200), (2, 200), (3, 404))
        ),
        *(Line("public_force_open", (*a, number), get=get, post=405) for number, get in ((1, 410), (2, 200), (3, 404))),
        Line("public_force_file", (*a, 2, "page", "json"), post=405),
        Line("public_force_file", (*a, 2, "open", "csv"), post=405),
        Line("public_force_file", (*a, 2, "open", "json"), get=404, post=405),
        Line("public_force_file", (*a, 1, "page", "json"), get=410, post=405),
        Line("force_emails", a, post=422),
        Line("force_emails", b, get=404, post=404),
        *(Line(name, (*a, TOKEN)) for name in ("confirm_emails", "end_emails")),
        *(Line(name, (*b, TOKEN), get=404, post=404) for name in ("confirm_emails", "end_emails")),
    ]
