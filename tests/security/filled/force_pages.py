"""The forms of a force's public page, filled in."""

from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.digests import sha256_of
from recommendations.domain.force_pages.compile import compile_page
from recommendations.domain.force_pages.data import PageChoices


def about_force_pages(world, form) -> list:
    """Releasing what waits, sending it back, withdrawing what stands. `form` is the class Form."""

    def at(name: str, of: object, typed: dict, who: str) -> object:
        address = reverse(name, args=[of])
        return form(name, address, address, typed, who)

    gone = {"reason": "It names a person."}
    return [
        at("release_force_page", world.page_waiting_a.pk, {}, "approver"),
        at("return_force_page", world.page_waiting_a.pk, {"reason": "A grade is missing."}, "officer"),
        at("withdraw_force_page", world.page_released_a.pk, gone, "approver"),
        _prepare(world, form),
    ]


def _prepare(world, form) -> object:
    """Of the third force, of which none waits, as it was looked at."""
    force, on = world.force_c, localdate()
    address = reverse("prepare_force_page", args=[force.slug])
    seen = sha256_of(compile_page(force=force, choices=PageChoices(), on=on).to_json())
    return form("prepare_force_page", address, address, {"seen": seen}, "officer")
