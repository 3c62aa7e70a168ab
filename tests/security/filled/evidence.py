"""The forms about evidence and custody visits, filled in."""

from django.urls import reverse


def about_evidence(world, form) -> list:
    """To point at it from each subject, and to withdraw it. `form` is the class Form."""

    def at(name: str, pk: int, typed: dict):
        address = reverse(name, args=[pk])
        return form(name, address, address, typed)

    panel, meeting = f"panel-{world.channel_a.pk}", f"meeting-{world.meetings_a.held.pk}"
    visit = world.visit_a.pk
    counts = {"visitors": "2", "tact_trained": "1", "held": "9", "offered": "8", "seen": "6", "refused": "1"}
    when = {"suite": world.suite_a.pk, "on": "1/11/2026", "start": "21:30"}
    add = reverse("record_visit")
    return [
        form("record_visit", add, add, when | counts | {"findings": "A mat was torn."}),
        at("answer_visit", visit, {"answer": "It was replaced.", "answered_on": "8/11/2026"}),
        at("withdraw_visit", visit, {"reason": "Twice."}),
        at("point_from_commitment", world.commitment_a.pk, {"source": meeting, "note": "Seen."}),
        at("point_from_recommendation", world.open_a.pk, {"source": panel, "note": "Seen."}),
        at("point_from_assurance", world.assurance_a.pk, {"source": meeting, "note": "Seen."}),
        at("withdraw_evidence", world.evidence_a.pk, {"reason": "Wrong."}),
    ]
