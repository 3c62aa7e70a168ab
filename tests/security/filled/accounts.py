"""The forms about people's accounts, changes ahead and webhooks, filled in."""

from django.urls import reverse

from recommendations.sections import Section

SOURCE = {"name": "Police audit", "word": "Police audit", "initial": "P", "publication": "audit"}
MERGER = {"day": "1 April 2029", "force_name": "Marches Police", "reason": "The order of 2028."}
MAYOR = {"day": "6 May 2028", "body_name": "Mayor of the Marches", "body_kind": "mayor", "office_name": "The authority"}
MAYOR |= {"reason": "The order of 2028.", "why": "The order was laid again."}
SOURCE |= {"publications": "audits"}


def about_accounts(world, form) -> list:
    """What administrators do: `form` is filled.Form."""

    def at(name: str, args: list, typed: dict, who: str = "administrator"):
        address = reverse(name, args=args)
        return form(name, address, address, typed, who)

    found, people = world.accounts, world.people
    merger = MERGER | {"forces": [world.force_a.pk, world.force_b.pk], "body": world.body.pk}
    return [
        at("invite_person", [], {"name": "New Person", "email": "new@example.org", "role": "opcc_officer"}),
        at("person_invitation", [found.invitation.pk], {"act": "end", "reason": "Not needed."}),
        at("person_change", [found.change.pk], {"act": "end", "reason": "Not needed."}),
        at("leave_account", [people["officer"].pk], {"to": people["approver"].pk, "reason": "Moved."}),
        at("member_committees", [people["member"].pk], {"panels": world.other_panel.pk}),
        at("member_factor", [], {"reason": "They read papers alone."}),
        at("what_you_use", [], {"sections": ["panels"], "sources": ["iopc"], "shown": " ".join(Section)}),
        at("sources", [], {**SOURCE, "kind": "other"}),
        at("source", ["coroner"], SOURCE),
        at("add_basis", ["coroner"], {"new-name": "Letters"}),
        at("basis", ["coroner"], {"days": "28"}),
        at("confirm_basis", ["fire"], {}),
        at("webhook", [world.webhook.pk], {"name": "Renamed", "events": ["closure.decided"], "is_on": "on"}),
        at("layout", [world.layout.pk], {}),
        at("layout", [world.retired_layout.pk], {}),
        at("add_succession", ["merger"], merger),
        at("succession", [world.entered_change.pk], {}),
        at("change_succession", [world.entered_change.pk], MAYOR | {"forces": [world.force_a.pk]}),
        at("withdraw_succession", [world.confirmed_change.pk], {"why": "It is not made."}),
        at("webhook_words", [world.wordy_webhook.pk], {"send": "yes"}, "approver"),
    ]
