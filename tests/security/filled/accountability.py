"""The forms of accountability meetings, filled in."""

from django.urls import reverse
from django.utils import timezone

from tests.makers.accountability import seen_of


def about_accountability(world, form) -> list:
    """A meeting from its plan to its release; tests/views/accountability moves and removes items."""
    found = world.accountability_a
    meetings = {name: getattr(found, name).pk for name in ("preparing", "ready", "minuted")}

    def at(name: str, of: object, typed: dict, who: str = "officer") -> object:
        address = reverse(name, args=[of] if of else [])
        return form(name, address, address, typed, who)

    facts = {"title": "Another", "on": "1/2/2027"}
    said = {f"asked_{found.ready_item.pk}": "When?", "present": "The commissioner"}
    seen = seen_of(world.accountability_c, by=world.people["officer"], at=timezone.now())
    return [
        at("plan_accountability", None, facts | {"force": world.force_a.pk}),
        at("change_accountability", meetings["preparing"], facts),
        at("add_agenda_item", meetings["preparing"], {"kind": "words", "heading": "Fraud"}),
        at("change_agenda_item", found.item.pk, {"kind": "words", "heading": "Fraud"}),
        at("make_agenda_ready", meetings["preparing"], {}),
        at("write_minutes", meetings["ready"], said),
        at("confirm_minutes", meetings["ready"], {}),
        at("withdraw_accountability", meetings["preparing"], {"reason": "Called off."}),
        at("close_meeting_action", found.action.pk, {"kind": "letter", "words": "Seen."}),
        at("return_meeting_page", world.meeting_waiting_a.pk, {"reason": "A name is wrong."}),
        at("withdraw_meeting_page", world.meeting_released_a.pk, {"reason": "It names a person."}, "approver"),
        at("prepare_meeting_page", world.force_c.slug, {"meeting": world.accountability_c.pk, "seen": seen}),
    ]
