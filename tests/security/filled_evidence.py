"""The forms about evidence, filled in."""

from django.urls import reverse


def about_evidence(world, form) -> list:
    """To point at it from each subject, and to withdraw it. `form` makes one of a name, page, action and what is typed."""

    def at(name: str, pk: int, typed: dict):
        address = reverse(name, args=[pk])
        return form(name, address, address, typed)

    panel, meeting = f"panel-{world.channel_a.pk}", f"meeting-{world.meetings_a.held.pk}"
    return [
        at("point_from_commitment", world.commitment_a.pk, {"source": meeting, "note": "Seen."}),
        at("point_from_recommendation", world.open_a.pk, {"source": panel, "note": "Seen."}),
        at("point_from_assurance", world.assurance_a.pk, {"source": meeting, "note": "Seen."}),
        at("withdraw_evidence", world.evidence_a.pk, {"reason": "Wrong."}),
    ]
